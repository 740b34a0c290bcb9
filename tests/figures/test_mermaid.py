"""Mermaid: what does not parse is said at its place, and nothing that a diagram holds ever runs."""

from __future__ import annotations

import re
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from studyguide.figures import inline, mermaid
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from studyguide.figures import Studio
    from studyguide.model import Drawing

CHECK = 'Check the arrow and the brackets before it, or quote the label: A["text"].'
ADD = "Add what it is to show below its first line."
BEGIN = "Begin with flowchart LR, sequenceDiagram, stateDiagram-v2 or another kind."
END = 'Add "end" on a line of its own.'


def on(near: str) -> str:
    return f"The diagram does not parse here: {near!r} cannot go on like this."


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("flowchart LR\n  A[x --> B(y\n", (2, 4, "FIG012", "This '[' is never closed.", "Add ']' after its text.")),
        ("flowchart LR\n  A((x) --> B", (2, 4, "FIG012", "This '(' is never closed.", "Add ')' after its text.")),
        ("flowchart LR\n  A{x --> B", (2, 4, "FIG012", "This '{' is never closed.", "Add '}' after its text.")),
        ("flowchart LR\n  A[[x]] --> B[(y)]\n  C([z] --> A", (3, 4, "FIG012", "This '(' is never closed.", "Add ')' after its text.")),
        ("---\ntitle: T\n---\nflowchart LR\n  A[x --> B", (5, 4, "FIG012", "This '[' is never closed.", "Add ']' after its text.")),
        ("flowchart LR\n  A -->", (2, 7, "FIG012", on("A -->"), CHECK)),
        ("flowchart LR\n  A[a (b)] --> C", (2, 7, "FIG012", on("A[a (b)] --> C"), CHECK)),
        ("flowchart LR\n  A-->B\n  end", (3, 3, "FIG012", on("end"), CHECK)),
        ("erDiagram\n  A ||--x B : c", (2, 9, "FIG012", on("A ||--x B : c"), CHECK)),
        ("sequenceDiagram\n  A->>: hi", (2, 7, "FIG012", on("A->>: hi"), CHECK)),
        ("sequenceDiagram\n  alt a\n  A->>B: a\n  end\n  loop x\n  A->>B: y", (5, 3, "FIG012", "This 'loop' has no \"end\".", END)),
        ("flowchart LR\n  subgraph a\n    subgraph b\n    A\n  end\n", (2, 3, "FIG012", "This 'subgraph' has no \"end\".", END)),
        ("\n\nflowchat LR\n  A --> B", (3, 1, "FIG013", "'flowchat' is not a kind of Mermaid diagram.", BEGIN)),
        (" \n", (1, 1, "FIG013", "The diagram is empty.", BEGIN)),
        ('pie\n  "a": -1\n', (1, 1, "FIG012", 'The diagram does not parse: "a" has invalid value: -1. Negative values are not allowed in pie charts. All slice values must be >= 0.', "")),
        (
            "flowchart LR\n" + "\n".join(f"  a{n} --> a{n + 1}" for n in range(501)),
            (1, 1, "FIG013", "The diagram is too large or takes too long (Edge limit exceeded. The limit is 500).", "Draw less in one diagram."),
        ),
        (
            f'flowchart LR\n  A["{"x" * 50_000}"]',
            (
                1,
                1,
                "FIG013",
                "The diagram is too large or takes too long (Diagram source is longer than the limit of 50000 characters).",
                "Draw less in one diagram.",
            ),
        ),
    ],
)  # fmt: skip
def test_what_does_not_draw(studio: Studio, source: str, finding: tuple[object, ...]) -> None:
    drawing = studio.draw("mermaid", source)
    assert [astuple(found) for found in drawing.findings] == [finding]
    assert drawing.svg == ""


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("flowchart LR\n", 1),
        ("%% Later.\nsequenceDiagram\n", 1),
        ("erDiagram\n", 1),
        ("gantt\n", 1),
        ("pie\n", 1),
        ("pie title What it costs\n", 0),
        ('pie\n  "a": 1\n', 0),
        ('flowchart LR\n  A[" "]\n', 0),
        ("sequenceDiagram\n  participant A\n", 0),
    ],
)
def test_the_kind_of_a_diagram_is_none(studio: Studio, source: str, count: int) -> None:
    wrong = (1, 1, "FIG013", "There is nothing in this diagram.", ADD)
    assert [astuple(found) for found in studio.draw("mermaid", source).findings] == [wrong] * count


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("<script>alert(1)</script>", "alert(1)"),
        ("a <b onclick='alert(1)'>b</b>", "a b"),
        ("<img src=x onerror=alert(1)>c", "c"),
        ("<iframe src='https://evil.example/'></iframe>d", "d"),
        ("&lt;script&gt;e", "<script>e"),
        ("#lt;script#gt;f", "<script>f"),
    ],
)
def test_a_label_is_text(studio: Studio, label: str, word: str) -> None:
    drawing = studio.draw("mermaid", f'flowchart LR\n  A["{label}"]')
    assert drawing.words == (word,)
    assert drawing.findings == ()
    tags = " ".join(re.findall(r"<[^>]*>", drawing.svg))
    assert not re.search(r"script|iframe|<img|onclick|onerror|evil", tags, re.IGNORECASE)


