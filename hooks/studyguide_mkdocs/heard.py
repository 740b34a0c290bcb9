"""What MkDocs and its plugins warn of while they build, kept as problems of the project."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from studyguide.model import Position, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studyguide.listing import Listing, Project

OURS = "mkdocs.hooks.studyguide"
# MkDocs' logger, and that of its fork, which hears the former's records too.
LOGGERS = ("mkdocs", "properdocs")
LONGEST = 300
FIX = "Mend what it names, or silence it where it comes from."


class Ear(logging.Handler):
    """Hears every warning on MkDocs' loggers that is not one of ours."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._messages: dict[str, None] = {}

    def open(self) -> None:
        """Begin to listen; an ear that listens already goes on."""
        for name in LOGGERS:
            logging.getLogger(name).addHandler(self)

    def close(self) -> None:
        """Listen no more."""
        for name in LOGGERS:
            logging.getLogger(name).removeHandler(self)
        super().close()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what a record says."""
        if record.name != OURS:
            self._messages[" ".join(record.getMessage().split())] = None

    def problems(self, project: Project, listing: Listing) -> list[Problem]:
        """Return what was heard, each once and at the page that it names if it names one; forget it."""
        messages, self._messages = list(self._messages), {}
        return [_problem(_relative(message, project.root), project, listing) for message in messages]


def _relative(message: str, root: Path) -> str:
    return message.replace(f"{root}/", "")


def _problem(message: str, project: Project, listing: Listing) -> Problem:
    said = message if len(message) <= LONGEST else f"{message[:LONGEST]}..."
    return Problem(
        _place(message, project, listing), "BLD001", f"MkDocs warns: {said}{'' if said.endswith('.') else '.'}", FIX
    )


def _place(message: str, project: Project, listing: Listing) -> Position:
    for name, source in _names(listing):
        if match := re.search(rf"(?<![\w/.-]){re.escape(name)}(?![\w/-])(?::(?P<line>\d+))?", message):
            return Position(source, int(match["line"] or 1))
    return Position(project.name)


def _names(listing: Listing) -> Iterable[tuple[str, str]]:
    """Yield what a message may call a page, the surest first, with the page's source."""
    for page in listing.pages:
        yield page.source, page.source
    for page in listing.pages:
        yield page.path, page.source


def unquieten() -> bool:
    """Let warnings be counted in a strict build that prints errors alone; return whether this is one."""
    quiet = False
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if logger.level > logging.WARNING:
            for handler in logger.handlers:
                if isinstance(handler, logging.StreamHandler):
                    handler.setLevel(max(handler.level, logger.level))
            logger.setLevel(logging.WARNING)
            quiet = True
    return quiet
