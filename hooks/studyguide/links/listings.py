"""Blocks of code as the highlighter makes them -> with what a reader copies of them, and without what shows nothing.

    <code><span class="gp">$ </span>aws<span class="w"> </span>login
    <span class="go">Done.</span>
    </code>

    <code data-copy="aws login"><span class="gp">$ </span>aws login
    <span class="go">Done.</span>
    </code>

    <code>...a line that is too long for a phone...</code>     ->   <code tabindex="0">

Of a session a reader wants what is typed, without the prompts and the answers; the theme's button copies ``data-copy``
where there is one. And every span is one more for a phone to lay out: a space has no colour, and neighbours of one
colour are one. Code that must be scrolled is a stop of keys; the theme's script takes that away where all of it fits.
"""

from __future__ import annotations

import re
from html import escape, unescape

LISTING_RE = re.compile(r"(?P<start><pre\b[^>]*><span></span>)<code(?P<about>[^>]*)>(?P<lines>.*?)</code>", re.DOTALL)
PROMPT_RE = re.compile(r'<span class="gp">[^<]*</span>')
ANSWER_RE = re.compile(r'<span class="g[ot]">')
SPACE_RE = re.compile(r'<span class="w">(?P<space>\s+)</span>')
NEIGHBOURS_RE = re.compile(r'<span class="(?P<kind>\w{1,2})">(?P<first>[^<\n]*)</span><span class="(?P=kind)">')
TAG_RE = re.compile(r"<[^>]*>")
# So many letters stand beside each other in a question on the narrowest phone.
FITS = 28


def with_listings(html: str) -> str:
    """Return a page's content with its blocks of code made ready."""
    return LISTING_RE.sub(_ready, html)


def _ready(found: re.Match[str]) -> str:
    lines = SPACE_RE.sub(r"\g<space>", found["lines"])
    while (merged := NEIGHBOURS_RE.sub(r'<span class="\g<kind>">\g<first>', lines)) != lines:
        lines = merged
    about = found["about"]
    if PROMPT_RE.search(lines):
        about += f' data-copy="{escape(_typed(lines))}"'
    if "tabindex" not in about and max(map(len, _bare(lines).split("\n"))) > FITS:
        about += ' tabindex="0"'
    return f"{found['start']}<code{about}>{lines}</code>"


def _bare(lines: str) -> str:
    return unescape(TAG_RE.sub("", lines))


def _typed(lines: str) -> str:
    """Return what is typed in a session: a command goes on over lines without a prompt until an answer begins."""
    typing, typed = False, []
    for line in lines.split("\n"):
        typing = bool(PROMPT_RE.search(line)) or (typing and not ANSWER_RE.search(line))
        if typing:
            typed.append(_bare(PROMPT_RE.sub("", line)))
    return "\n".join(typed).rstrip()
