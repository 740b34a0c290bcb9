"""Directives in whatever may hold them: each is made there, or is a problem at its place; and no mark gets out."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from studyguide.directives import render
from studyguide.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# The same few examples every time; STUDYGUIDE_FUZZ=5000 looks at so many, and at others each time.
MANY = int(os.environ.get("STUDYGUIDE_FUZZ", "0"))
LEFT_RE = re.compile("[\ufdd0-\ufdef\x02\x03]")

DIRECTIVES = {
    "figure": ("fig-a", ["", "| a | b |", "| --- | --- |", "| 1 | 2 |"], '<figure class="sg-figure" id="fig-a">'),
    "term": ("term-a", ["", "A card.", "", "- One", "", "> Two"], '<div class="sg-term" id="term-a">'),
    "objective": ("obj-a", ["", "!!! note", "", "    Reach it."], '<div class="sg-objective" id="obj-a">'),
    "checkpoint": (
        "cp-a",
        ["", "- [ ] No", "    > Because.", "- [x] Yes", "    > Right.", "", "More."],
        '<details class="sg-answer" data-search-exclude="true">',
    ),
}  # fmt: skip


def directive(name: str) -> list[str]:
    key, body, _ = DIRECTIVES[name]
    return [f"/// {name} | Is `it` there?", f"    id: {key}", *body, "///"]


def held(lines: Iterable[str], before: str) -> list[str]:
    return [f"{before}{line}".rstrip() for line in lines]


CONTAINERS: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "nothing": (lambda d: d, "</h1>\n{}"),
    "two spaces": (lambda d: held(d, "  "), "</h1>\n{}"),
    "a paragraph's end": (lambda d: ["Text.", *d, "More."], "<p>Text.</p>\n{}"),
    "a quote": (lambda d: held(d, "> "), "<blockquote>\n{}"),
    "a quote without spaces": (lambda d: held(d, ">"), "<blockquote>\n{}"),
    "a quote in a quote": (lambda d: held(d, "> > "), "<blockquote>\n<blockquote>\n{}"),
    "a list item": (lambda d: ["- One", "", *held(d, "    "), "- Two"], "<li>\n<p>One</p>\n{}"),
    "a tight list item": (lambda d: ["- One", *held(d, "    "), "- Two"], "<li>\n<p>One</p>\n{}"),
    "a numbered item": (lambda d: ["1. One", *held(d, "    ")], "<li>\n<p>One</p>\n{}"),
    "an item of an item": (lambda d: ["- One", "    - Two", "", *held(d, "        ")], "<li>\n<p>Two</p>\n{}"),
    "an item in a quote": (lambda d: ["> - One", ">", *held(d, ">     ")], "<li>\n<p>One</p>\n{}"),
    "an admonition": (lambda d: ['!!! note "N"', "", *held(d, "    ")], '<p class="admonition-title">N</p>\n{}'),
    "a tight admonition": (lambda d: ['!!! note "N"', *held(d, "    ")], '<p class="admonition-title">N</p>\n{}'),
    "a block of pymdownx": (lambda d: ["//// note | N", *d, "////"], '<p class="admonition-title">N</p>\n{}'),
    "details": (lambda d: ['??? note "N"', "", *held(d, "    ")], "<summary>N</summary>\n{}"),
    "a block of details": (lambda d: ["//// details | N", *d, "////"], "<summary>N</summary>\n{}"),
    "a tab": (lambda d: ['=== "N"', "", *held(d, "    "), "", '=== "M"', "", "    Text."], '<div class="tabbed-set{}'),
    "a definition": (lambda d: ["T", "", ":   Text.", "", *held(d, "    "), "", "More."], "<dd>\n<p>Text.</p>\n{}"),
    "a tight definition": (lambda d: ["T", ":   Text.", *held(d, "    ")], "<dd>\n<p>Text.</p>\n{}"),
    "a footnote": (lambda d: ["A[^1].", "", "[^1]: Text.", "", *held(d, "    "), "", "More."], '<li id="fn:1">\n<p>Text.</p>\n{}'),
    "raw HTML with Markdown": (lambda d: ["<div markdown>", "", *d, "", "</div>"], "<div>\n{}"),
    "tight raw HTML with Markdown": (lambda d: ["<div markdown>", *d, "</div>"], "<div>\n{}"),
}  # fmt: skip


@pytest.mark.parametrize("name", DIRECTIVES)
@pytest.mark.parametrize("container", CONTAINERS)
def test_directive_is_made_in_what_holds_it(container: str, name: str) -> None:
    hold, before = CONTAINERS[container]
    alone, _ = render(Source("a.md", "\n".join(["# H", "", *directive(name)])))
    html, part = render(Source("a.md", "\n".join(["# H", "", *hold(directive(name))])))
    start, _, made = before.partition("{}")[0], *alone.partition("</h1>\n")[1:]
    assert part.problems == ()
    assert DIRECTIVES[name][2] in made
    if container == "a tab":
        assert start in html
        assert made in html
    else:
        assert f"{start}{made}" in html
    first, last = (
        next(i for i, line in enumerate(["# H", "", *hold(directive(name))], 1) if test in line)
        for test in (name, "///")
    )
    assert [(block.name, block.position.line, block.inside) for block in part.blocks] == [(name, first, "")]
    assert last <= part.blocks[0].last == first + len(directive(name)) - 1
    assert not LEFT_RE.search(html)


SHOWN: dict[str, Callable[[list[str]], list[str]]] = {
    "indented code": lambda d: ["Text.", "", *held(d, "    ")],
    "a fence": lambda d: ["````markdown", *d, "````"],
    "a fence in a quote": lambda d: held(["~~~", *d, "~~~"], "> "),
    "code in an item": lambda d: ["- One", "", *held(d, "        ")],
    "a comment": lambda d: ["<!--", *d, "-->"],
    "preformatted text": lambda d: ["<pre>", *d, "</pre>"],
}


@pytest.mark.parametrize("name", DIRECTIVES)
@pytest.mark.parametrize("container", SHOWN)
def test_directive_in_code_is_shown_as_it_is_written(container: str, name: str) -> None:
    html, part = render(Source("a.md", "\n".join(["# H", "", *SHOWN[container](directive(name))])))
    assert (part.problems, part.targets, part.blocks) == ((), (), ())
    words = re.sub(r"<(?!!)[^>]*>", "", html)
    assert f"/// {name} | Is `it` there?" in words
    assert f"    id: {DIRECTIVES[name][0]}" in words
    assert words.count("///") == 2
    assert not LEFT_RE.search(html)


@dataclass(frozen=True)
class Node:
    """Something on a page that may hold more."""

    kind: str
    inside: tuple[Node, ...] = ()


PLAIN = ("paragraph", "reference", "fence")
OURS = tuple(DIRECTIVES)
HOLD = (
    "quote",
    "item",
    "tight item",
    "admonition",
    "details",
    "tab",
    "definition",
    "footnote",
    "html",
    "raw html",
    "code",
    "block",
)
nodes = st.recursive(
    st.builds(Node, st.sampled_from(PLAIN)),
    lambda inner: st.builds(Node, st.sampled_from((*OURS, *HOLD)), st.lists(inner, max_size=3).map(tuple)),
    max_leaves=8,
)


def is_footnote(node: Node) -> bool:
    return node.kind == "footnote" or any(is_footnote(inner) for inner in node.inside)


class Writer:
    """Writes a page, and keeps which directives it holds, and whether they are in code."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.keys: dict[str, bool] = {}

    def write(self, nodes: Iterable[Node], *, code: bool = False) -> list[str]:
        return [line for node in nodes for line in ["", *self._one(node, code=code)]][1:]

    def _one(self, node: Node, *, code: bool) -> list[str]:
        number = next(self._numbers)
        if node.kind == "footnote" and any(is_footnote(inner) for inner in node.inside):
            node = Node("quote", node.inside)  # Python-Markdown stops at a footnote in a footnote
        inside = self.write(node.inside, code=code or node.kind == "code")
        slashes = "/" * max(
            [3, *(len(line.strip(" >").partition(" ")[0]) + 1 for line in inside if line.strip(" >").startswith("///"))]
        )
        if node.kind in OURS:
            return self._directive(node.kind, number, slashes, inside, code=code)
        fence = "`" * max([3, *(len(m) + 1 for line in inside for m in re.findall("`{3,}", line))])
        return {
            "paragraph": ["Some *text*,", "and more [@quota]."],
            "reference": ["See [](#fig-none) and [`code`](#none)."],
            "fence": ["```python", "x = 1", "", "/// y", "```"],
            "quote": held(inside or ["x"], "> "),
            "item": ["- One", "", *held(inside, "    "), "- Two"],
            "tight item": ["1. One", *held(inside, "    ")],
            "admonition": ["!!! note", "", *held(inside, "    ")],
            "details": ["??? note", "", *held(inside, "    ")],
            "tab": ['=== "Tab"', "", *held(inside, "    ")],
            "definition": ["Word", "", ":   Text.", "", *held(inside, "    ")],
            "footnote": [f"Text[^{number}].", "", f"[^{number}]: Note.", "", *held(inside, "    ")],
            "html": ["<div markdown>", "", *inside, "", "</div>"],
            "raw html": ["<div>", "", *inside, "", "</div>"],
            "code": [f"{fence}text", *inside, fence],
            "block": [f"{slashes} note | N", *inside, slashes],
        }[node.kind]

    def _directive(self, name: str, number: int, slashes: str, inside: list[str], *, code: bool) -> list[str]:
        key = f"{DIRECTIVES[name][0].removesuffix('a')}{number}"
        self.keys[key] = code
        body = list(DIRECTIVES[name][1])
        return [f"{slashes} {name} | Title {number}.", f"    id: {key}", *body, "", *inside, slashes]


