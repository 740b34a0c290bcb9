from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from reachability import SETTINGS, TARGETS, blockers, evaluate, fixes, settings
from reachability.fixes import repairs
from reachability.further import FURTHER
from reachability.model import walk
from reachability.never import NEVER
from reachability.outcomes import OUTCOMES
from reachability.paths import Recorder, paths
from reachability.settings import impossible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability import Settings

    Case = tuple[str, Settings]

any_settings = st.fixed_dictionaries({name: st.sampled_from(setting.values) for name, setting in SETTINGS.items()})
cases = st.tuples(st.sampled_from(list(TARGETS)), any_settings).filter(lambda case: not impossible(*case))
further = st.dictionaries(st.sampled_from(list(FURTHER)), st.integers(0, 6), max_size=3).map(
    lambda drawn: {name: FURTHER[name].values[number % len(FURTHER[name].values)] for name, number in drawn.items()}
)
further_cases = st.builds(lambda case, more: (case[0], settings({**case[1], **more})), cases, further).filter(
    lambda case: not impossible(*case)
)
STOPS = [(target, path.reads) for target in TARGETS for path in paths(target) if not path.reached]

# What only filters, from the tightest to the most open: opening one can take nothing away.
FILTERS = {
    "egress": (("none", "target", "all"), ("other-port", "all")),
    "ingress": (("none", "address"), ("none", "group"), ("other-group", "group")),
    "nacl": (("no-ephemeral", "default"), ("no-out", "default"), ("target-no-in", "default")),
    "endpoint-policy": (("other", "full"),),
    "role-eni": (("no", "yes"),),
    "role-call": (("no", "yes"),),
    "server": (("down", "up"),),
    "dns": (("off", "on"),),
}
OPENINGS = [
    (name, tight, wide) for name, rows in FILTERS.items() for row in rows for tight, wide in combinations(row, 2)
]


@trying(deadline=None)
@given(cases, st.sampled_from(OPENINGS))
def test_an_added_allow_never_takes_anything_away(case: Case, opening: tuple[str, str, str]) -> None:
    target, chosen = case
    name, tight, wide = opening
    before, after = {**chosen, name: tight}, {**chosen, name: wide}
    if impossible(target, before) or impossible(target, after):
        return
    assert not evaluate(target, before).reached or evaluate(target, after).reached


@trying(deadline=None)
@given(cases)
def test_a_call_stops_at_the_first_hop_that_blocks(case: Case) -> None:
    verdict = evaluate(*case)
    assert [hop.outcome.allowed for hop in verdict.hops[:-1]] == [True] * (len(verdict.hops) - 1)
    assert (verdict.symptom == "none") == verdict.reached == (verdict.blocked_at is None) == (not verdict.text)


@trying(deadline=None)
@given(cases)
def test_a_fix_works_and_is_minimal(case: Case) -> None:
    target, chosen = case
    offered = fixes(target, chosen)
    assert bool(offered) != evaluate(target, chosen).reached
    for fix in offered:
        assert evaluate(target, {**chosen, **fix}).reached
        assert not [part for part in _parts(fix) if _gets_there(target, {**chosen, **part})]


@trying(deadline=None)
@given(cases)
def test_no_smaller_fix_exists_than_the_first(case: Case) -> None:
    target, chosen = case
    offered = fixes(target, chosen)
    for size in range(1, min(len(offered[0]), 3) if offered else 0):
        assert not [fix for fix in _every(chosen, size) if _gets_there(target, {**chosen, **fix})]


@trying(deadline=None)
@given(cases)
def test_every_blocker_must_change_and_mending_all_gets_there(case: Case) -> None:
    target, chosen = case
    found = blockers(target, chosen)
    changes = {name: value for blocker in found for name, value in blocker.changes.items()}
    assert evaluate(target, {**chosen, **changes}).reached
    for blocker in found:
        kept = {name: value for name, value in changes.items() if name not in blocker.changes}
        assert not _gets_there(target, {**chosen, **kept})
    if found:
        assert found[0].hop == evaluate(target, chosen).hops[-1]


