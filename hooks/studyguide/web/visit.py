"""One web page on its way: what is asked next, decided from what was answered. Nothing here asks or waits.

Visit(HEAD, https://old.example/a) + Reply(301, location=/b)   -> Again(Visit(HEAD, https://old.example/b))
                                   + Reply(503)                -> Again(Visit(GET, .../b), wait=1.0)
                                   + Reply(200)                -> Answer(moved="https://old.example/b")
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from studyguide.codes import HELP

Method = Literal["HEAD", "GET"]
# Why a page was not seen. The first three are of the server, and the same for every page of it.
Failure = Literal["host", "tls", "connection", "time", "broken", "redirect", "redirects", "wait", "status"]
OF_THE_SERVER = frozenset[Failure]({"host", "tls", "connection"})

HOPS = 10  # a browser gives up after 20; a page so far away is not where its readers are sent
LONGEST = 8_000  # what RFC 9110 asks every server to read of an address
GOOD, REDIRECTS = range(200, 300), range(300, 400)
PERMANENT = frozenset({301, 308})
# What the same request may not meet a little later.
PASSING = frozenset({408, 425, 429, *range(500, 600)}) - {501}
BUSY = frozenset({429, 503})  # said by a server that wants to be left alone, not by one page


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How politely, how long and how freshly the web is asked. Times are in seconds, ``max_age`` in days."""

    concurrency: int = 16  # requests on their way at once
    per_host: int = 2
    timeout: float = 10.0  # to connect, to start answering, and to send a page
    retries: int = 3
    backoff: float = 1.0  # before the first retry; twice as long before each further one
    longest_wait: float = 60.0  # a server that asks for more was not reached
    budget: float = 900.0  # what is not known by then was not checked
    max_age: float = 7.0
    offline: bool = False
    user_agent: str = f"Mozilla/5.0 (compatible; studyguide link check; +{HELP}#external)"


@dataclass(frozen=True, slots=True)
class Visit:
    """A page being asked for: ``url`` as written, ``at`` where redirects have led, ``anchors`` if they are sought.

    ``moved`` is the end of the permanent redirects, ``steady`` while there were no others; ``anchor`` is what redirects
    have named last; ``cookies`` are the headers that set one on the way, each with its address.
    """

    url: str
    at: str
    method: Method = "HEAD"
    anchors: bool = False
    tries: int = 0
    hops: int = 0
    moved: str = ""
    steady: bool = True
    anchor: str = ""
    cookies: tuple[tuple[str, str], ...] = ()

    @property
    def host(self) -> str:
        """The host to ask, whatever the port: politeness is owed to the machine."""
        return (urlsplit(self.at).hostname or "").lower()

    @property
    def server(self) -> str:
        """What answers or fails as one: scheme, host and port."""
        parts = urlsplit(self.at)
        return f"{parts.scheme}://{parts.netloc}".lower()


