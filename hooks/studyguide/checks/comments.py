"""Comments that ask the build for what it cannot make: readers would see nothing where something was meant.

<!-- studyguide: readin time -->               ->  DIR011: nothing that the build makes is called so
<!-- studyguide: extent lern/ -->              ->  DIR011: no page is in this folder
<!-- studyguide: take questions.apk -->        ->  DIR009: no such file of questions
Text <!-- studyguide: ignore LNK001 ... -->    ->  WAV004: a waiver that is not on a line of its own
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from studyguide.model import Problem
from studyguide.near import did_you_mean, quoted
from studyguide.text.comments import KNOWN, is_in, near, written
from studyguide.text.takes import FORMATS
from studyguide.waivers import SYNTAX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.text.comments import Comment


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such comment."""
    for path, part in book.parts.items():
        for comment in part.comments:
            match comment.asks:
                case "":
                    yield _unknown(comment)
                case "extent FOLDER" if not any(is_in(page, comment.more) for page in book.parts):
                    yield _without_pages(comment, book)
                case "take FILE" if comment.more not in FORMATS:
                    yield _no_file(comment, book)
                # What a page includes may be a page of its own, whose waivers are read there.
                case "ignore CODE" if _is_own(comment, path, book) or not _is_page(comment, book):
                    yield _unread(comment, own=_is_own(comment, path, book))


def _unknown(comment: Comment) -> Problem:
    known = near(comment.words)
    fix = f"Did you mean {quoted(written(known))}?" if known else f"It may ask for {', '.join(KNOWN)}."
    message = f"This comment asks the build for {quoted(comment.words)}, which it does not know."
    return Problem(comment.position, "DIR011", message, fix)


def _without_pages(comment: Comment, book: Book) -> Problem:
    folders = {f"{folder}/" for path in book.parts if (folder := posixpath.dirname(path))}
    fix = f"{did_you_mean(comment.more, folders)}Write its path below `{book.project.prefix}`."
    return Problem(book.place(comment, comment.more), "DIR011", f"No page is in the folder `{comment.more}`.", fix)


def _no_file(comment: Comment, book: Book) -> Problem:
    message = f"{quoted(comment.more)} is no file of questions to take away."
    fix = f"{did_you_mean(comment.more, FORMATS)}Files are {', '.join(FORMATS)}."
    return Problem(book.place(comment, comment.more), "DIR009", message, fix)


def _is_own(comment: Comment, path: str, book: Book) -> bool:
    return comment.position.path == book.sources[path].path


def _is_page(comment: Comment, book: Book) -> bool:
    return any(source.path == comment.position.path for source in book.sources.values())


def _unread(comment: Comment, *, own: bool) -> Problem:
    why, where = (
        ("cannot be read", "") if own else ("is in a file that pages include, where none is read", " in a page")
    )
    fix = f"Write {SYNTAX}, on a line of its own{where}."
    return Problem(comment.position, "WAV004", f"This waiver {why}.", fix)
