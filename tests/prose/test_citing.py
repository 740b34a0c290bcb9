"""Facts are cited, and doubt is said: over cases, and over the real guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from prose import citing, guide
from prose.reading import passages
from studyguide.text import quickyaml
from studyguide.text.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCES = quickyaml.load((guide.DOCS / "reference/sources.yml").read_text("utf-8"))
HELD = {key: source["fact"] for key, source in SOURCES.items()}
CONFIDENCES = {key: source["confidence"] for key, source in SOURCES.items()}
UNCITED, UNSUPPORTED = citing.excepted(citing.UNCITED), citing.excepted(citing.UNSUPPORTED)


def found_in(text: str) -> list[str]:
    return [fact.text for fact in citing.uncited(passages(Source("docs/a.md", text)))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A VPC holds 500.", ["500"]),
        ("It costs $0.045 an hour.", ["$0.045"]),
        ("It came in June 2026.", ["2026"]),
        ("Up to 65,000 connections, and then more.", ["65,000"]),
        ("It fails with `ENINotReadyException`.", ["ENINotReadyException"]),
        ("The SDK raises `ConnectTimeoutError`.", ["ConnectTimeoutError"]),
        ("It needs `ec2:DescribeSubnets`.", ["ec2:DescribeSubnets"]),
        ("It holds 500 [@a]. It waits 14 days.", ["14"]),
        ("It holds 500 [@a].\n\nIt waits 14 days.", ["14"]),
        ("Two limits:\n\n* 500 of them", ["500"]),
        ("Limits exist [@a].\n\n* 500 of them", ["500"]),
        ("Limits exist [@a]. These are two:\n\n* 500 of them", ["500"]),
        ("| Limit | Value |\n| --- | --- |\n| ENIs | 500 |", ["500"]),
        ("* 500 of them\n* 14 days\n\nMore is known [@a].", ["500", "14"]),
        ("/// checkpoint | Why?\n    id: cp-a\n\n- [x] This\n    > It holds 500.\n///", ["500"]),
    ],
)
def test_fact_without_citation(text: str, found: list[str]) -> None:
    assert found_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "A VPC holds 500 [@a].",
        "A VPC holds 500. It can be raised [@a].",
        "It reaches IPv4 and S3, by step 3 of points 3 and 4.",
        'The message says "denied after 3 attempts".',
        "See [](#fig-500) or `500`.",
        "Two limits [@a]:\n\n* 500 of them\n* 14 days",
        "| Limit | Value [@a] |\n| --- | --- |\n| ENIs | 500 |",
        "* 500 of them\n* 14 days\n\nThese are defaults [@a].",
        "/// checkpoint | Why?\n    id: cp-a\n    evidence: [fact:a]\n\n- [x] This\n    > It holds 500.\n///",
        "/// figure | The 500\n    id: fig-a\n    alt: All 500 of them.\n\n```mermaid\nflowchart LR\n  a[500]\n```\n///",
        "Read `EC2ErrorCode` at `http:80`.",
    ],
)
def test_nothing_to_cite(text: str) -> None:
    assert found_in(text) == []


def test_message_of_a_fact() -> None:
    found = citing.uncited(passages(Source("docs/a.md", "A VPC\nholds 500.")))
    assert [str(fact) for fact in found] == [
        "docs/a.md:2:7: `500` is cited by nothing. Cite its source, or say in tests/prose/uncited.yml why it needs none."
    ]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "It needs a path [@b].",
            [
                (
                    "docs/a.md:1:1: `b` is conflicting, and the text does not say so. "
                    "Write that sources disagree, or that it is not confirmed."
                )
            ],
        ),
        (
            "It costs 0.01 an hour [@c].",
            [
                (
                    "docs/a.md:1:1: `c` is a third party's price, and the page does not say so. "
                    "Write once that the price is from a third party."
                )
            ],
        ),
        ("Sources disagree on it [@b].", []),
        ("It needs a path [@a].", []),
        ("It takes 3 seconds [@c].", []),
        ("The prices are from third-party pages.\n\nIt costs 0.01 an hour [@c].", []),
    ],
)
def test_doubt_is_said(text: str, messages: list[str]) -> None:
    confidences = {"a": "official", "b": "conflicting", "c": "third-party"}
    assert list(citing.undoubted(passages(Source("docs/a.md", text)), confidences)) == messages


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A VPC holds 600 [@a].", ["600"]),
        ("A VPC holds 500 [@b].", ["500"]),
        ("It needs `ec2:DescribeVpcs` [@a].", ["ec2:DescribeVpcs"]),
        ("| ENIs | 600 [@a] |", ["600"]),
        ("Limits [@b]:\n\n* 600 of them [@a]", ["600"]),
        ("A VPC holds 500 [@a].", []),
        ("It holds 65,000, and has 3 states [@b].", []),
        ("It needs `ec2:DescribeSubnets` or raises `TimeoutError` on 443 [@b].", []),
        ("`EFSIOException`, 410: reading failed [@a].", []),
        ("Limits [@b]:\n\n* 65,000 of 500 [@a]", []),
        ("It holds 600.", []),
    ],
)
def test_fact_that_its_source_does_not_hold(text: str, found: list[str]) -> None:
    held = {
        "a": "A VPC holds 500 interfaces. EFSIOException means that reading failed.",
        "b": "One carries 65,000 connections, in three states; DescribeSubnets is needed.",
    }
    assert [fact.text for fact in citing.unsupported(passages(Source("docs/a.md", text)), held)] == found


def test_message_of_a_fact_that_its_source_does_not_hold() -> None:
    found = citing.unsupported(passages(Source("docs/a.md", "It holds 600 [@a].")), {"a": "It holds 500."})
    assert [str(fact) for fact in found] == [
        (
            "docs/a.md:1:10: `600` is in no fact of what is cited there: a. Cite the source that holds it, complete "
            "that source's fact, or say in tests/prose/unsupported.yml why not."
        )
    ]


def uncited() -> list[citing.Fact]:
    return [fact for page in guide.pages(authors=False) for fact in citing.uncited(list(guide.read(page)))]


def unsupported() -> list[citing.Fact]:
    return [fact for page in guide.pages(authors=False) for fact in citing.unsupported(list(guide.read(page)), HELD)]


@pytest.mark.parametrize(("facts", "given"), [(uncited, UNCITED), (unsupported, UNSUPPORTED)])
def test_the_guide_cites_its_facts(facts: Callable[[], list[citing.Fact]], given: list[citing.Excepted]) -> None:
    problems = [str(fact) for fact in facts() if not any(citing.excuses(one, fact) for one in given)]
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.mark.parametrize(("facts", "given"), [(uncited, UNCITED), (unsupported, UNSUPPORTED)])
def test_every_exception_is_needed(facts: Callable[[], list[citing.Fact]], given: list[citing.Excepted]) -> None:
    found = facts()
    assert [one for one in given if not any(citing.excuses(one, fact) for fact in found)] == []
    assert all(one.reason for one in given)


def test_the_guide_says_what_is_doubtful() -> None:
    pages = guide.pages(authors=False)
    problems = [text for page in pages for text in citing.undoubted(list(guide.read(page)), CONFIDENCES)]
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)
