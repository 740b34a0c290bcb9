"""What the tests of the figures share: one studio, and the samples it draws."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from studyguide.figures import Studio
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studyguide.model import Drawing

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def studio() -> Iterator[Studio]:
    """Draws without a cache; its child process serves all tests."""
    with Studio() as studio:
        yield studio


@pytest.fixture(scope="session")
def sample(studio: Studio) -> Callable[[str], Drawing]:
    """Return a sample's drawing, by its name under ``samples``; each is drawn once."""

    @cache
    def drawn(name: str) -> Drawing:
        source = (HERE / "samples" / name).read_text("utf-8")
        return studio.draw("tikz" if name.endswith(".tex") else "mermaid", source)

    return drawn


@pytest.fixture(scope="session")
def expected() -> dict[str, Any]:
    """What ``findings.yml`` says of each sample."""
    table: dict[str, Any] = quickyaml.load((HERE / "findings.yml").read_text("utf-8"))
    return table
