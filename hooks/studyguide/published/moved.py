"""Pages that have moved -> the pages in their place, which send their readers on, and the script that helps.

    learn/old-page/#part  ->  learn/new-page/#part

Only a script can see the part behind ``#``: without it the reader comes to the top of the new page.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from studyguide.links.links import href
from studyguide.published.aliases import canonical, final, in_the_way, moves

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from studyguide.published.aliases import Alias

# By its file in the site, the file beside this one.
SCRIPT = "assets/js/moved.js"


def redirect_pages(
    aliases: Sequence[Alias],
    titles: Mapping[str, str],
    *,
    files: Collection[str] = (),
    site_url: str = "",
    lang: str = "en",
) -> dict[str, str]:
    """Return the files of all old pages and of their script: ``titles`` maps each page's address to its title.

    Where one of the site's ``files`` is in the way, there can be none.
    """
    urls, moved = {canonical(url): url for url in titles}, moves(aliases)
    folders = not any(url.endswith(".html") for url in titles)
    made = {}
    for old in moved:
        target = _target(old, moved, urls)
        if "#" in old or old in urls or target is None or in_the_way(old, files):
            continue
        file = f"{old}index.html" if folders else f"{old.removesuffix('/')}.html"
        parts = {
            address.partition("#")[2]: part
            for address in moved
            if address.startswith(f"{old}#") and (part := _target(address, moved, urls))
        }
        made[file] = redirect_page(
            _led(target, file, titles),
            {key: _led(part, file, titles) for key, part in parts.items()},
            canonical_url=f"{site_url.rstrip('/')}/{quote(target[0])}" if site_url else _led(target, file, titles).href,
            script=href(SCRIPT, file),
            lang=lang,
        )
    return made | ({SCRIPT: (Path(__file__).parent / "moved.js").read_text("utf-8")} if made else {})


class Led(NamedTuple):
    """Where a reader is led, as an old page writes it, and what that is called."""

    href: str
    title: str


def _target(old: str, moved: Mapping[str, str], urls: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the address of the page where something is now, and the anchor on it; None if that is nowhere."""
    page, _, anchor = (final(old, moved) or "").partition("#")
    return (urls[page], anchor) if page in urls and final(old, moved) is not None else None


def _led(target: tuple[str, str], file: str, titles: Mapping[str, str]) -> Led:
    url, anchor = target
    return Led(href(url, file) + (f"#{quote(anchor)}" if anchor else ""), titles[url])


def redirect_page(target: Led, parts: Mapping[str, Led], *, canonical_url: str, script: str, lang: str = "en") -> str:
    """Return a whole page that sends its reader on at once, with or without a script.

    ``parts`` are its anchors that are elsewhere: the script finds them by their ids. A refresh that is not for
    browsers without scripts alone would win over the script, and drop the part behind ``#``.
    """
    address, title = escape(target.href), escape(target.title)
    others = "".join(
        f'<p><a id="{escape(key)}" href="{escape(part.href)}">{escape(part.title)}</a></p>\n'
        for key, part in parts.items()
    )
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n'
        f'<link rel="canonical" href="{escape(canonical_url)}">\n'
        f'<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>\n'
        f'</head>\n<body>\n<p>This page has moved: <a href="{address}">{title}</a></p>\n{others}'
        f'<script src="{escape(script)}"></script>\n</body>\n</html>\n'
    )