class Reply(NamedTuple):
    """What one request brought: a status and what came with it, or why there is none."""

    status: int = 0
    location: str = ""
    wait: float | None = None
    anchors: tuple[str, ...] | None = None
    whole: bool = True
    failure: Failure | None = None
    detail: str = ""
    cookies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a page in the end.

    ``sought`` says that its anchors were wanted; they are None where it is no HTML, or leads to an anchor by itself.
    ``whole`` says that all of it was read. ``moved`` is where permanent redirects lead, ``certain`` that no other
    redirect followed them.
    """

    url: str
    status: int = 0
    sought: bool = False
    anchors: tuple[str, ...] | None = None
    whole: bool = True
    moved: str = ""
    certain: bool = True
    failure: Failure | None = None
    detail: str = ""
    tries: int = 1


class Again(NamedTuple):
    """Ask on, after ``wait`` seconds; ``busy`` if the whole host is to be left alone for so long."""

    visit: Visit
    wait: float = 0.0
    busy: bool = False


def first(url: str, *, anchors: bool) -> Visit:
    """Return how a page is first asked for: HEAD says whether it is there, only GET brings its anchors."""
    return Visit(url, url, "GET" if anchors else "HEAD", anchors=anchors)


def step(visit: Visit, reply: Reply, settings: Settings) -> Answer | Again:
    """Return what a reply means for its visit."""
    if reply.location:
        return _follow(visit, reply)
    if reply.status in GOOD:
        if visit.method == "HEAD" and visit.moved:
            return _anew(visit)  # nobody is told to write another address for an answer that no reader gets
        moved = visit.moved if visit.moved != visit.url else ""
        anchors = None if visit.anchor else reply.anchors
        return Answer(visit.url, reply.status, visit.anchors, anchors, reply.whole, moved, certain=visit.steady)
    if _passes(reply):
        if visit.tries < settings.retries:
            return _retry(visit, reply, settings)
    elif visit.method == "HEAD" and not reply.failure:
        return _anew(visit)  # where HEAD was led, GET may not be
    return _failed(visit, reply.failure or "status", reply.detail, reply.status)


def _anew(visit: Visit) -> Again:
    """Return how a page is asked for once more as a browser does, whatever HEAD led to."""
    start = first(visit.url, anchors=visit.anchors)
    return Again(replace(start, method="GET", tries=visit.tries, cookies=visit.cookies))


def _failed(visit: Visit, failure: Failure, detail: str = "", status: int = 0) -> Answer:
    return Answer(visit.url, status, failure=failure, detail=detail, tries=visit.tries + 1)


def _passes(reply: Reply) -> bool:
    """Return whether the same request may well succeed a little later."""
    if reply.failure:
        return reply.failure in ("connection", "time", "broken")
    return reply.status in PASSING


def _retry(visit: Visit, reply: Reply, settings: Settings) -> Answer | Again:
    # With GET, as some servers break off, time out or fail only when asked for a HEAD.
    visit = replace(visit, method="GET", tries=visit.tries + 1)
    if reply.wait is None:
        wait = min(settings.backoff * 2 ** (visit.tries - 1), settings.longest_wait)
    elif reply.wait > settings.longest_wait:
        return Answer(visit.url, reply.status, failure="wait", detail=reply.detail, tries=visit.tries)
    else:
        wait = reply.wait
    return Again(visit, wait, busy=reply.status in BUSY)


def _follow(visit: Visit, reply: Reply) -> Answer | Again:
    leads = _joined(visit.at, reply.location)
    page, fragment = urldefrag(leads)
    # A browser goes to the anchor of the redirect, forgets the one that was written, and takes it along to the next.
    anchor = fragment or visit.anchor
    if visit.method == "HEAD" and (visit.hops == HOPS or not leads or (page == visit.at and not reply.cookies)):
        return _anew(visit)  # some servers lead a HEAD round in a circle, or astray, and answer a GET
    if visit.hops == HOPS:
        return _failed(visit, "redirects", str(HOPS), reply.status)
    if not leads:
        return _failed(visit, "redirect", reply.location, reply.status)
    steady = visit.steady and reply.status in PERMANENT
    return Again(
        replace(
            visit,
            at=page,
            hops=visit.hops + 1,
            steady=steady,
            moved=(f"{page}#{anchor}" if anchor else page) if steady else visit.moved,
            anchor=anchor,
            cookies=(*visit.cookies, *((visit.at, cookie) for cookie in reply.cookies)),
        )
    )


def _joined(base: str, location: str) -> str:
    """Return where a Location leads as an address in ASCII, "" if that is no web page."""
    with suppress(UnicodeError):
        # HTTP hands headers out as Latin-1; what servers put there is UTF-8.
        location = location.encode("latin-1").decode("utf-8")
    try:
        leads = urljoin(base, location)
        return parse_url(leads).url if is_web(leads) and not fault(leads) else ""
    except (LocationParseError, ValueError):
        return ""


def is_web(address: str) -> bool:
    """Return whether an address is for the web: other schemes are not asked for."""
    return address[:8].lower().startswith(("http://", "https://"))


def fault(address: str) -> str:
    """Return why an address of the web cannot be asked for, "" if it can."""
    if len(address) > LONGEST:
        return f"has {len(address):,} characters, and servers need not read more than {LONGEST:,}"
    try:
        parts = urlsplit(address)
        # Encoding a name refuses empty and overlong parts of it.
        good = (parse_url(address).host or "").encode("idna") and parts.hostname and parts.port != 0
    except (LocationParseError, ValueError):
        good = False
    return "" if good else "is not an address of the web"