@trying(deadline=None)
@given(cases, st.sampled_from(list(SETTINGS)), st.data())
def test_a_setting_that_was_not_read_changes_nothing(case: Case, name: str, data: st.DataObject) -> None:
    target, chosen = case
    read: list[str] = []

    def reader(asked: str) -> str:
        read.append(asked)
        return chosen[asked]

    keys = walk(TARGETS[target], reader)
    other = data.draw(st.sampled_from(SETTINGS[name].values))
    assert name in read or walk(TARGETS[target], {**chosen, name: other}.__getitem__) == keys


# As above, of the further settings: what is stopped with the first is not let through by it.
FURTHER_OPENINGS = [
    (name, tight, FURTHER[name].default)
    for name, tights in {
        "dns-firewall": ("blocks",),
        "outage": ("a",),
        "parts-in": ("a",),
        "interface": ("replaced",),
        "block-public-access": ("ingress", "bidirectional"),
        "answer": ("fragments",),
        "failover": ("multi-az", "aurora"),
        "public-database": ("yes",),
        "address": ("kept",),
        "trust": ("unknown",),
        "credential": ("old-token",),
        "db-user": ("missing",),
        "mapping-network": ("missing",),
        "target-group": ("other",),
        "endpoint-principals": ("role", "lambda", "others"),
        "resource-policy": ("role", "endpoint", "other-endpoint", "vpc", "subnet", "source-ip"),
    }.items()
    for tight in tights
]


@trying(deadline=None)
@given(further_cases, st.sampled_from(FURTHER_OPENINGS))
def test_a_further_fault_never_lets_a_call_through(case: Case, opening: tuple[str, str, str]) -> None:
    target, chosen = case
    name, tight, wide = opening
    before, after = settings({**chosen, name: tight}), settings({**chosen, name: wide})
    # Who keeps an address looks nothing up, and where the gateway of zone a serves zone b its address is the listed one.
    aside = (name == "address" and "dns" in evaluate_hop(target, after)) or (
        name == "parts-in" and "allow-list" in after
    )
    if aside or impossible(target, before) or impossible(target, after):
        return
    assert not evaluate(target, before).reached or evaluate(target, after).reached


def evaluate_hop(target: str, chosen: Settings) -> str:
    return "" if impossible(target, chosen) else evaluate(target, chosen).blocked_at or ""


@trying(deadline=None)
@given(further_cases)
def test_a_call_with_further_settings_stops_once_and_what_is_offered_mends_it(case: Case) -> None:
    target, chosen = case
    verdict = evaluate(target, chosen)
    assert [hop.outcome.allowed for hop in verdict.hops[:-1]] == [True] * (len(verdict.hops) - 1)
    for fix in fixes(target, chosen):
        assert evaluate(target, settings({**chosen, **fix})).reached
    found = blockers(target, chosen)
    changes = {name: value for blocker in found for name, value in blocker.changes.items()}
    assert not found or evaluate(target, settings({**chosen, **changes})).reached


@trying(deadline=None)
@given(cases)
def test_further_settings_at_their_defaults_change_nothing(case: Case) -> None:
    target, chosen = case
    defaults = {name: setting.default for name, setting in FURTHER.items()}
    assert evaluate(target, {**chosen, **defaults}).hops == evaluate(target, chosen).hops
    assert {hop.key for hop in evaluate(target, chosen).hops} <= OUTCOMES.keys()


def test_what_cannot_be_names_a_further_setting_that_is_not_at_its_default() -> None:
    for rule in NEVER:
        assert any(name in FURTHER and FURTHER[name].default not in values for name, values in rule.when.items()), (
            rule.because
        )


