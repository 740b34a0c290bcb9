"""The inventory: what is written is read again, and what cannot be read is a problem with a place."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studyguide.kinds import KINDS, Kind
from studyguide.model import Position, Target
from studyguide.published import inventory
from studyguide.published.inventory import Answer, Entry, Inventory, PageEntry

INVENTORY = Inventory(
    pages={
        "learn/key-terms/": PageEntry("Key terms", "learn/key-terms.md", {"routes-out": "Routes out", "eni": ""}),
        "": PageEntry("Café", "index.md"),
    },
    groups={"figures": {"fig-path": Entry("learn/key-terms/", "How a function reaches a database")}},
    answers={"cp-path": Answer("9f86d081.1b4f0e98.60303ae2.fd61a03a", "2026-11-22")},
)
TEXT = """\
{
 "answers": {
  "cp-path": {
   "digest": "9f86d081.1b4f0e98.60303ae2.fd61a03a",
   "reviewed": "2026-11-22"
  }
 },
 "figures": {
  "fig-path": {
   "page": "learn/key-terms/",
   "title": "How a function reaches a database"
  }
 },
 "objectives": {},
 "pages": {
  "": {
   "anchors": {},
   "source": "index.md",
   "title": "Café"
  },
  "learn/key-terms/": {
   "anchors": {
    "eni": "",
    "routes-out": "Routes out"
   },
   "source": "learn/key-terms.md",
   "title": "Key terms"
  }
 },
 "questions": {},
 "sources": {},
 "terms": {},
 "version": 2
}
"""
AGAIN = "Fix: Publish the site once more and copy its objects.json here."


def test_the_file() -> None:
    assert inventory.as_json(INVENTORY) == TEXT
    assert inventory.read(TEXT, "p.json") == (INVENTORY, [])
    assert inventory.read("\ufeff" + TEXT, "p.json") == (INVENTORY, [])


OLD = json.dumps(
    {**json.loads(TEXT), "version": 1, "answers": {"cp-path": {"digest": "9f86d081884c7d65", "reviewed": ""}}}
)


def test_one_of_version_1_is_read_and_said_to_know_less() -> None:
    found, problems = inventory.read(OLD, "p.json")
    assert found == replace(INVENTORY, answers={"cp-path": Answer("9f86d081884c7d65", "")})
    column = OLD.index(": 1", OLD.index('"version"')) + len(": 1")
    says = "This inventory is of version 1: of an answer it knows what is right, and no other word."
    assert [str(problem) for problem in problems] == [f"p.json:1:{column}: CON004 {says} {AGAIN}"]
    assert not problems[0].fails


def test_one_of_version_1_without_questions_lacks_nothing() -> None:
    assert inventory.read(_changed(version=1, answers={}), "p.json") == (replace(INVENTORY, answers={}), [])


def test_order_makes_no_difference() -> None:
    turned = replace(INVENTORY, pages=dict(reversed(INVENTORY.pages.items())))
    assert inventory.as_json(turned) == TEXT


def test_targets_go_where_their_kind_says() -> None:
    kinds = {"figure": "fig-a", "term": "term-b", "checkpoint": "cp-c", "objective": "obj-d", "source": "src-e"}
    targets = [(Target(kind, key, key.upper(), Position("docs/a.md")), "a/") for kind, key in kinds.items()]
    found = inventory.of({"a/": PageEntry("A", "a.md")}, targets)
    assert found.group("figures") == {"fig-a": Entry("a/", "FIG-A")}
    assert found.group("questions") == {"cp-c": Entry("a/", "CP-C")}
    assert [list(found.group(name)) for name in ("terms", "objectives", "sources")] == [
        ["term-b"],
        ["obj-d"],
        ["src-e"],
    ]


def test_group_that_older_inventories_do_not_have_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "myth", Kind("myth", "myth-", "myth", "myths", later=True))
    assert inventory.read(TEXT, "p.json") == (INVENTORY, [])
    assert inventory.as_json(INVENTORY) == TEXT
    now = replace(INVENTORY, groups={**INVENTORY.groups, "myths": {"myth-a": Entry("a/", "A")}})
    assert inventory.read(inventory.as_json(now), "p.json") == (now, [])


def test_anchors_are_what_an_author_chose() -> None:
    made = ["__toc", "__consent", "sg-panel", "fn:1", "fnref:1", "fnref2:1", ""]
    assert inventory.anchors(["routes", "fnord", "sgx", *made], {"routes": "Routes", "other": "Other"}) == {
        "routes": "Routes",
        "fnord": "",
        "sgx": "",
    }


def _changed(**values: object) -> str:
    return json.dumps({**json.loads(TEXT), **values}, indent=1)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "p.json:1:1: CON003 This inventory is not JSON: Expecting value."),
        ("[" * 100_000, "p.json:1:1: CON003 This inventory is not JSON that can be read."),
        ('{"version": ' + "1" * 5000 + "}", "p.json:1:1: CON003 This inventory is not JSON that can be read."),
        ('{"a": "\\ud83d"}', "p.json:1:1: CON003 This inventory is not JSON that can be read."),
        ("[]", "p.json:1:1: CON003 This inventory is a list, not a mapping."),
        ("7", "p.json:1:1: CON003 This inventory is a number, not a mapping."),
        ("{}", "p.json:1:1: CON003 This inventory is not of version 2 or 1: it says nothing."),
        ('{"version": 3}', "p.json:1:13: CON003 This inventory is not of version 2 or 1: it says `3`."),
        ('{"version": true}', "p.json:1:13: CON003 This inventory is not of version 2 or 1: it says `true`."),
        ('{"version": 1}', "p.json:1:1: CON003 `pages` of this inventory is missing, not a mapping."),
        ('\ufeff{"version":\n 3}', "p.json:2:2: CON003 This inventory is not of version 2 or 1: it says `3`."),
        (_changed(terms=[]), "p.json:32:11: CON003 `terms` of this inventory is a list, not a mapping."),
        (_changed(terms={"eni": 7}), "p.json:33:10: CON003 `eni` in `terms` does not have page, title."),
        (
            _changed(terms={"eni": {"page": "a/", "title": None}}),
            "p.json:35:13: CON003 `title` of `eni` is missing, not a text.",
        ),
        (
            _changed(pages={"a/": {"title": "A", "source": "a.md", "anchors": {"x": True}}}),
            "p.json:20:10: CON003 `x` of `anchors` is true or false, not a text.",
        ),
        (
            _changed(pages={"a/": {"title": "A", "source": "a.md", "anchors": ["x"]}}),
            "p.json:19:15: CON003 `anchors` of `a/` is a list, not a mapping.",
        ),
    ],
)
def test_what_cannot_be_read(text: str, problem: str) -> None:
    found, problems = inventory.read(text, "p.json")
    assert found is None
    assert [str(problem) for problem in problems] == [f"{problem} {AGAIN}"]


@given(st.integers(0, len(TEXT) - 3))
def test_cut_anywhere_it_is_one_problem(length: int) -> None:
    found, problems = inventory.read(TEXT[:length], "p.json")
    assert found is None
    assert [problem.code for problem in problems] == ["CON003"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda some: st.lists(some) | st.dictionaries(st.text(), some),
)


@given(st.sampled_from(["pages", "terms", "version", "other"]), JSON)
def test_whatever_is_in_it_there_is_an_inventory_or_a_problem(name: str, value: object) -> None:
    found, problems = inventory.read(_changed(**{name: value}), "p.json")
    assert (found is None) == any(problem.fails for problem in problems)
