"""Comments that ask the build for what it cannot make: readers would see nothing where something was meant.

<!-- studyguide: readin time -->               ->  DIR011: nothing that the build makes is called so
<!-- studyguide: extent lern/ -->              ->  DIR011: no page is in this folder
<!-- studyguide: take questions.apk -->        ->  DIR009: no such file of questions
Text <!-- studyguide: ignore LNK001 ... -->    ->  WAV004: a waiver that is not on a line of its own
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from studyguide.collect import SOURCES
from studyguide.model import Problem
from studyguide.near import did_you_mean, quoted
from studyguide.text.comments import KNOWN, QUIET, is_in, near, written
from studyguide.text.takes import FORMATS
from studyguide.waivers import SYNTAX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.checks.book import Book
    from studyguide.text.comments import Comment

# What shows nothing without a question; flashcards are looked at where they are made.
ON_PAPER = ("paper test", "paper key")
OF_QUESTIONS = ("practice objectives", "practice questions", "paper test", "paper key", "take FILE")


def check(book: Book) -> Iterable[Problem]:
    """Yield a problem for every such comment."""
    for path, part in book.parts.items():
        for comment in part.comments:
            match comment.asks:
                case "":
                    yield _unknown(comment)
                case asked if comment.in_text and asked not in QUIET:
                    message = f"This comment asks for {quoted(comment.words)} within text, where no block can be."
                    fix = "Write it on a line of its own, with an empty line before and after it."
                    yield Problem(comment.position, "DIR011", message, fix)
                case "take FILE" if comment.more not in FORMATS:
                    yield _no_file(comment, book)
                case asked if nothing := _nothing(asked, book):
                    message = f"This comment asks for {quoted(comment.words)}, and the guide has no {nothing}."
                    yield Problem(comment.position, "DIR011", message, "Write one, or remove this line.")
                case "extent FOLDER" if not any(is_in(page, comment.more) for page in book.parts):
                    yield _without_pages(comment, book)
                # What a page includes may be a page of its own, whose waivers are read there.
                case "ignore CODE" if _is_own(comment, path, book) or not _is_page(comment, book):
                    yield _unread(comment, own=_is_own(comment, path, book))


def _nothing(asked: str, book: Book) -> str:
    """Return what a guide has none of, so that a comment which asks for this shows nothing; "" where it has some."""
    has = {target.kind for part in book.parts.values() for target in part.targets}
    if asked in OF_QUESTIONS and "checkpoint" not in has:
        return "question"
    kinds = {each.kind for part in book.parts.values() for each in part.checkpoints}
    if asked in ON_PAPER and not kinds & {"one", "several"}:
        return "question with options to choose from"
    if asked == "practice objectives" and "objective" not in has:
        return "objective"
    if asked == "progress" and not has & {"checkpoint", "term"}:
        return "question and no term"
    return "source" if asked == "sources" and not book.cited and SOURCES not in book.unread else ""


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
