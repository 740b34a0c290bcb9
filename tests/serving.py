"""The builds of ``mkdocs serve``, in this process and one at a time: what each logs, and what it has to make.

with Server(settings) as server:
    server.build()      ->  the lines of its log; `server.made` are the kinds of what was not there from before
"""

from __future__ import annotations

import importlib
import logging
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from building import afresh
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

if TYPE_CHECKING:
    from collections.abc import Callable


# What the server says of a build that failed, before it waits for the next save.
STUCK = "An error happened during the rebuild. The server will appear stuck until build errors are resolved."


class Server(logging.Handler):
    """A server of one project; it hears what MkDocs logs."""

    def __init__(self, settings: Path, *, dirty: bool = False) -> None:
        super().__init__(logging.INFO)
        self._settings, self._dirty = settings, dirty
        self._stack = ExitStack()
        self._log: list[str] = []
        self.made: list[str] = []

    def __enter__(self) -> Self:
        self._stack.enter_context(afresh(self._settings.parent))
        self._site = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="studyguide-"))
        self.site = Path(self._site)
        logger = logging.getLogger("mkdocs")
        logger.setLevel(logging.INFO)
        logger.addHandler(self)
        self._note(importlib.import_module("studyguide_mkdocs.memory").Memory)
        config = load_config(str(self._settings), site_dir=self._site)
        config.plugins.on_startup(command="serve", dirty=self._dirty)
        # A server keeps the plugins that want to be told of its end.
        self._stack.callback(config.plugins.on_shutdown)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def build(self) -> list[str]:
        """Build, as at the start and after every save; return the log since the build before."""
        self.made = []
        try:
            build(load_config(str(self._settings), site_dir=self._site), dirty=self._dirty)
        except MkDocsException:
            logging.getLogger("mkdocs.livereload").error(STUCK)  # noqa: TRY400 - the server prints no trace through it
        log, self._log = self._log, []
        return log

    def emit(self, record: logging.LogRecord) -> None:
        self._log += f"{record.levelname:8}-  {record.getMessage()}".splitlines()

    def _note(self, memory: Any) -> None:
        """Note what the memory does not know; its class is this process' own, and new."""
        keep = memory.keep

        def noted(own: Any, key: Any, make: Callable[[], Any], *rest: Any) -> Any:
            def made() -> Any:
                self.made.append(key[0])
                return make()

            return keep(own, key, made, *rest)

        memory.keep = noted
