"""The cache saves time and changes nothing: the same bytes come out with it, without it, and whatever is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from studyguide import figures
from studyguide.figures import Studio, inline, tikz
from studyguide.figures.cache import Cache, key
from studyguide.model import Drawing, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studyguide.model import Engine

BOX = r"\begin{tikzpicture}\node[draw,fill=orange!20] {Box};\end{tikzpicture}"
FLOW = "flowchart LR\n  A[One] --> B[Two]\n  style A fill:#ff8000"
PALE = r"\begin{tikzpicture}\node[text=yellow] {Pale};\end{tikzpicture}"
BOMB = r"\begin{tikzpicture}\foreach \x in {1,...,100000000} \draw (0,0) -- (1,1);\end{tikzpicture}"
FIGURES: list[tuple[Engine, str]] = [("tikz", BOX), ("mermaid", FLOW), ("tikz", PALE)]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collect the sources that an engine is asked for."""
    asked: list[str] = []
    for module in (tikz, figures.mermaid):
        draw: Callable[..., Drawing] = module.draw

        def counted(source: str, *rest: object, draw: Callable[..., Drawing] = draw) -> Drawing:
            asked.append(source)
            return draw(source, *rest)

        monkeypatch.setattr(module, "draw", counted)
    yield asked
    asked.clear()


@pytest.mark.parametrize(("engine", "source"), FIGURES)
def test_the_second_time_it_is_not_drawn_and_the_same(
    tmp_path: Path, drawn: list[str], engine: Engine, source: str
) -> None:
    with Studio(tmp_path) as studio:
        first, second = studio.draw(engine, source), studio.draw(engine, source)
    with Studio(tmp_path) as studio:
        third = studio.draw(engine, source)
    assert first == second == third
    assert first.svg
    assert drawn == [source]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[: len(text) // 2],
        lambda _: "",
        lambda text: text.replace("<svg", "<svG"),
        lambda text: "0" * 64 + text[64:],
        lambda _: key("[]") + "\n[]",
        lambda _: key("{}") + "\n{}",
        lambda _: key("null") + "\nnull",
        lambda _: "\udc80",
    ],
    ids=["cut", "empty", "changed", "other digest", "list", "no fields", "null", "no UTF-8"],
)
def test_a_spoilt_file_is_drawn_again_and_replaced(
    tmp_path: Path, drawn: list[str], spoil: Callable[[str], str]
) -> None:
    with Studio(tmp_path) as studio:
        first = studio.draw("mermaid", FLOW)
        (file,) = tmp_path.iterdir()
        good = file.read_bytes()
        file.write_text(spoil(file.read_text("utf-8")), encoding="utf-8", errors="surrogateescape")
        assert file.read_bytes() != good
        assert studio.draw("mermaid", FLOW) == first
    assert drawn == [FLOW, FLOW]
    assert file.read_bytes() == good
    assert list(tmp_path.iterdir()) == [file]


def test_two_studios_with_caches_of_their_own_give_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, order in zip(folders, (FIGURES, FIGURES[::-1]), strict=True):
        with Studio(folder) as studio:
            for engine, source in order:
                studio.draw(engine, source)
    one, two = ({file.name: file.read_bytes() for file in folder.iterdir()} for folder in folders)
    assert len(one) == len(FIGURES)
    assert one == two


def test_the_cache_changes_nothing_in_the_page(tmp_path: Path, studio: Studio) -> None:
    with Studio(tmp_path) as keeping:
        for engine, source in FIGURES:
            keeping.draw(engine, source)
            texts = {
                inline(drawing, id="fig-x", title="T", alt="A")
                for drawing in (studio.draw(engine, source), keeping.draw(engine, source))
            }
            assert len(texts) == 1


def test_a_figure_that_took_too_long_is_tried_again(tmp_path: Path, drawn: list[str]) -> None:
    with Studio(tmp_path) as studio:
        assert [finding.code for finding in studio.draw("tikz", BOMB).findings] == ["FIG011"]
        studio.draw("tikz", BOMB)
    assert drawn == [BOMB, BOMB]
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, drawn: list[str]) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with Studio(blocked / "cache") as studio:
        assert studio.draw("mermaid", FLOW) == studio.draw("mermaid", FLOW)
    assert drawn == [FLOW, FLOW]


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with Studio(tmp_path) as studio:
        assert studio.draw("mermaid", FLOW).svg
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_nothing_is_kept(drawn: list[str]) -> None:
    with Studio() as studio:
        studio.draw("mermaid", FLOW)
        studio.draw("mermaid", FLOW)
    assert drawn == [FLOW, FLOW]


def test_every_part_counts_in_the_key() -> None:
    assert len({key("a", "b"), key("ab"), key("b", "a"), key("a", "b", "")}) == 4


def test_another_version_draws_again(tmp_path: Path, drawn: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with Studio(tmp_path) as studio:
        studio.draw("mermaid", FLOW)
        monkeypatch.setattr(figures, "VERSION", "another")
        studio.draw("mermaid", FLOW)
    assert drawn == [FLOW, FLOW]


def test_a_drawing_comes_back_as_it_was(tmp_path: Path) -> None:
    whole = Drawing("<svg/>", 1.5, 2.0, (("g-1", "M0 0"),), ("ffe6cc",), ("é 日",), (Finding(1, 2, "C", "m", "f"),))
    cache = Cache(tmp_path / "deep" / "er")
    cache.put("name", whole)
    assert cache.get("name") == whole
    assert cache.get("other") is None
