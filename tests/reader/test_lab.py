"""The lab: the same with scripts off and on in 500 states and in each that an answer of the guide rests on."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from reachability import evaluate, settings
from reachability.paths import paths
from reachability.settings import SETTINGS, TARGETS, impossible
from reader.pages import PHONE, SCREEN, reading, until, violations
from studyguide.exports import lab as lab_pages
from studyguide.text import missions, quickyaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

STATES = 500
# A map is drawn for each, which takes time: for those of the guide, and some of the others.
MAPS = 150
GUIDE = Path(__file__).parents[2] / "docs/lab"
MISSIONS = missions.read((GUIDE / "missions.yml").read_text("utf-8"), "")[0] or []
# Sets each state in turn, and tells the hops that are seen then: those of a map are of the script.
SEEN = """(states) => {
    const lab = document.querySelector("#lab-free")
    const run = lab.querySelector(".sg-lab__run")
    return states.map((state) => {
        for (const pair of state) lab.querySelector(`input[value="${pair}"]`).checked = true
        run.open = true
        const said = [...run.querySelectorAll("[role=listitem]")].filter((hop) => hop.checkVisibility())
        return [said.map((hop) => hop.dataset.hop), [...run.querySelectorAll(".sg-lab__never")].filter((one) => one.checkVisibility()).length]
    })
}"""
# The same, as a reader does it: expect something, run, look at the map.
MAPPED = """async (states) => {
    const lab = document.querySelector("#lab-free")
    const run = lab.querySelector(".sg-lab__run")
    const found = []
    for (const state of states) {
        for (const pair of [...state, "expect="]) {
            const box = lab.querySelector(`input[value="${pair}"]`)
            box.checked = true
            box.dispatchEvent(new Event("change", { bubbles: true }))
        }
        lab.show()
        found.push([lab.querySelector(".sg-map [data-state=stopped]")?.dataset.hop ?? "", lab.said.textContent])
    }
    return found
}"""


def drawn() -> list[tuple[str, dict[str, str]]]:
    """Return states, the same every time: some at random, which mostly stop early, and some of each way of the rules."""
    dice = random.Random(14)  # noqa: S311 - nothing secret
    found = []
    for number in range(STATES):
        target = dice.choice(list(TARGETS))
        some = {name: dice.choice(setting.values) for name, setting in SETTINGS.items()}
        found.append((target, settings({**some, **dice.choice(paths(target)).reads} if number % 5 else some)))
    return found


def of_the_guide() -> list[tuple[str, dict[str, str]]]:
    """Return each state that an answer or a table rests on, once, of those that can be set up in free play."""
    written = {row["state"]: None for row in quickyaml.load((GUIDE / "states.yml").read_text("utf-8")).values()}
    calls = [(target, dict(pair.split("=") for pair in given)) for target, *given in map(str.split, written)]
    return [(target, settings(given)) for target, given in calls if SETTINGS.keys() >= given.keys()]


GUIDES = of_the_guide()
DRAWN = [*GUIDES, *drawn()]
PAIRS = [[f"target={target}", *map("=".join, state.items())] for target, state in DRAWN]


def modelled(target: str, state: dict[str, str]) -> tuple[list[str], int]:
    if never := impossible(target, state):
        return [], len(never)
    verdict = evaluate(target, state)
    hops = [hop.outcome.hop for hop in verdict.hops]
    return [*hops, verdict.blocked_at or ""], 0


@pytest.fixture(scope="module")
def lab(chromium: Browser, base: str) -> Iterator[Page]:
    with reading(chromium, viewport=SCREEN) as page:
        page.goto(f"{base}/lab/")
        yield page


@pytest.mark.parametrize("script", [False, True], ids=["scripts off", "scripts on"])
def test_each_state_is_as_the_model_has_it(chromium: Browser, base: str, *, script: bool) -> None:
    with reading(chromium, viewport=PHONE, java_script_enabled=script) as page:
        page.goto(f"{base}/lab/free-play/")
        if script:
            page.evaluate("document.querySelector('#lab-free').show = () => {}")
        seen = page.evaluate(SEEN, PAIRS)
    expected = [list(modelled(target, state)) for target, state in DRAWN]
    assert seen == expected
    # Neither all get through nor all are stopped at one place.
    assert len({tuple(hops) for hops, _ in seen}) > 30


def test_a_run_marks_the_stop_in_the_map(chromium: Browser, base: str) -> None:
    shown = len(GUIDES) + MAPS
    with reading(chromium, viewport=SCREEN) as page:
        page.goto(f"{base}/lab/free-play/")
        mapped = page.evaluate(MAPPED, PAIRS[:shown])
    for (target, state), (stop, said) in zip(DRAWN[:shown], mapped, strict=True):
        hops, never = modelled(target, state)
        if never:
            assert (stop, said) == ("", "These settings cannot be at the same time.")
        else:
            assert stop == hops[-1]
            assert said.startswith("As you expected" if not stop else "Not as you expected")


def test_free_play_mends_what_the_call_has_met(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=PHONE, java_script_enabled=False) as page:
        page.goto(f"{base}/lab/free-play/")
        free = page.locator("#lab-free")
        for pair in ("target=api4", "route4=igw", "nacl=no-ephemeral"):
            free.locator(f'input[value="{pair}"]').check()
        free.get_by_text("Run the call").click()
        fix = free.locator("details details:visible")
        expect(fix.get_by_role("listitem").first).to_be_hidden()
        fix.get_by_text("Smallest fix").click()
        assert fix.get_by_role("listitem").all_inner_texts() == [
            "The function: not attached",
            "Network ACLs: all open; 0.0.0.0/0 of its subnet leads to: a NAT gateway",
        ]


def test_a_run_asks_first_what_is_expected(lab: Page) -> None:
    mission = lab.locator("#lab-database")
    mission.get_by_text("Run the call").click()
    expect(mission.get_by_role("status")).to_have_text("Say first what you expect. Then run the call.")
    expect(mission.get_by_role("radio", name="It works")).to_be_focused()
    expect(mission.get_by_role("list", name="Hops of the call")).to_be_hidden()


def test_keys_are_enough(lab: Page) -> None:
    mission = lab.locator("#lab-attached")
    mission.get_by_role("radio", name="attached to the VPC").focus()
    lab.keyboard.press("ArrowDown")
    expect(mission.get_by_role("radio", name="not attached")).to_be_checked()
    mission.get_by_role("radio", name="It works").focus()
    lab.keyboard.press("Space")
    lab.keyboard.press("Tab")
    lab.keyboard.press("Enter")
    expect(mission.get_by_role("status")).to_have_text("As you expected: It works.")
    assert mission.get_by_role("listitem").all_inner_texts()[-1] == "The call gets through."
    expect(mission.get_by_text("There is nothing to mend")).to_be_hidden()


def test_another_state_is_expected_anew(lab: Page) -> None:
    mission = lab.locator("#lab-secret")
    mission.get_by_role("radio", name="The route", exact=True).check()
    mission.get_by_text("Run the call").click()
    expect(mission.get_by_role("status")).to_have_text("As you expected: The route.")
    mission.get_by_role("radio", name="nobody").check()
    expect(mission.get_by_role("list", name="Hops of the call")).to_be_hidden()
    expect(mission.get_by_role("radio", name="The route", exact=True)).not_to_be_checked()
    expect(mission.get_by_role("status")).to_be_empty()


def test_a_state_has_an_address(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=SCREEN) as page:
        page.goto(f"{base}/lab/")
        mission = page.locator("#lab-bucket")
        mission.get_by_role("radio", name="allows other resources").check()
        address = mission.get_by_role("link", name="Link to this state").get_attribute("href")
        assert address == "#lab-bucket:endpoint-policy=other"
        page.goto(f"{base}/404.html")
        page.goto(f"{base}/lab/{address}")
        expect(mission.get_by_role("radio", name="allows other resources")).to_be_checked()
        expect(page.locator("#lab-database").get_by_role("radio", name="another group only")).to_be_checked()
        page.goto(f"{base}/lab/#lab-bucket:endpoint-policy=none,rout4=x,egress=none")
        expect(mission.get_by_role("radio", name="allows everything")).to_be_checked()
        expect(mission.locator('input[value="egress=none"]')).to_be_checked()


def test_what_was_expected_wrongly_is_practised(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=SCREEN) as page:
        page.goto(f"{base}/lab/")
        mission = page.locator("#lab-api4")
        mission.get_by_role("radio", name="It works").check()
        mission.get_by_text("Run the call").click()
        expect(mission.get_by_role("status")).to_have_text(
            "Not as you expected. What came of it: The internet gateway."
        )
        until(page, "Boolean(globalThis.studyguide?.answers)")
        kept = page.evaluate(
            """async () => {
                const { record } = await studyguide.answers.read("cp-lab-api4-igw-no-address")
                return [record.rounds.length, record.rounds[0].right, studyguide.answers.sort("a", record)]
            }"""
        )
        assert kept == [1, False, "kept"]


@pytest.mark.parametrize("address", ["/lab/", "/lab/free-play/"])
def test_what_is_run_is_accessible(chromium: Browser, base: str, address: str) -> None:
    with reading(chromium, viewport=PHONE) as page:
        page.goto(base + address)
        for mission in page.locator(".sg-lab").all():
            mission.get_by_role("radio", name="It works").check()
            mission.get_by_text("Run the call").click()
        assert violations(page, within=".sg-lab") == []


def test_what_was_expected_wrongly_comes_back_in_the_practice_test(chromium: Browser, base: str) -> None:
    with reading(chromium, viewport=SCREEN) as page:
        page.goto(f"{base}/lab/")
        mission = page.locator("#lab-secret")
        mission.locator('input[value="private-dns=on"]').check()
        mission.get_by_role("radio", name="The target's security group").check()
        mission.get_by_text("Run the call").click()
        expect(mission.get_by_role("status")).to_have_text("Not as you expected. What came of it: It works.")
        until(page, "() => globalThis.studyguide?.answers?.all().then(({ entries }) => entries.length)")
        page.goto(f"{base}/practice/test/")
        page.get_by_role("checkbox", name="Only what you got wrong").check()
        page.get_by_role("button", name="Start", exact=True).click()
        expect(page.get_by_role("heading", name="Question 1 of 1")).to_be_visible()
        asked = page.locator("[data-part=asked] section")
        assert asked.get_attribute("data-id") == mission_question("secret", "ingress")


def mission_question(name: str, hop: str) -> str:
    """Return the question that a mission keeps for a stop that did not come."""
    page = lab_pages.lab({"": f"<!-- studyguide: mission {name} -->"}, MISSIONS).contents[""]
    return re.search(rf'value="expect={hop}" data-question="([^"]+)"', page)[1]
