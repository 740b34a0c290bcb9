"""What a page asks of its theme by a setting of its own: an icon in the navigation, or a template.

    icon: material/nobody   ->  INP006 at its place, and the page is built without it

MkDocs would end the build at the first of them, and name neither the page nor the setting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import TemplateNotFound
from studyguide.text import inputs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from mkdocs.structure.pages import Page
    from studyguide.model import Problem

# The settings that name a file among the theme's templates: what stands before and after the name there.
ASKED = {"icon": (".icons/", ".svg"), "template": ("", "")}


def without_what_is_not_there(page: Page, text: str, source: str, env: Environment) -> Iterator[Problem]:
    """Take from a page what it asks for in vain, and yield a problem for each; ``source`` is what problems print for it."""
    for key in [key for key in ASKED if key in page.meta]:
        name = page.meta[key]
        before, after = ASKED[key]
        if not name or _is_there(f"{before}{name}{after}", env):
            continue
        found = (each for each in env.list_templates() if each.startswith(before) and each.endswith(after))
        # A theme without icons asks for none.
        if names := [each.removeprefix(before).removesuffix(after) for each in found]:
            del page.meta[key]
            yield inputs.not_in_theme(text, source, key, str(name), names)


def _is_there(file: str, env: Environment) -> bool:
    try:
        return env.loader is None or bool(env.loader.get_source(env, file))
    except TemplateNotFound:
        return False
