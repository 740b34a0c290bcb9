"""What MkDocs and its plugins warn of while they build, kept as problems of the project."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from studyguide.model import Position, Problem
from studyguide.text.settings import find, place
from studyguide.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from studyguide.listing import Listing, Project

OURS = "mkdocs.hooks.studyguide"
# MkDocs' logger, and that of its fork, which hears the former's records too.
LOGGERS = ("mkdocs", "properdocs")
SERVER = "mkdocs.livereload"
LONGEST = 300
SETTING_RE = re.compile(r"^Config value '(?P<key>[^']+)'")
QUOTED_RE = re.compile(r"(?P<quote>['\"])(?P<target>[^'\"\s]+)(?P=quote)")
FIX = "Mend what it names, or silence it where it comes from."


class Ear(logging.Handler):
    """Hears every warning on MkDocs' loggers that is not one of ours."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._messages: dict[str, None] = {}

    def open(self) -> None:
        """Begin to listen.

        A logger that is told to be quiet drops warnings before anybody counts them, so that only what it prints may be
        fewer.
        """
        for name in LOGGERS:
            logger = logging.getLogger(name)
            logger.addHandler(self)
            if logger.level > logging.WARNING:
                for handler in logger.handlers:
                    if isinstance(handler, logging.StreamHandler):
                        handler.setLevel(max(handler.level, logger.level))
                logger.setLevel(logging.WARNING)

    def forget(self) -> None:
        """Forget what was heard: the build that it was about has ended."""
        self._messages = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what a record says; what the server says of a build that failed is about that one."""
        if record.name == SERVER:
            self.forget()
        elif record.name != OURS:
            self._messages[" ".join(record.getMessage().split())] = None

    def problems(self, project: Project, listing: Listing, texts: Mapping[str, str]) -> list[Problem]:
        """Return what was heard, each once and at the page that it names if it names one; forget it."""
        messages = list(self._messages)
        self.forget()
        return [_problem(_relative(message, project.root), project, listing, texts) for message in messages]


def _relative(message: str, root: Path) -> str:
    return message.replace(f"{root}/", "")


def _problem(message: str, project: Project, listing: Listing, texts: Mapping[str, str]) -> Problem:
    said = message if len(message) <= LONGEST else f"{message[:LONGEST]}..."
    return Problem(
        _place(message, project, listing, texts),
        "BLD001",
        f"MkDocs warns: {said}{'' if said.endswith('.') else '.'}",
        FIX,
    )


def _place(message: str, project: Project, listing: Listing, texts: Mapping[str, str]) -> Position:
    if match := SETTING_RE.search(message):
        return place(project.settings, match["key"])
    for name, source in _names(listing):
        if match := re.search(rf"(?<![\w/.-]){re.escape(name)}(?![\w/-])(?::(?P<line>\d+))?", message):
            if match["line"]:
                return Position(source, int(match["line"]))
            return _reference(message, Source(source, texts.get(source, ""))) or Position(source)
    quoted = (find(project.settings, found["target"]) for found in QUOTED_RE.finditer(message))
    return next(filter(None, quoted), Position(project.name))


def _reference(message: str, source: Source) -> Position | None:
    """Return where the first reference to a target is that a message quotes, None where there is none."""
    for quoted in QUOTED_RE.finditer(message):
        target = re.escape(quoted["target"])
        if found := re.search(rf"(?:\[[^\[\]\n]*\])?\[`?{target}`?\](?:\[\])?(?![(:])", source.prose):
            return source.position(found.start())
    return None


def _names(listing: Listing) -> Iterable[tuple[str, str]]:
    """Yield what a message may call a page, the surest first, with the page's source."""
    for page in listing.pages:
        yield page.source, page.source
    for page in listing.pages:
        yield page.path, page.source


def is_quiet() -> bool:
    """Return whether MkDocs was asked to print errors alone."""
    return any(handler.level > logging.WARNING for handler in _printers())


def counted() -> int:
    """Return how many warnings and errors a strict build has counted."""
    handlers = [handler for name in LOGGERS for handler in logging.getLogger(name).handlers]
    return sum(sum(getattr(handler, "counts", {}).values()) for handler in handlers)


def _printers() -> list[logging.Handler]:
    handlers = [handler for name in LOGGERS for handler in logging.getLogger(name).handlers]
    return [handler for handler in handlers if isinstance(handler, logging.StreamHandler)]


# Of the whole process, and open from the start: what MkDocs says of the settings comes before any event.
EAR = Ear()
EAR.open()
