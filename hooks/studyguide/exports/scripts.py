"""The scripts of a folder -> one for every page; and those of a finished site -> the same, in fewer letters.

    const total = (first, second) => {       ->       const s=(s,t)=>{return s+t}
        // both of them
        return first + second
    }

Comments, and names that nobody outside can use, are for those who write a script; a reader loads the rest. Terser does it,
as for many sites, in the engine that draws Mermaid: no Node is needed, and nothing is asked for. The engine leaves Python
to others while it works, so a build begins early and has it done beside the pages. It may rename, leave out, and put a
constant where it is used. What moves code is off: one program that did moved a constant above what it is made
from. A comment that begins with ``!`` or names a licence stays; whose licence is a file has it beside the script.

Terser 5.51 takes a name in a parameter's default for one that the function's body declares: write no such thing.
"""

from __future__ import annotations

import json
import re
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import quickjs

from studyguide.shelf import Shelf, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

VENDOR = Path(__file__).parent / "vendor"
# What every page has is a folder of the theme, and one file of the site: asked for once, and shorter together.
PARTS, WHOLE = "assets/js/every-page", "assets/js/every-page.js"
OPTIONS = json.dumps({"ecma": 2022, "compress": {"collapse_vars": False, "inline": False, "sequences": False}})
SECONDS, MEMORY = 60, 512 * 2**20
CHANGED = "exports/vendor/terser.js does not match its sha256: take it from its package again."
# Its answer goes through JSON: a string that was joined of many is none to Python.
CALL = "(text, options) => JSON.stringify(Terser.minify_sync(text, JSON.parse(options)).code)"


# How Material's script makes an element for the page's colour scheme, whose word it works out from the page's styles. At
# each such element, and at each word of it, a browser styles the whole page anew. Where the pages say the word themselves,
# the first counts, and this one may have a name that means nothing.
BUNDLES, SCHEME, UNHEARD = "assets/javascripts/bundle.*.min.js", 'name:"color-scheme"', 'name:"x-color-scheme"'
SAID_RE = re.compile(r'<meta\b[^>]*\bname="color-scheme"')
# Where it lets keys come to code that is wider than its box: `wide && hovers ? set : remove`, so only for who has a mouse.
MOUSE_RE = re.compile(r'&&\w(?=\?\w\.setAttribute\("tabindex","0"\):\w\.removeAttribute\("tabindex"\))')
# Where it leaves the page for the one before or after at a single letter or sign, whoever spoke or meant to write it
# (WCAG 2.1.4): an answer half thought of would go with the page.
LETTERS_RE = re.compile(
    r'case"p":case",":let \w=\w+\("link\[rel=prev\]"\);[^;]+;break;'
    r'case"n":case"\.":let \w=\w+\("link\[rel=next\]"\);[^;]+;break;(?=case"Enter":)'
)


class ChangedError(Exception):
    """The vendored program is not the one that was looked at."""


def of_every_page(theme: Path) -> bytes:
    """Return the scripts that every page has, one after the other by their names; b"" where there are none."""
    return b"".join(file.read_bytes() for file in sorted((theme / PARTS).glob("*.js")))


def of_some_pages(theme: Path) -> list[bytes]:
    """Return each of a theme's other scripts."""
    return [file.read_bytes() for file in sorted(theme.rglob("*.js")) if theme / PARTS not in file.parents]


def mend(folder: Path) -> None:
    """Mend three things of the theme's script; one that is not as known stays as it is.

    It styles no page anew that says its own colour scheme, lets keys come to code without a mouse, too, and leaves no page
    for a letter.
    """
    home = folder / "index.html"
    is_said = home.is_file() and SAID_RE.search(home.read_text("utf-8", errors="replace"))
    for file in folder.glob(BUNDLES):
        text = mended = file.read_text("utf-8")
        if is_said and text.count(SCHEME) == 1:
            mended = mended.replace(SCHEME, UNHEARD)
        for expression in (MOUSE_RE, LETTERS_RE):
            if len(expression.findall(text)) == 1:
                mended = expression.sub("", mended)
        if mended != text:
            file.write_text(mended, "utf-8")


class Shortener:
    """Writes scripts in fewer letters, on a thread of its own; the shelf keeps what was written before."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf(None)
        self._terser = Terser()
        # One thread: the program can only be used where it was made.
        self._thread = ThreadPoolExecutor(1)
        self._coming: dict[bytes, Future[bytes]] = {}

    def begin(self, codes: Iterable[bytes]) -> None:
        """Begin with scripts that the site will have, and do not wait for them."""
        for code in codes:
            self._short(code)

    def write(self, folder: Path, names: Iterable[str]) -> None:
        """Write scripts of a site anew, each by itself."""
        for file in filter(Path.is_file, (folder / name for name in names)):
            file.write_bytes(self._short(file.read_bytes()).result())

    def close(self) -> None:
        """End the thread; what it has not begun with is left."""
        self._thread.shutdown(cancel_futures=True)

    def _short(self, code: bytes) -> Future[bytes]:
        if code not in self._coming:
            self._coming[code] = self._thread.submit(self._shortened, code)
        return self._coming[code]

    def _shortened(self, code: bytes) -> bytes:
        try:
            text = code.decode()
        except UnicodeDecodeError:  # what browsers make of it is theirs to say
            return code
        name = digest(self._terser.noted, OPTIONS, text)
        if (short := self._shelf.get(name)) is None:
            short = self._terser.shortened(text)
            self._shelf.put(name, short)
        return short.encode()


class Terser:
    """The program, which is made when it is first asked for something."""

    def __init__(self) -> None:
        self.noted = (VENDOR / "terser.js.sha256").read_text("utf-8").split()[0]

    def shortened(self, text: str) -> str:
        """Return a script in fewer letters; one that no browser would understand stays as it is."""
        try:
            return str(json.loads(self._minify(text, OPTIONS)))
        except quickjs.JSException:
            return text

    @cached_property
    def _minify(self) -> Callable[[str, str], str]:
        code = (VENDOR / "terser.js").read_bytes()
        if sha256(code).hexdigest() != self.noted:
            raise ChangedError(CHANGED)
        context = quickjs.Context()
        context.set_time_limit(SECONDS)
        context.set_memory_limit(MEMORY)
        # It asks for a maker of source maps, and none is made.
        context.eval("globalThis.sourceMap = {}")
        context.eval(code.decode("utf-8"))
        minify: Callable[[str, str], str] = context.eval(CALL)
        return minify