def test_every_target_can_be_reached_and_every_outcome_happens() -> None:
    said = {key for target in TARGETS for path in paths(target) for key in path.keys}
    assert said == set(OUTCOMES)
    assert all(any(path.reached for path in paths(target)) for target in TARGETS)


def test_the_text_is_the_one_that_the_code_would_see() -> None:
    assert evaluate("rds", settings(dns="off")).text.startswith("socket.gaierror: ")
    assert evaluate("s3", settings(dns="off")).text == (
        'EndpointConnectionError: Could not connect to the endpoint URL: "https://s3.eu-west-1.amazonaws.com/"'
    )
    assert evaluate("rds", settings(egress="none")).text == "Task timed out after 3.00 seconds"
    assert evaluate("rds", settings(server="down")).text == "ConnectionRefusedError: [Errno 111] Connection refused"
    by_endpoint = settings(gateway_endpoint="this-table", endpoint_policy="other")
    assert evaluate("s3", by_endpoint).text == (
        "AccessDenied: not authorized to perform: s3:GetObject because no VPC endpoint policy allows the action"
    )


def test_an_endpoint_can_take_reachability_away() -> None:
    by_nat = settings(route4="nat", nat="public", ingress="other-group")
    assert evaluate("secrets", by_nat).reached
    assert evaluate("secrets", {**by_nat, "interface-endpoint": "yes"}).blocked_at == "ingress"


def test_a_fix_moves_no_database() -> None:
    assert fixes("rds", settings(place="peered-no-route")) == ({"place": "peered"},)
    assert fixes("rds", settings(place="region", ingress="none")) == ({"ingress": "address"},)


def test_a_fix_brings_what_aws_demands_for_it() -> None:
    assert fixes("api4", settings(igw="no")) == ({"attached": "no"}, {"route4": "nat", "nat": "public", "igw": "yes"})


def test_the_cheapest_of_two_equal_fixes_comes_first() -> None:
    assert fixes("secrets", settings(nat="none", igw="no")) == (
        {"attached": "no"},
        {"interface-endpoint": "yes"},
        {"route4": "nat", "nat": "public", "igw": "yes"},
    )


@trying(deadline=None)
@given(st.sampled_from(STOPS))
def test_what_is_mended_of_a_stop_gets_there_if_nothing_else_stops_it(stop: Case) -> None:
    target, met = stop
    offered = repairs(target, met)
    assert offered
    for fix in offered:
        assert _can_get_there(target, {**met, **fix})
        assert not [part for part in _parts(fix) if _can_get_there(target, {**met, **part})]


def test_what_is_mended_is_what_the_call_has_met() -> None:
    def stopped(target: str, **named: str) -> Settings:
        recorder = Recorder(settings(**named))
        walk(TARGETS[target], recorder)
        return recorder.reads

    assert repairs("rds", stopped("rds", egress="none", ingress="none")) == ({"egress": "all"},)
    assert repairs("api4", stopped("api4", route4="igw", igw="no", nacl="no-ephemeral")) == (
        {"attached": "no"},
        {"nacl": "default", "route4": "nat", "igw": "yes"},
    )


def _can_get_there(target: str, met: Settings) -> bool:
    """Return whether a call that has met these settings gets through with some of the others."""
    ways = [{**settings(), **path.reads, **met} for path in paths(target) if path.reached]
    return any(_gets_there(target, way) for way in ways)


def _gets_there(target: str, chosen: Settings) -> bool:
    return not impossible(target, chosen) and evaluate(target, chosen).reached


def _parts(fix: dict[str, str]) -> Iterator[dict[str, str]]:
    for size in range(len(fix)):
        for names in combinations(fix, size):
            yield {name: fix[name] for name in names}


def _every(chosen: Settings, size: int) -> Iterator[dict[str, str]]:
    for names in combinations(SETTINGS, size):
        for values in product(*(SETTINGS[name].others(chosen[name]) for name in names)):
            yield dict(zip(names, values, strict=True))
