"""This guide's hook: MkDocs' events, handed to the study guide's plugin."""

from __future__ import annotations

from studyguide_mkdocs.plugin import StudyGuide

_GUIDE = StudyGuide()
_GUIDE.load_config({})

on_startup = _GUIDE.on_startup
on_config = _GUIDE.on_config
on_files = _GUIDE.on_files
on_nav = _GUIDE.on_nav
on_page_read_source = _GUIDE.on_page_read_source
on_page_markdown = _GUIDE.on_page_markdown
on_page_content = _GUIDE.on_page_content
on_env = _GUIDE.on_env
on_post_page = _GUIDE.on_post_page
on_post_build = _GUIDE.on_post_build
on_serve = _GUIDE.on_serve
on_build_error = _GUIDE.on_build_error
on_shutdown = _GUIDE.on_shutdown
