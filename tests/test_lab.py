"""The lab's pages: as small as they are meant to be, made once, complete, and with nothing that a reader cannot see."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from reachability.model import evaluate
from reachability.outcomes import OUTCOMES
from reachability.paths import paths
from reachability.settings import SETTINGS
from reachability.words import HOPS
from reachability.words import SETTINGS as WORDS
from selectolax.lexbor import LexborHTMLParser
from studyguide.exports import lab
from studyguide.exports.lab import branches, figure
from studyguide.text import missions

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = Path(__file__).parents[1] / "docs/lab/missions.yml"
MISSIONS = missions.read(FILE.read_text("utf-8"), "missions.yml")[0] or []
PAGES = {
    "missions": "".join(f"<!-- studyguide: mission {mission.name} -->" for mission in MISSIONS),
    "free": "<!-- studyguide: free play -->",
}
KILO = 1024


def made() -> lab.Lab:
    return lab.lab(PAGES, MISSIONS)


def forget() -> None:
    for cached in (lab.free_play, lab._fix, lab._graph, lab._dumped, paths):  # noqa: SLF001 - as in a process of its own
        cached.cache_clear()


def test_seven_missions_with_packets() -> None:
    assert len(MISSIONS) == 7


def test_a_mission_has_no_further_setting_since_the_graph_has_none() -> None:
    text = "names:\n  state: rds name=private\n  offers: ingress\n  contrast: name=usual\n"
    _, problems = missions.read(text, "missions.yml")
    assert [problem.message for problem in problems] == ["`name` in the mission `names` is no setting."]


def test_the_graph_and_free_play_have_no_further_setting() -> None:
    graph = json.loads(made().files[lab.GRAPH])
    assert [setting["name"] for setting in graph["settings"]] == list(SETTINGS)
    assert {outcome["key"] for outcome in graph["outcomes"]} == OUTCOMES.keys()


@pytest.mark.parametrize("address", ["lab/index.html", "lab/free-play/index.html"])
def test_a_page_is_small(site: Path, address: str) -> None:
    assert len(gzip.compress((site / address).read_bytes(), 9)) <= 40 * KILO


def test_the_graph_of_the_site_is_small(site: Path) -> None:
    assert len(gzip.compress((site / lab.GRAPH).read_bytes(), 9)) <= 10 * KILO


def test_graph_free_play_and_fixes_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server asks for them at every save, and a build keeps free play for the next one."""
    forget()
    asked: list[str] = []
    for name in ("build", "repairs", "fixes"):
        make = getattr(lab, name)

        def noted(*given: Any, name: str = name, make: Callable[..., Any] = make) -> Any:
            asked.append(name)
            return make(*given)

        monkeypatch.setattr(lab, name, noted)
    first = made()
    assert asked.count("build") == 1
    assert asked.count("repairs") > 100
    assert asked.count("fixes") > 100
    asked.clear()
    assert made() == first
    assert asked == []


def test_a_page_without_a_mark_stays_as_it_is() -> None:
    assert lab.lab({"a.md": "<p>Text</p>"}, MISSIONS) == lab.Lab({}, {})


@pytest.mark.parametrize("mission", MISSIONS, ids=lambda mission: mission.name)
def test_a_mission_shows_one_end_for_each_of_its_states(mission: missions.Mission) -> None:
    tree = LexborHTMLParser(lab.mission_html(mission))
    for state in mission.states():
        verdict = evaluate(mission.target, state)
        seen = [node for node in tree.css("[role=listitem]") if _is_seen(node, state)]
        hops = [node.attributes["data-hop"] for node in seen]
        assert hops == [*(hop.outcome.hop for hop in verdict.hops), verdict.blocked_at or ""]
        assert verdict.text in seen[-1].text()
        fix = [
            node.text()
            for node in tree.css("details details > div p, details details > div li")
            if _is_seen(node, state)
        ]
        assert fix[0].startswith("There is nothing to mend") == verdict.reached


def _is_seen(node: object, state: dict[str, str]) -> bool:
    while node := node.parent:  # type: ignore[attr-defined]
        given = re.findall(r"if-\S+", node.attributes.get("class") or "")
        if given and not {f"if-{name}-{value}" for name, value in state.items()} & set(given):
            return False
    return True


def test_every_branch_has_its_style() -> None:
    page = "".join(made().contents.values())
    used = set(re.findall(r"\bif-[\w-]+", page))
    assert used <= set(re.findall(r"\.(if-[\w-]+)", branches.sheet()))


def test_what_is_checked_is_looked_for_among_few_elements() -> None:
    """A browser does so for each rule at each choice, and a frame is short."""
    asked = set(re.findall(r"([\w.-]+):has", branches.sheet()))
    assert asked == {".sg-lab__set"}
    free = LexborHTMLParser(lab.free_play())
    assert len(free.css(".sg-lab__set *")) < 400 < len(free.css("*")) / 10


def test_every_setting_value_and_hop_has_words() -> None:
    assert {name: tuple(words.values) for name, words in WORDS.items()} == {
        name: setting.values for name, setting in SETTINGS.items()
    }
    assert set(HOPS) == {outcome.hop for outcome in OUTCOMES.values()}
    assert {station.hop for station in figure.STATIONS} == set(HOPS)
