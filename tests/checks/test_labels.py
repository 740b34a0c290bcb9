"""The nodes of a drawing, as its source names them: what has to be in its alt text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from studyguide.checks.alts import unnamed
from studyguide.checks.labels import labels
from studyguide.model import Figure, Position

MERMAID = {
    "flowchart LR\n  a[One] --> b(Two) --> c([Three]) --> d[(Four)]": ("One", "Two", "Three", "Four"),
    'flowchart TB\n  a{"One?"}\n  b{{Two}}\n  c((Three))\n  d[[Four]]\n  e[/Five/]': (
        "One?",
        "Two",
        "Three",
        "Four",
        "Five",
    ),
    "graph TD\n  A --> B & C\n  B ==> D\n  C -.-> D\n  D --x E\n  E <--> F": ("A", "B", "C", "D", "E", "F"),
    'flowchart LR\n  A -->|"to be left out"| B\n  B -- left out --> C\n  C -. "left out" .-> D': ("A", "B", "C", "D"),
    'flowchart LR\n  A["One<br/>line<br>more"]:::red --> B\n  A --> B': ("One line more", "B"),
    'flowchart LR\n  %% A[Left out]\n  subgraph s["A group"]\n    direction LR\n    B\n  end\n  C --> B': (
        "A group",
        "B",
        "C",
    ),
    "flowchart LR\n  A --> B\n  classDef red fill:#f00\n  class A red\n  style B fill:#f00": ("A", "B"),
    'flowchart LR\n  A["With (brackets) and -- lines"]': ("With (brackets) and -- lines",),
    "sequenceDiagram\n  participant A as The code\n  actor B\n  A->>B: left out\n  Note over A,B: Left out": (
        "The code",
        "B",
    ),
    "sequenceDiagram\n  autonumber\n  A->>+Far end: ask\n  loop Left out\n    Far end-->>-A: answer\n  end": (
        "A",
        "Far end",
    ),
    'stateDiagram-v2\n  state "Not yet" as N\n  [*] --> N\n  N --> Active: left out\n  Active --> [*]': (
        "Not yet",
        "Active",
    ),
    "stateDiagram-v2\n  A --> B\n  B: The end\n  note right of A: Left out\n  C --> B": ("The end", "A", "C"),
    "stateDiagram-v2\n  state if <<choice>>\n  A --> if\n  note left of A\n    Left --> out\n  end note\n  if --> B": (
        "A",
        "B",
    ),
    "pie\n  'Left out': 1": (),
    '%%{init: {"flowchart": {"nodeSpacing": 20}}}%%\nflowchart LR\n  A --> B': ("A", "B"),
    "---\ntitle: Left out\n---\nflowchart LR\n  A --> B": ("A", "B"),
    "": (),
}
TIKZ = {
    r"\node (a) at (0,0) {Alpha};": ("Alpha",),
    r"\node[draw, minimum width=2cm] at (0,0) {alpha};": ("alpha",),
    r"\node[box] (a) {One\\two\\[2pt] three};": ("One two three",),
    r"\node (a) {Reach-\\ability\\DB-SG};": ("Reach-ability DB-SG",),
    r"\node (a) {\textbf{Alpha} {\small beta} \& gamma};": ("Alpha beta & gamma",),
    r"\node[label={[red]above:x}] (a) at ($(b)+(1,0)$) {Alpha};": ("Alpha",),
    r"\node at (0,0) {beside an arrow};": (),
    r"\node[align=center, font=\small] at (0,0) {beside\\an arrow};": (),
    r"\node at (0,0) {An area};": ("An area",),
    r"\draw (a) -- node[above] {Left out} (b);": (),
    r"% \node (a) {Left out};": (),
    r"\foreach \x in {1,2} \node[draw] at (\x,0) {\x};": (),
    r"\node (a) at (0,0) {never closed": ("never closed",),
    r"\node": (),
}


@pytest.mark.parametrize(("code", "found"), MERMAID.items())
def test_nodes_of_mermaid(code: str, found: tuple[str, ...]) -> None:
    assert labels("mermaid", code) == found


@pytest.mark.parametrize(("code", "found"), TIKZ.items())
def test_nodes_of_tikz(code: str, found: tuple[str, ...]) -> None:
    assert labels("tikz", code) == found


def missing(label: str, alt: str) -> list[str]:
    figure = Figure("fig-a", "A", alt, "mermaid", f'flowchart LR\n  a["{label}"]', Position("a.md"))
    return list(unnamed(figure))


@pytest.mark.parametrize(
    ("label", "alt"),
    [
        ("Private database", "The databases answer."),
        ("Policies", "A policy allows it."),
        ("Access", "Access is given."),
        ("Security group", "It has an SG."),
        ("Security group", "It has two SGs."),
        ("DB-SG: 3306", "Its group is DB-SG."),
        ("Elasti-Cache", "It asks ElastiCache."),
        ("10.0.1.0/24", "A range."),
        ("443, 3306", "Ports."),
        ("A", "It leads to A."),
    ],
)
def test_node_is_named(label: str, alt: str) -> None:
    assert missing(label, alt) == []


@pytest.mark.parametrize(
    ("label", "alt"),
    [
        ("Private database", "The function asks."),
        ("Database", "It is based on data."),
        ("Security group", "It is sg."),
        ("Your own zone", "Your function."),
        ("TCP: queue", "It sends TCP."),
        ("A", "It leads to B."),
    ],
)
def test_node_is_not_named(label: str, alt: str) -> None:
    assert missing(label, alt) == [label]


PIECES = st.sampled_from(
    ["[", "]", "(", ")", "{", "}", '"', "-->", "--", "|", "\n", " ", "a", "B", "\\node", "\\\\", "%", ":", "state", "note", ";", "end"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.sampled_from(["", "flowchart LR\n", "sequenceDiagram\n", "stateDiagram-v2\n"]), st.lists(PIECES, max_size=60))
def test_any_source_has_labels_without_ends_of_lines(start: str, pieces: list[str]) -> None:
    code = start + "".join(pieces)
    for found in (labels("mermaid", code), labels("tikz", code)):
        assert all(label and "\n" not in label for label in found)
