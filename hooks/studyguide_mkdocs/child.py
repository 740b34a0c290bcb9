"""The child of ``studyguide check``: builds a project as MkDocs does, with our glue in it, and hands back what it found.

A ``Task`` comes on standard input; the answer goes to the file that it names: an ``Audit``, MkDocs' list of the site
where no build is asked for, or in words why there is neither.
"""

from __future__ import annotations

import logging
import pickle
import sys
from typing import TYPE_CHECKING

from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation

from studyguide_mkdocs.listing import listing_of
from studyguide_mkdocs.plugin import StudyGuide

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from studyguide.audit import Audit, Task
    from studyguide.listing import Listing, Project

NAME = "studyguide"


class _Errors(logging.Handler):
    """Keeps what MkDocs says when it gives up."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what a record says."""
        self.messages.append(" ".join(record.getMessage().split()))


def main() -> None:
    """Do what the task says, and answer."""
    task: Task = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    task.answer.write_bytes(pickle.dumps(answer(task)))


def answer(task: Task) -> Audit | tuple[Project, Listing] | str:
    """Return what the task asks for, or in words why there is none."""
    errors = _Errors()
    logging.getLogger("mkdocs").addHandler(errors)
    try:
        return _build(task)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever brings a build down is why it was not checked
        why = "; ".join(errors.messages) or _said(error)
        return f"MkDocs did not build the site: {why}"


def _said(error: BaseException) -> str:
    """Return what an error says; one that ends a program may say no more than its exit code."""
    text = " ".join(str(error).split())
    if isinstance(error, SystemExit) and text in ("", str(error.code)):
        return f"a hook or a plugin ended it with the exit code {error.code or 0}."
    return text or type(error).__name__


def _build(task: Task) -> Audit | tuple[Project, Listing]:
    site = task.site or task.answer.with_name("site")
    config = load_config(str(task.request.file.resolve()))
    # MkDocs has seen the project's own by now: what it refuses must not be clean here.
    config.site_dir = str(site)
    plugin = ours(config)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        return _audit(config, plugin, task) if task.site else _list(config, plugin)
    finally:
        config.plugins.on_shutdown()


def ours(config: MkDocsConfig) -> StudyGuide:
    """Return the project's own glue, or put ours in, which then reads no directives."""
    found = StudyGuide.of(config)
    if found is None:
        found = StudyGuide()
        found.load_config({"directives": False}, config_file_path=config.config_file_path)
        config.plugins[NAME] = found
    return found


def _audit(config: MkDocsConfig, plugin: StudyGuide, task: Task) -> Audit:
    plugin.request = task.request
    try:
        build.build(config)
    except (Exception, SystemExit):
        # What ends the build may be what was found; where nothing was, readers get no site all the same.
        if plugin.audit is None or not any(problem.fails for problem in plugin.audit.outcome.problems):
            raise
    if plugin.audit is None:
        message = "the build ended before anything was checked"
        raise RuntimeError(message)
    return plugin.audit


def _list(config: MkDocsConfig, plugin: StudyGuide) -> tuple[Project, Listing]:
    """Return MkDocs' list of the site, for which no page is rendered."""
    config = config.plugins.on_config(config)
    files = get_files(config)
    files.add_files_from_theme(config.theme.get_env(), config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    return plugin.project, listing_of(plugin.project, config, files, nav)


if __name__ == "__main__":
    main()
