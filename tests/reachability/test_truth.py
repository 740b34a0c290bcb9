from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from reachability import ImpossibleError, evaluate, settings
from reachability.cost import ITEMS
from reachability.outcomes import OUTCOMES
from reachability.settings import IMPOSSIBLE

ROOT = Path(__file__).parents[2]
TABLES = yaml.safe_load((Path(__file__).parent / "truth.yml").read_text(encoding="utf-8"))
SOURCES = yaml.safe_load((ROOT / "docs/reference/sources.yml").read_text(encoding="utf-8"))
ROWS = [pytest.param(row, id=" ".join(row.replace("|", "").split())) for table in TABLES for row in table["rows"]]


@pytest.mark.parametrize("row", ROWS)
def test_the_model_says_what_was_worked_out_by_hand(row: str) -> None:
    target, given, expected = (part.strip() for part in row.split("|"))
    assert _said(target, given) == expected


def _said(target: str, given: str) -> str:
    try:
        verdict = evaluate(target, settings(dict(pair.split("=") for pair in given.split())))
    except ImpossibleError:
        return "impossible"
    return "reached" if verdict.reached else f"{verdict.symptom} at {verdict.blocked_at}"


def _is_source(source: str) -> bool:
    return source in SOURCES or source.startswith(("https://docs.aws.amazon.com/", "https://github.com/aws/"))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table["source"])
def test_every_table_names_its_source(table: dict[str, str]) -> None:
    assert _is_source(table["source"])


@pytest.mark.parametrize("cited", [*OUTCOMES.values(), *IMPOSSIBLE, *ITEMS], ids=lambda cited: repr(cited)[:60])
def test_every_rule_is_cited(cited: object) -> None:
    sources = cited.sources  # type: ignore[attr-defined]
    assert sources
    assert [source for source in sources if not _is_source(source)] == []


def test_what_rests_on_an_inference_says_so() -> None:
    # No official text says what the code sees without IPv6, which error a resolver that is off gives, what becomes of
    # private DNS when an attribute is turned off later, or that an ordinary gateway carries a function's IPv6.
    assert {key for key, outcome in OUTCOMES.items() if outcome.inference} == {
        "unattached-ipv6",
        "ipv6-off",
        "ipv6-not-allowed",
        "dns-off",
        "dns-no-hostnames",
        "igw-ipv6",
    }
