"""One request to the web -> a Reply: never an exception, never more than ``MOST`` bytes, never long after its time."""

from __future__ import annotations

import re
import socket
import ssl
import sys
import time
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup
from email.message import Message
from http.client import HTTPException
from http.cookiejar import CookieJar
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from urllib.request import Request, getproxies, proxy_bypass

from selectolax.lexbor import LexborHTMLParser
from urllib3 import PoolManager, ProxyManager, Retry, Timeout, exceptions

from studyguide.web.visit import GOOD, REDIRECTS, Reply, Settings, Visit

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

MOST = 5_000_000
PIECE = 65_536
# What a page may hold beside its ids: GitHub keeps those of a rendered Markdown file in a script's data.
IN_DATA_RE = re.compile(r"\buser-content-(?P<id>[^\s\"'\\<>&]+)")
# A page that only leads on, as many generators write for pages that have moved and for `latest/`.
REFRESH_RE = re.compile(r"\s*[0-5](?:\.\d*)?\s*[;,]\s*url\s*=\s*[\"']?(?P<url>[^\"']+)", re.IGNORECASE)
# Where a page is to declare its encoding, and how: browsers read on where it is not declared so early.
DECLARED_WITHIN = 1024
CHARSET_RE = re.compile(r"\bcharset\s*=\s*[\"']?\s*(?P<name>[\w.:-]+)", re.IGNORECASE)
XML_RE = re.compile(rb"\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"'](?P<name>[\w.:-]+)")
# What browsers read a page as that declares nothing and is no UTF-8.
UNDECLARED = "cp1252"
MARKS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
# Browsers read what calls itself one of these as the Windows code page that has more letters.
WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
LONG = 20  # digits of seconds that nobody waits for
# "No such name" and "a name without an address". Any other failure of the name server may pass.
NO_HOST = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


class Client:
    """Asks with the connections it keeps, through the proxy the environment names; for any number of threads."""

    def __init__(self, settings: Settings) -> None:
        self._timeout = settings.timeout
        options: dict[str, Any] = {
            "num_pools": 4 * settings.concurrency,
            "maxsize": settings.per_host,
            "timeout": Timeout(connect=settings.timeout, read=settings.timeout),
            "headers": {
                "User-Agent": settings.user_agent,
                "Accept": "text/html, */*;q=0.8",
                "Accept-Encoding": "gzip, deflate",
            },
        }
        proxies = {scheme: address for scheme, address in getproxies().items() if scheme in ("http", "https")}
        self._direct = PoolManager(**options)
        self._proxied = {scheme: ProxyManager(address, **options) for scheme, address in proxies.items()}

    def close(self) -> None:
        for manager in (self._direct, *self._proxied.values()):
            manager.clear()

    def ask(self, visit: Visit) -> Reply:
        """Send one request and return what came back."""
        try:
            manager = self._manager(visit.at)
            cookies = {**manager.headers, **_cookies(visit)}
            with manager.request(
                visit.method, visit.at, headers=cookies, retries=False, redirect=False, preload_content=False
            ) as response:
                return self._reply(response, visit)
        except (exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
            return _failure(error, visit.host)

    def _manager(self, url: str) -> PoolManager:
        parts = urlsplit(url)
        proxy = self._proxied.get(parts.scheme)
        return self._direct if proxy is None or proxy_bypass(parts.hostname or "") else proxy

    def _reply(self, response: BaseHTTPResponse, visit: Visit) -> Reply:
        headers, status = response.headers, response.status
        if visit.method == "HEAD":
            response.drain_conn()  # there is no body: the connection can be used again
        if status in REDIRECTS:
            return Reply(status, headers.get("Location", ""), cookies=tuple(headers.getlist("Set-Cookie")))
        if status not in GOOD:
            after = headers.get("Retry-After", "").strip()
            return Reply(status, wait=_seconds(after), detail=_shown(after))
        kind, _, options = headers.get("Content-Type", "").partition(";")
        if not visit.anchors or kind.strip().lower() not in ("text/html", "application/xhtml+xml"):
            return Reply(status)
        body, whole = self._body(response)
        return _page(_text(body, options), status, visit.at, whole=whole)

    def _body(self, response: BaseHTTPResponse) -> tuple[bytes, bool]:
        """Return the body, and whether that is all of it: not so if it is too large, too slow or cut off."""
        end = time.monotonic() + self._timeout
        pieces, size = list[bytes](), 0
        try:
            while size < MOST and time.monotonic() < end:
                piece = response.read1(PIECE)
                if not piece:
                    return b"".join(pieces), True
                pieces.append(piece)
                size += len(piece)
        except (exceptions.HTTPError, HTTPException, OSError):
            pass
        return b"".join(pieces), False


def _cookies(visit: Visit) -> dict[str, str]:
    """Return the header with the cookies that were set on the way and are for this address."""
    jar, request = CookieJar(), Request(visit.at)  # noqa: S310 - made to be asked, never opened
    for address, cookie in visit.cookies:
        message = Message()
        message["Set-Cookie"] = cookie
        answer: Any = SimpleNamespace(info=lambda message=message: message)
        jar.extract_cookies(answer, Request(address))  # noqa: S310
    jar.add_cookie_header(request)
    return {"Cookie": header} if (header := request.get_header("Cookie")) else {}


def _text(body: bytes, options: str) -> str:
    """Return the text of a page: a byte order mark says its encoding first, then the header, then the page itself."""
    for mark, name in MARKS.items():
        if body.startswith(mark):
            return body.decode(name, errors="replace")
    header = CHARSET_RE.search(options)
    text = _decoded(body, header["name"] if header else "") or _decoded(body, _declared(body[:DECLARED_WITHIN]))
    if text is None:
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            return _decoded(body, _declared(body)) or body.decode(UNDECLARED, errors="replace")
    return text


def _declared(head: bytes) -> str:
    """Return the encoding that a page declares; one of two bytes cannot be, or the declaration was not found."""
    xml = XML_RE.match(head)
    names = [xml["name"].decode("ascii")] if xml else []
    for meta in LexborHTMLParser(head.decode("latin-1")).css("meta[charset], meta[http-equiv][content]"):
        said = meta.attributes.get("charset")
        if said is None and (meta.attributes.get("http-equiv") or "").lower() == "content-type":
            found = CHARSET_RE.search(meta.attributes.get("content") or "")
            said = found["name"] if found else None
        names += [said.strip().lower()] if said else []
    name = next((name for name in names if _is_known(name)), "")
    return "utf-8" if name.startswith("utf-16") else name


def _is_known(charset: str) -> bool:
    try:
        lookup(charset)
    except (LookupError, ValueError):
        return False
    return True


def _decoded(body: bytes, charset: str) -> str | None:
    """Return the text of bytes in an encoding, None in one that is not known; the web's names for it count."""
    try:
        known = lookup(charset).name if charset else ""
        return body.decode(WEB_NAMES.get(known, known), errors="replace") if known else None
    except (LookupError, ValueError):
        return None


def _page(html: str, status: int, url: str, *, whole: bool) -> Reply:
    """Return the anchors of a page, or where it leads on."""
    tree = LexborHTMLParser(html)
    for meta in tree.css("meta[http-equiv][content]"):
        match = REFRESH_RE.match(meta.attributes.get("content") or "")
        refreshes = (meta.attributes.get("http-equiv") or "").lower() == "refresh"
        if refreshes and match and urljoin(url, match["url"].strip()) != url:
            return Reply(status, match["url"].strip())
    ids = {node.attributes.get("id") for node in tree.css("[id]")}
    names = {node.attributes.get("name") for node in tree.css("a[name]")}
    data = {match["id"] for match in IN_DATA_RE.finditer(html)}
    return Reply(status, anchors=tuple(sorted(name for name in ids | names | data if name)), whole=whole)


def _seconds(retry_after: str) -> float | None:
    """Return how long a server asks to wait, given in seconds or as a date; None where it does not say."""
    try:
        return Retry(retry_after_max=sys.maxsize).parse_retry_after(retry_after) if retry_after else None
    except (exceptions.InvalidHeader, ValueError, OverflowError, TypeError):
        return None


def _shown(retry_after: str) -> str:
    """Return how long a server asks to wait in its own measure: seconds, or a date."""
    if not retry_after.isdecimal():
        return f"until {retry_after}"
    return f"{int(retry_after):,} seconds" if len(retry_after) < LONG else f"{retry_after} seconds"


def _failure(error: Exception, host: str) -> Reply:
    """Return why there is no answer. The order counts: urllib3's errors are each other's subclasses."""
    if isinstance(error, exceptions.NameResolutionError):
        cause = error.__cause__ or error.__context__
        gone = isinstance(cause, socket.gaierror) and cause.errno in NO_HOST
        return Reply(failure="host" if gone else "connection", detail=host)
    if isinstance(error, exceptions.SSLError):
        return _unsafe(error)
    if isinstance(error, exceptions.NewConnectionError | exceptions.ConnectTimeoutError | exceptions.ProxyError):
        return Reply(failure="connection", detail=host)
    return Reply(failure="time" if isinstance(error, exceptions.ReadTimeoutError) else "broken")


def _unsafe(error: exceptions.SSLError) -> Reply:
    cause = error.args[0] if error.args else error
    if isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError) or not isinstance(cause, ssl.SSLError):
        return Reply(failure="broken")
    reason = getattr(cause, "verify_message", "") or (cause.reason or "no TLS").replace("_", " ").lower()
    return Reply(failure="tls", detail=reason)
