"""A host for a test: it serves a folder as a strict static host does."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

INLINE_RE = re.compile(rb"<script>(?P<script>.*?)</script>", re.DOTALL)
# How the scripts begin that the theme writes into a page: where the site is, which scheme, which tab.
THEME = (b"__md_scope=", b"var palette=", b"var target=", b"var tabs=")


def policy(page: bytes) -> str:
    """Return the strictest policy that the theme allows: its own scripts by their hashes, and nothing but what is here."""
    scripts = [found["script"] for found in INLINE_RE.finditer(page) if found["script"].startswith(THEME)]
    hashes = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{each}'" for each in hashes)
    return f"default-src 'self'; script-src 'self' {allowed}"


class _Handler(SimpleHTTPRequestHandler):
    """Serves a site as a strict static host does: silently, and with the site's own page for what is not there."""

    def end_headers(self) -> None:
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path if path.exists() else Path(self.directory) / "404.html"
        self.send_header("Content-Security-Policy", policy(page.read_bytes() if page.suffix == ".html" else b""))
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve a site; yield its address, without a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site)))
    # It looks that often whether it is to end.
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
