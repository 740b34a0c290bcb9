"""What is asked for while something is made: the files that are opened, those that are not there, and what is said.

    with asking() as asked:
        page.render(config, files)
    asked.files     ->  {"/guide/includes/terms.md": b"..."}, each with its hash
    asked.missing   ->  True, where an inclusion found no file: one may come to its place
    asked.records   ->  what was logged

A page is made from more than its own text, and only who makes it knows from what: an extension opens the files that it is
set to, wherever they are.
"""

from __future__ import annotations

import builtins
import hashlib
import io
import logging
import os
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pymdownx.snippets import SnippetPreprocessor
from studyguide.text import inputs

from studyguide_mkdocs.heard import LOGGERS

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Asked:
    """The files that were opened, with their hashes; whether one was not there; and what was logged."""

    files: dict[str, bytes] = field(default_factory=dict)
    missing: bool = False
    records: list[logging.LogRecord] = field(default_factory=list)

    def is_as_before(self) -> bool:
        """Return whether who asks again gets the same."""
        return not self.missing and all(digest(file) == known for file, known in self.files.items())

    def say_again(self) -> None:
        """Log what was logged: who counts warnings must hear them in every build."""
        for record in self.records:
            logging.getLogger(record.name).handle(record)


def digest(file: str) -> bytes:
    """Return the hash of a file, b"" where there is none that can be read."""
    try:
        return hashlib.sha256(Path(file).read_bytes()).digest() if inputs.is_file(file) else b""
    except OSError:
        return b""


class _Listener(logging.Handler):
    """Hears warnings for somebody who asks."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(logging.WARNING)
        self._asked = asked

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        if record not in self._asked.records:  # MkDocs' fork hands it on
            self._asked.records.append(record)


@contextmanager
def asking() -> Iterator[Asked]:
    """Note what is asked for in the meantime."""
    asked, opened = Asked(), set[str]()
    really_open, really_find = io.open, SnippetPreprocessor.get_snippet_path

    def note(file: str | bytes | os.PathLike[Any]) -> None:
        opened.add(os.path.abspath(os.fsdecode(file)))  # noqa: PTH100 - it may be a name that no file can have

    def open_noted(file: Any, *rest: Any, **options: Any) -> Any:
        if not isinstance(file, int):
            note(file)
        return really_open(file, *rest, **options)

    def find_noted(snippets: SnippetPreprocessor, path: str) -> str | None:
        found: str | None = really_find(snippets, path)
        if found is None:
            asked.missing = True
        else:
            # It may have been read for another page.
            note(found)
        return found

    listener = _Listener(asked)
    with ExitStack() as stack:
        for name in LOGGERS:
            stack.enter_context(_heard(logging.getLogger(name), listener))
        stack.enter_context(_instead(builtins, "open", open_noted))
        stack.enter_context(_instead(io, "open", open_noted))
        stack.enter_context(_instead(SnippetPreprocessor, "get_snippet_path", find_noted))
        yield asked
    asked.files = {file: digest(file) for file in sorted(opened)}


@contextmanager
def _heard(logger: logging.Logger, listener: logging.Handler) -> Iterator[None]:
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)


@contextmanager
def _instead(owner: Any, name: str, function: Any) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, function)
    try:
        yield
    finally:
        setattr(owner, name, before)
