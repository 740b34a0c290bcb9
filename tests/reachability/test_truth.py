from __future__ import annotations

from pathlib import Path

import by_hand
import pytest
from reachability.cost import ITEMS
from reachability.further import FURTHER
from reachability.never import NEVER
from reachability.outcomes import EVERY_OUTCOME
from reachability.settings import IMPOSSIBLE
from studyguide.text import quickyaml

ROOT = Path(__file__).parents[2]
SOURCES = quickyaml.load((ROOT / "docs/reference/sources.yml").read_text(encoding="utf-8"))
ROWS = [pytest.param(*row, id=" ".join(row)) for row in by_hand.rows()]


@pytest.mark.parametrize(("target", "given", "expected"), ROWS)
def test_the_model_says_what_was_worked_out_by_hand(target: str, given: str, expected: str) -> None:
    assert by_hand.said(target, given) == expected


def _is_source(source: str) -> bool:
    return source in SOURCES or source.startswith(("https://docs.aws.amazon.com/", "https://github.com/aws/"))


@pytest.mark.parametrize("table", by_hand.TABLES, ids=lambda table: table["source"])
def test_every_table_names_its_source(table: dict[str, str]) -> None:
    assert _is_source(table["source"])


@pytest.mark.parametrize(
    "cited", [*EVERY_OUTCOME.values(), *IMPOSSIBLE, *NEVER, *ITEMS], ids=lambda cited: repr(cited)[:60]
)
def test_every_rule_is_cited(cited: object) -> None:
    sources = cited.sources  # type: ignore[attr-defined]
    assert sources
    assert [source for source in sources if not _is_source(source)] == []


# Nor what your own servers, an outbound endpoint without a way, an address from before a failover, a zone that is down or
# a ping look like to the code; nor how a private API, a target group or a mapping without a network refuses.
FURTHER_INFERENCES = {
    "dns-own-filtered",
    "outbound-no-way",
    "server-moved",
    "zone-down",
    "protocol-icmp",
    "rest-api-private",
    "balancer-other-account",
    "poller-nowhere",
}


def test_every_further_value_is_in_a_row() -> None:
    tried = {pair for _, given, _ in by_hand.rows() for pair in given.split()}
    others = {f"{name}={value}" for name, setting in FURTHER.items() for value in setting.values[1:]}
    assert others - tried == set()


def test_what_rests_on_an_inference_says_so() -> None:
    # No official text says what the code sees without IPv6, which error a resolver that is off gives, what becomes of
    # private DNS when an attribute is turned off later, or that an ordinary gateway carries a function's IPv6.
    assert {key for key, outcome in EVERY_OUTCOME.items() if outcome.inference} == {
        "unattached-ipv6",
        "ipv6-off",
        "ipv6-not-allowed",
        "dns-off",
        "dns-no-hostnames",
        "igw-ipv6",
    } | FURTHER_INFERENCES