@pytest.mark.parametrize(
    "line",
    [
        'click A "javascript:alert(1)"',
        'click A href "https://evil.example/" "tip" _blank',
        "click A call alert(1)",
        "click A alert",
        'A@{img: "https://evil.example/a.png", label: "A"}',
        "classDef evil fill:#fff;",
    ],
)
def test_a_link_an_image_and_a_call_do_nothing(studio: Studio, line: str) -> None:
    drawing = studio.draw("mermaid", f"flowchart LR\n  A --> B\n  {line}")
    assert drawing.findings == ()
    assert drawing.words == ("A", "B")
    assert not re.search(r"<a\b|<image|evil|javascript|alert|href", drawing.svg)


def test_settings_of_a_diagram_reach_nothing_but_it(sample: Callable[[str], Drawing], studio: Studio) -> None:
    plain = studio.draw("mermaid", "flowchart LR\n  A --> B")
    evil = sample("mermaid/97-evil-init.mmd")
    assert evil.words == plain.words
    assert not re.search(r"evil|display|color:red|forest", evil.svg)
    assert studio.draw("mermaid", "flowchart LR\n  A --> B") == plain


def test_labels_are_in_the_words_and_in_the_description(sample: Callable[[str], Drawing]) -> None:
    drawing = sample("mermaid/01-flow-vpc-nested.mmd")
    assert {"VPC 10.0.0.0/16", "HTTPS 443", "NAT gateway", "PostgreSQL"} <= set(drawing.words)
    text = inline(drawing, id="fig-x", title="T", alt="A")
    desc = text[text.index("<desc") : text.index("</desc>")]
    assert all(word in desc for word in drawing.words)


def test_labels_are_as_wide_as_the_font_of_the_site_makes_them(studio: Studio) -> None:
    wide, narrow = (studio.draw("mermaid", f'flowchart LR\n  A["{label}"]').width for label in ("W" * 20, "i" * 20))
    assert wide > 2 * narrow


KINDS: dict[str, str] = quickyaml.load((Path(__file__).parent / "kinds.yml").read_text("utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_draws_in_colours_that_a_page_has(kind: str, studio: Studio) -> None:
    drawing = studio.draw("mermaid", KINDS[kind])
    assert drawing.findings == ()
    paints = set(re.findall(r'(?:fill|stroke|stop-color)="([^"]*)"', drawing.svg))
    plain = re.compile(r"none|transparent|currentColor|url\(#n-\d+\)|color-mix\(.*\)|var\(--(?:sg|pele)-[a-z0-9-]+\)")
    assert not {paint for paint in paints if not plain.fullmatch(paint)}
    assert not set(re.findall(r"var\(--pele-([a-z-]+)", drawing.svg)) - mermaid._SITE  # noqa: SLF001


def test_what_a_gantt_chart_calls_critical_has_a_colour_of_its_own(studio: Studio) -> None:
    drawing = studio.draw("mermaid", KINDS["gantt"])
    assert drawing.svg.count("var(--sg-c-a02c36)") == 3  # the bar and its edge, and the edge of one that is done
    assert "a02c36" in drawing.colours


def test_a_colour_without_a_dark_twin_is_said(studio: Studio) -> None:
    drawing = studio.draw("mermaid", "flowchart LR\n  A --> B\n  style A fill:nocolour")
    assert [astuple(finding) for finding in drawing.findings] == [
        (
            3,
            16,
            "FIG014",
            "The colour 'nocolour' is not one that can have a dark twin, so it was left out.",
            "Write it as #rrggbb, rgb(), hsl() or a CSS name.",
        )
    ]


def test_a_diagram_that_takes_too_long_is_a_finding_and_the_next_one_draws(studio: Studio) -> None:
    source = (Path(__file__).parent / "samples/mermaid/19-flow-large.mmd").read_text("utf-8")
    before = studio.draw("mermaid", source)
    mermaid._here.context.set_time_limit(0.001)  # noqa: SLF001  ten seconds are too long for a test
    late = studio.draw("mermaid", source)
    assert [finding.code for finding in late.findings] == ["FIG013"]
    assert late.svg == ""
    assert studio.draw("mermaid", source) == before


def test_a_changed_engine_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pele.global.js").write_text("globalThis.pele = {}", encoding="utf-8")
    (tmp_path / "pele.global.js.sha256").write_text("0" * 64 + "  pele.global.js\n", encoding="utf-8")
    monkeypatch.setattr(mermaid, "_VENDOR", tmp_path)
    mermaid._here.__dict__.clear()  # noqa: SLF001  a context that is there is not made again
    with pytest.raises(mermaid.EngineChangedError, match="does not match its sha256"):
        mermaid.draw("flowchart LR\n  A --> B")
