"""What a page answered -> what is wrong with one address of it.

https://a.example/page#setup + Answer(anchors=("set-up",))
-> EXT002 `https://a.example/page` has no anchor `#setup`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from studyguide.near import did_you_mean
from studyguide.web.accepted import ACCEPTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studyguide.web.visit import Answer, Settings

SHOWN = 200  # characters of an address that a message repeats
# The anchors that GitHub's scripts make: lines of a file, comments of a thread, the README of a repository.
GITHUB_RE = re.compile(r"L\d+(C\d+)?(-L\d+(C\d+)?)?|readme|(issuecomment|pullrequestreview)-\d+|(discussion_)?r\d+")
PLAIN_RE = re.compile(r"[^\s()<>\[\]\"'`|\\{}]+")  # stands in any Markdown and HTML without quoting
ASK_AGAIN = f"Run the check again. If no program ever reaches it, accept that in {ACCEPTED}."
FIND = "Link to where it is now, or drop the link."
# Parts of a path that stand for whatever is there today, and those of a page that asks who is there.
MOVING = frozenset({"latest", "stable", "current", "main", "master", "head", "dev"})
LOGIN = frozenset({"login", "signin", "sign-in", "auth", "sso", "consent", "404", "error", "not-found"})
NOT_THERE = frozenset({404, 410})
STATUSES = {401: "401: it wants a login", 403: "403: it refuses", 429: "429: it was asked too often"}


class Verdict(NamedTuple):
    """What is wrong with an address; ``new`` is the one to write instead, where that is certain."""

    code: str
    message: str
    fix: str
    notes: tuple[str, ...] = ()
    new: str = ""


def anchor(address: str) -> str:
    """Return the anchor that the page of an address must have; "" if it needs none, or a script makes it."""
    wanted = address.partition("#")[2].partition(":~:")[0]
    if wanted.startswith(("/", "!")) or wanted.lower() == "top":
        return ""
    github = urlsplit(address).hostname in ("github.com", "gist.github.com")
    return "" if github and GITHUB_RE.fullmatch(wanted) else wanted


def _has(anchors: Sequence[str], wanted: str) -> bool:
    names = {wanted, unquote(wanted)}
    return not (names | {f"user-content-{name}" for name in names}).isdisjoint(anchors)


def is_good(address: str, answer: Answer) -> bool:
    """Return whether a kept answer says that all is well; what it says otherwise may be over."""
    wanted = anchor(address)
    return not wanted or (answer.sought and (answer.anchors is None or _has(answer.anchors, wanted)))


def is_known(address: str, answer: Answer) -> bool:
    """Return whether an answer decides: part of a page proves only the anchors it holds."""
    return bool(answer.failure) or is_good(address, answer) or (answer.sought and answer.whole)


def verdict(address: str, answer: Answer, settings: Settings) -> Verdict | None:
    """Return what an answer means for one address of its page, None if all is well."""
    if answer.failure:
        return _failed(_shown(address), answer, settings)
    own = address.partition("#")[2]
    new = f"{answer.moved}#{own}" if own and "#" not in answer.moved else answer.moved
    moved = answer.moved and f"has moved for good to `{_shown(new)}`."
    wanted = anchor(address)
    if wanted and answer.anchors is not None and not _has(answer.anchors, wanted):
        near = did_you_mean(unquote(wanted), [name.removeprefix("user-content-") for name in answer.anchors])
        message = f"`{_shown(address.partition('#')[0])}` has no anchor `#{_shown(wanted)}`."
        fix = f"{near}Link to an id that is there, or to the page as a whole."
        return Verdict("EXT002", message, fix, (f"The page {moved}",) if moved else ())
    if not moved:
        return None
    certain = answer.certain and PLAIN_RE.fullmatch(new) and _is_the_page(address, new)
    return Verdict("EXT003", f"`{_shown(address)}` {moved}", "Link to the new address.", new=new if certain else "")


def _is_the_page(old: str, new: str) -> bool:
    """Return whether a permanent redirect surely leads to the same page, and not to what a server has in its place.

    A home page or a section, a form to log in, one language or version of many: no author meant these.
    """
    before, after = urlsplit(old), urlsplit(new)
    was, now = _steps(before.path), _steps(after.path)
    if after.query and after.query != before.query:
        return False
    if len(now) < len(was) and was[: len(now)] == now:
        return False
    inserted = len(now) > len(was) and now[-len(was) :] == was if was else bool(now)
    return not inserted and not MOVING & {*was} - {*now} and not LOGIN & {*now} - {*was}


def _steps(path: str) -> list[str]:
    steps = [step for step in unquote(path).casefold().split("/") if step]
    return steps[:-1] if steps and steps[-1] in ("index.html", "index.htm") else steps


def _failed(shown: str, answer: Answer, settings: Settings) -> Verdict:
    if answer.failure == "host":
        return Verdict("EXT001", f"`{shown}` is gone: there is no host `{answer.detail}`.", FIND)
    if answer.failure == "tls":
        return Verdict("EXT001", f"`{shown}` is not served safely: {answer.detail}.", FIND)
    if answer.failure == "status" and answer.status in NOT_THERE:
        return Verdict("EXT001", f"`{shown}` is gone: the server answers {answer.status}.", FIND)
    why = {
        "connection": f"no connection to `{answer.detail}`",
        "time": f"no answer within {settings.timeout:g} seconds",
        "broken": "the connection broke off",
        "redirect": f"it leads on to `{_shown(answer.detail)}`, which is not an address of the web",
        "redirects": f"more than {answer.detail} redirects",
        "wait": f"the server answers {answer.status} and asks to wait {answer.detail}",
    }.get(answer.failure or "", f"the server answers {STATUSES.get(answer.status, answer.status)}")
    tries = f" ({answer.tries} tries)" if answer.tries > 1 else ""
    return Verdict("EXT004", f"`{shown}` was not reached: {why}{tries}.", ASK_AGAIN)


def malformed(address: str, why: str) -> Verdict:
    return Verdict("EXT001", f"`{_shown(address)}` {why}.", "Write it as `https://host/path`.")


def _shown(address: str) -> str:
    """Return an address as a message shows it: on one line, and not the whole of a very long one."""
    text = " ".join(address.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
