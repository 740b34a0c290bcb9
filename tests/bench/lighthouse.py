"""``make bench``: Lighthouse on each kind of page, as on a phone, beside a plain Material page with the same text.

python tests/bench/lighthouse.py [--site DIR] [--runs 1]

Both sites are served as plain files from this machine. Lighthouse is installed by npm below ``.cache/bench``; without
npm or Chromium the table says "not run". Nothing here is a test: what falls short is printed, and the exit code is 0.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from studyguide.exports.pdf import chromium

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".cache" / "bench" / "lighthouse"
PACKAGE = "lighthouse@12.2.3"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# One page of each kind.
KINDS = {
    "first page": "",
    "lesson": "learn/internet/",
    "example": "example/private-mysql/",
    "checkpoints": "practice/checkpoints/",
    "cheat sheet": "reference/cheat-sheet/",
    "glossary": "reference/glossary/",
    "practice test": "practice/test/",
    "lab": "lab/",
    "sources": "reference/sources/",
}
SAME_TEXT = "lesson"
PLAIN = """site_name: Plain
site_url: https://example.org/
theme:
  name: material
  font: false
markdown_extensions: [admonition, attr_list, def_list, footnotes, md_in_html, tables, pymdownx.superfences]
"""


class Scores(NamedTuple):
    """What Lighthouse said of a page: its four scores of 100, layout shift, and kilobytes sent."""

    scores: tuple[float, ...]
    shift: float
    kilobytes: float


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="Lighthouse on each kind of page, as on a phone.")
    parser.add_argument("--site", type=Path, help="a site that is built already")
    parser.add_argument("--runs", type=int, default=1, help="runs of each page, of which the median counts (1)")
    options = parser.parse_args()
    program, browser = _lighthouse(), chromium()
    if program is None or browser is None:
        say(f"Lighthouse: not run, there is no {'npm' if program is None else 'Chromium'} here.")
        return
    say("| page | performance | accessibility | best practices | SEO | layout shift | KB sent |")
    say("| --- | --: | --: | --: | --: | --: | --: |")
    with tempfile.TemporaryDirectory(prefix="studyguide-bench-") as folder:
        site = options.site or built(ROOT, Path(folder) / "site")
        for name, scores in _each(program, browser, site, KINDS.items(), options.runs):
            say(_row(name, scores))
        plain = _plain(site / KINDS[SAME_TEXT] / "index.html", Path(folder) / "plain")
        pages = [(f"plain Material, text of the {SAME_TEXT}", "")]
        for name, scores in _each(program, browser, plain, pages, options.runs):
            say(_row(name, scores))


def _lighthouse() -> Path | None:
    """Return the program, installed where it is not; None where npm is missing or cannot install it."""
    program = FOLDER / "node_modules" / ".bin" / "lighthouse"
    npm = shutil.which("npm")
    if not program.exists() and npm:
        command = [npm, "install", "--prefix", str(FOLDER), "--no-audit", "--no-fund", "--silent", PACKAGE]
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(command, check=False)
    return program if program.exists() else None


def built(root: Path, site: Path, *, strict: bool = True) -> Path:
    """Build a site, and return where it is."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    subprocess.run([*command, "--strict"] if strict else command, cwd=root, check=True)
    return site


def _plain(page: Path, folder: Path) -> Path:
    """Build a page of the plain theme that shows the same text and drawings, as HTML within Markdown."""
    article = page.read_text("utf-8").partition("<article")[2].partition(">")[2].partition("</article>")[0]
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(PLAIN, "utf-8")
    # Without blank lines it is one block of HTML.
    body = "\n".join(line for line in article.splitlines() if line.strip())
    (folder / "docs/index.md").write_text(f"---\ntitle: Plain\n---\n\n<div>\n{body}\n</div>\n", "utf-8")
    return built(folder, folder / "site", strict=False)


def _each(
    program: Path, browser: str, site: Path, pages: Iterable[tuple[str, str]], runs: int
) -> Iterator[tuple[str, Scores | None]]:
    """Yield what Lighthouse says of each page of a site, while it is served."""
    with served(site) as host:
        for name, address in pages:
            found = [scores for _ in range(runs) if (scores := _scores(program, browser, host + address))]
            yield name, _middle(found) if found else None


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site as plain files; yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def _scores(program: Path, browser: str, url: str) -> Scores | None:
    flags = "--headless --no-sandbox --disable-gpu"
    command = [str(program), url, "--quiet", "--output=json", "--form-factor=mobile", f"--chrome-flags={flags}"]
    done = subprocess.run(
        [*command, f"--only-categories={','.join(CATEGORIES)}"],
        capture_output=True,
        check=False,
        env=os.environ | {"CHROME_PATH": browser},
    )
    if done.returncode:
        sys.stderr.write(f"{done.stderr.decode(errors='replace').strip()[-300:]}\n")
        return None
    answer: dict[str, Any] = json.loads(done.stdout)
    audits = answer["audits"]
    return Scores(
        tuple(100 * (answer["categories"][name]["score"] or 0) for name in CATEGORIES),
        audits["cumulative-layout-shift"]["numericValue"],
        audits["total-byte-weight"]["numericValue"] / 1024,
    )


def _middle(found: Sequence[Scores]) -> Scores:
    scores = tuple(statistics.median(each) for each in zip(*(one.scores for one in found), strict=True))
    return Scores(
        scores, statistics.median(one.shift for one in found), statistics.median(one.kilobytes for one in found)
    )


def _row(name: str, found: Scores | None) -> str:
    if found is None:
        return f"| {name} | {'not run | ' * (len(CATEGORIES) + 2)}".rstrip()
    scores = " | ".join(f"{score:.0f}" for score in found.scores)
    return f"| {name} | {scores} | {found.shift:.3f} | {found.kilobytes:.0f} |"


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