@settings(max_examples=MANY or 150, derandomize=not MANY, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(nodes, min_size=1, max_size=4))
@example([Node("tight item", (Node("term"),)), Node("quote", (Node("checkpoint", (Node("term"),)),))])
@example([Node("footnote", (Node("item", (Node("quote", (Node("figure"),)),)),))])
def test_every_directive_is_made_or_a_problem(page: list[Node]) -> None:
    writer = Writer()
    text = "\n".join(["# Page", *writer.write(page), ""])
    html, part = render(Source("a.md", text))
    assert not LEFT_RE.search(html)
    lines = text.split("\n")
    for key, in_code in writer.keys.items():
        first = next(number for number, line in enumerate(lines, 1) if re.search(rf"id: {key}$", line)) - 1
        made = [block for block in part.blocks if block.key == key]
        found = [problem for problem in part.problems if problem.position.line == first]
        assert html.count(f' id="{key}"') == len(made), text
        # What the parser takes for code is code.
        shown = [
            code for code in re.findall(r"<pre>.*?</pre>", html, re.DOTALL) if lines[first - 1].strip(" >/") in code
        ]
        assert in_code or made or found or shown, text
        for block in made:
            assert block.position.line == first, text
            assert re.fullmatch(r"[ >]*/{3,}", lines[block.last - 1]), text
    questions = html.count('<section aria-labelledby="cp-')
    assert html.count('<details class="sg-answer"') == questions == len(part.checkpoints), text
