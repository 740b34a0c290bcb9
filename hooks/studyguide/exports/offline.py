"""A finished site -> the list of what a reader takes along to read it offline, and addresses that say what they lead to.

    <script src="../assets/js/storage.js">   ->   <script src="../assets/js/storage.js?1f2e3d4c">
    offline.json                             ->   {"version": "...", "size": 5100000, "files": {"": "...", "learn/dns/": "..."}}

A style sheet or a script whose content changes has another address then, so a page never runs with those of another
version, whatever a browser kept. The worker that keeps the site gets the version into its first line, and so is another
one whenever anything is.
"""

from __future__ import annotations

import json
import posixpath
import re
from hashlib import sha256
from pathlib import Path

FILE, WORKER = "offline.json", "sw.js"
# As it is written, and in fewer letters.
MARK_RE = re.compile(r'(?<=self\.VERSION)( ?= ?)""')
# What a page shows or runs. What is only taken away, or is for programs, stays on the host.
KEPT = frozenset({".html", ".css", ".js", ".svg", ".woff2", ".webmanifest"})
# Parts of the theme's search, which the guide does not use, and pages for those who write it.
LEFT = ("assets/javascripts/lunr/", "assets/javascripts/workers/", "authoring/", WORKER)
LINK_RE = re.compile(r'(?P<start><(?:script|link)\b[^>]*?\b(?:src|href)=")(?P<path>[^"?#:]+\.(?:css|js))(?=")')
SHORT = 8
INDEX = "index.html"


def take_along(folder: Path) -> None:
    """Write the list, and the worker's version, into a site that has the worker."""
    worker = folder / WORKER
    if not worker.is_file():
        return
    names = [file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*")) if file.is_file()]
    hashes = {name: _hash(folder / name) for name in names if name.endswith((".css", ".js"))}
    for name in names:
        if name.endswith(".html"):
            _address(folder / name, name, hashes)
    kept = [name for name in names if Path(name).suffix in KEPT and not name.startswith(LEFT)]
    files = {name.removesuffix(INDEX) if _is_index(name) else name: _hash(folder / name) for name in kept}
    size = sum((folder / name).stat().st_size for name in kept)
    version = sha256(json.dumps(files).encode()).hexdigest()[:SHORT]
    listed = {"version": version, "size": size, "files": files}
    (folder / FILE).write_text(json.dumps(listed, separators=(",", ":")) + "\n", "utf-8")
    worker.write_text(MARK_RE.sub(rf'\1"{version}"', worker.read_text("utf-8"), count=1), "utf-8")


def _address(file: Path, name: str, hashes: dict[str, str]) -> None:
    """Put the hash of each style sheet and script behind its address in a page."""
    # The page for what is not there is shown at any address, and names files from the root.
    base = posixpath.dirname(name)

    def stamped(match: re.Match[str]) -> str:
        path = match["path"]
        there = path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(base, path))
        found = hashes.get(there) or next((each for key, each in hashes.items() if there.endswith(f"/{key}")), "")
        return match.group() + (f"?{found}" if found else "")

    html = file.read_text("utf-8", errors="surrogateescape")
    file.write_text(LINK_RE.sub(stamped, html), "utf-8", errors="surrogateescape")


def _is_index(name: str) -> bool:
    return name == INDEX or name.endswith(f"/{INDEX}")


def _hash(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()[:SHORT]
