"""What readers do with the pages: practise, recall, see how far they are, change a network, and take questions along.

activities(manuscript, registry, pages, name="Guide")  ->  the pages with all of that in its place, and the files it needs

Each is made of what the one before it leaves: a question makes a card, a card counts as progress, and what is taken along
is what the pages show in the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studyguide.exports import cards, decks, lab, practice, progress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studyguide.collect import Manuscript
    from studyguide.compose import Rendered
    from studyguide.links.registry import Registry
    from studyguide.model import Problem


class Activities(NamedTuple):
    """The content of every page, by its path; the files in the site that they need; and what is wrong with them."""

    contents: dict[str, str]
    files: dict[str, str | bytes]
    problems: tuple[Problem, ...]


def activities(manuscript: Manuscript, registry: Registry, pages: Mapping[str, Rendered], *, name: str) -> Activities:
    """Return the pages with what they have marks for; ``name`` is the guide's, for what is taken away from it."""
    practised = practice.practice(pages, registry)
    asked = dict(pages) | {path: pages[path]._replace(content=content) for path, content in practised.contents.items()}
    remembered = cards.make(asked, manuscript)
    contents = {path: page.content for path, page in asked.items()} | remembered.contents
    far = progress.progress(pages, registry, remembered.cards, contents)
    laboratory = lab.lab(contents | far.contents, manuscript.missions)
    contents |= far.contents | laboratory.contents
    taken = decks.make(manuscript, registry, contents, name=name)
    files: dict[str, str | bytes] = {**practised.files, **far.files, **laboratory.files, **taken.files}
    return Activities(contents | taken.pages, files, remembered.problems)
