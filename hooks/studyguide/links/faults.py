r"""Addresses that are wrong whatever there is on the web: no browser opens them, or on their author's machine alone.

fault("htp://example.org/")   ->  LNK005: did you mean https?
fault("http:/example.org")    ->  LNK005
fault("C:\\\\docs\\\\plan.pdf")   ->  LNK006
fault("vscode:extension/x")   ->  None: a program may have a scheme of its own
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from studyguide.near import nearest

SCHEME_RE = re.compile(r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):(?P<rest>.*)", re.DOTALL)
# What is on the way to a scheme: its colon or a slash is missing.
HALF_RE = re.compile(r"(?:https?//|https?/{2,}|://|www\.[\w-]+\.\w|\w[\w.-]*@(?!\dx)[\w-]+\.[\w.-]*\w$)", re.IGNORECASE)
WEB = ("http", "https")
MEANT = (*WEB, "mailto", "tel")
KNOWN = frozenset({*MEANT, "ftp", "ftps", "sftp", "sms", "data", "blob", "about", "javascript", "ssh", "git", "svn", "irc", "ircs", "xmpp", "urn", "doi", "geo", "ws", "wss", "news", "nntp", "ldap", "magnet", "view-source"})  # fmt: skip
SHOWN = 120
# Quotation marks that no parser takes for those of a title.
QUOTES_RE, QUOTE = re.compile("[\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019]"), '" '
# A machine's name: parts with a dot between each two, of letters of any language.
HOST_RE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?")


class Fault(NamedTuple):
    """What is wrong with an address: the problem's code, message and fix; ``host`` is the machine it names."""

    code: str
    message: str
    fix: str
    host: str = ""


@lru_cache(maxsize=4096)
def fault(href: str) -> Fault | None:
    """Return what is wrong with an address, None if nothing can be said without asking for it."""
    shown = href if len(href) <= SHOWN else f"{href[:SHOWN]}..."
    match = SCHEME_RE.match(href)
    scheme = match["scheme"].lower() if match else ""
    if meant := _retyped(href, match):
        return Fault("LNK005", f"No browser opens `{shown}`.", f"Write `{meant}`.")
    if href.startswith("\\\\") or len(scheme) == 1 or scheme == "file":
        fix = "Put the file under docs, and link to it from there."
        return Fault("LNK006", f"`{shown}` is a file on one machine: no reader has it.", fix)
    if scheme in WEB or href.startswith("//"):
        return _web(href, shown, match["rest"] if match else href)
    if match is None:
        half = HALF_RE.match(href)
        return _unopened(shown, "mailto:" if half and "@" in half.group() else "https://") if half else None
    if scheme in ("mailto", "tel") and not match["rest"].strip():
        return Fault("LNK005", f"No browser opens `{shown}`.", f"Write whom it is for after `{scheme}:`.")
    meant = "" if scheme in KNOWN else nearest(scheme, MEANT)
    return _unopened(shown, f"{meant}://" if meant in WEB else f"{meant}:") if meant else None


def _retyped(href: str, match: re.Match[str] | None) -> str:
    """Return an address of the web that quotation marks or the signs of another keyboard hide, "" for none."""
    if href.isascii() or (match and not QUOTES_RE.search(href)):
        return ""
    plain = unicodedata.normalize("NFKC", QUOTES_RE.sub('"', href)).strip('" ')
    address, _, title = plain.partition(" ")
    if not address.lower().startswith(("http://", "https://")):
        return ""
    return f'({address} "{title.strip(QUOTE)}")' if title else address


def _web(href: str, shown: str, rest: str) -> Fault | None:
    try:
        host = urlsplit(href).hostname or ""
    except ValueError:  # such as an unclosed [
        host = ""
    if not rest.startswith("//") or host in WEB or not (HOST_RE.fullmatch(host) or ":" in host):
        return _unopened(shown, "https://")
    if host == "localhost" or host.endswith(".localhost") or _is_own(host):
        fix = "Link to where readers find it, or write the address as the words of the link if each reader runs it."
        return Fault("LNK006", f"`{shown}` is on the reader's own machine, where nothing answers.", fix, host)
    return None


def _is_own(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _unopened(shown: str, start: str) -> Fault:
    return Fault("LNK005", f"No browser opens `{shown}`.", f"Write the whole address, from `{start}` on.")
