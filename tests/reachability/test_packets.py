"""The model against the kernel: the same states, as real connections through real routes and filters."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import pytest
from packets.places import ELASTIC, FUNCTIONS, FUNCTIONS6, NATS, whole
from packets.sampling import SEEN, SEEN_FURTHER, UNSEEN, UNSEEN_FURTHER, further_states, pairs, pairs_of, states
from reachability import TARGETS, evaluate, settings
from reachability.further import FURTHER
from reachability.outcomes import EVERY_OUTCOME
from reachability.settings import impossible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability import Settings, Verdict

# The packets are sent once: with `pytest -n`, in one worker.
pytestmark = pytest.mark.xdist_group("packets")
HERE = Path(__file__).parent
STATES, FURTHER_STATES, SEED = 408, 330, 2026
LABS = 8
# A packet takes a fraction of a millisecond here. Where the two disagree the question is put again, with patience.
QUICK, PATIENT = 0.1, 5.0
UNATTACHED = "192.0.2.10"
PROGRAMS = {"ip": "iproute2", "nft": "nftables"}


class Lab:
    """The program that holds the namespaces; it dies with this one, and they with it."""

    # What programs said that had ended before they were asked to.
    ended: ClassVar[list[str]] = []

    def __init__(self) -> None:
        path = os.pathsep.join((str(HERE.parents[1] / "hooks"), str(HERE)))
        self.environment = {**os.environ, "PYTHONPATH": path}
        self._begin()

    def _begin(self) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "packets"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
        )
        self.pid = self._program.pid
        self.started = self._answer() == "ready"

    def ask(self, state: dict[str, str], targets: list[str], seconds: float) -> dict[str, tuple[str, str]]:
        """Return what becomes of each call; a program that a busy machine's kernel has refused something is begun anew, once."""
        question = json.dumps({"state": state, "targets": targets, "seconds": seconds})
        answers = self._asked(question)
        if not answers:
            self.ended.append(self._said())
            self.close()
            self._begin()
            answers = self._asked(question)
        assert answers, f"The program ended, and said:\n{self._said()}"
        return {name: (symptom, answer) for name, (symptom, answer) in json.loads(answers).items()}

    def _asked(self, question: str) -> str:
        assert self._program.stdin
        with suppress(BrokenPipeError):
            self._program.stdin.write(f"{question}\n")
            self._program.stdin.flush()
        return self._answer()

    def why(self) -> str:
        return self._said().splitlines()[-1]

    def _said(self) -> str:
        assert self._program.stderr
        return self._program.stderr.read().strip()

    def close(self) -> None:
        self._program.kill()
        self._program.wait()
        for stream in (self._program.stdin, self._program.stdout, self._program.stderr):
            with suppress(BrokenPipeError):
                if stream:
                    stream.close()

    def _answer(self) -> str:
        assert self._program.stdout
        return self._program.stdout.readline().strip()


class Case(NamedTuple):
    state: dict[str, str]
    target: str
    model: tuple[str, str]
    kernel: tuple[str, str]


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    _bring_programs()
    lab = Lab()
    try:
        if not lab.started:
            _not_run(lab.why())
        yield lab
    finally:
        lab.close()


def _bring_programs() -> None:
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if os.geteuid() != 0:
        _not_run("needs root")
    if missing and shutil.which("apt-get"):
        for command in (["update", "-qq"], ["install", "-qqy", "--no-install-recommends", *missing]):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(["apt-get", *command], check=False, capture_output=True, env=environment)
    if still := [program for program in PROGRAMS if not shutil.which(program)]:
        _not_run(f"needs {' and '.join(still)}")


def _not_run(why: str) -> None:
    """Say so; but in CI, as root, nothing is left out."""
    if os.environ.get("CI") == "true" and os.geteuid() == 0:
        pytest.fail(f"The packets were not sent: {why}")
    pytest.skip(f"not run: {why}")


@pytest.fixture(scope="module")
def cases(lab: Lab) -> Iterator[list[Case]]:
    """Every case, in the order of the states; a call without an answer is mostly waiting, so several labs wait at once."""
    with ExitStack() as others, ThreadPoolExecutor(LABS) as pool:
        labs: SimpleQueue[Lab] = SimpleQueue()
        for each in [lab, *(others.enter_context(closing(Lab())) for _ in range(LABS - 1))]:
            labs.put(each)

        def compared(state: dict[str, str]) -> list[Case]:
            free = labs.get()
            try:
                return list(_compare(free, state))
            finally:
                labs.put(free)

        tried = [*states(STATES, SEED), *further_states(FURTHER_STATES, SEED)]
        yield [case for found in pool.map(compared, tried) for case in found]


def _compare(lab: Lab, state: dict[str, str]) -> Iterator[Case]:
    chosen = settings(state)
    said = {name: _expected(evaluate(name, chosen), chosen) for name in TARGETS if not impossible(name, chosen)}
    seen = lab.ask(state, list(said), QUICK)
    if again := [name for name in said if seen[name] != said[name]]:
        seen |= lab.ask(state, again, PATIENT)
    for name, expected in said.items():
        yield Case(state, name, expected, seen[name])


def _expected(verdict: Verdict, chosen: Settings) -> tuple[str, str]:
    """Return the symptom and, where the call gets there, who answers and which address they see."""
    if not verdict.reached:
        return verdict.symptom, ""
    keys, state = {hop.key for hop in verdict.hops}, whole(chosen)
    zone = state["from-zone"]
    seen = FUNCTIONS[zone, state["interface"]]
    if "start-unattached" in keys:
        seen = UNATTACHED
    elif "igw-nat" in keys:
        seen = ELASTIC[NATS[state["nat"], zone if state["parts-in"] == "both" else "a"]]
    elif "ipv6-on" in keys:
        seen = FUNCTIONS6[zone]
    name = verdict.target.name
    if name == "rds":
        return "none", f"{_database(keys)} sees {seen}"
    return "none", f"{'endpoint' if 'dns-endpoint' in keys else 'public'} {name} sees {seen}"


def _database(keys: set[str]) -> str:
    by = {"transit": "database by transit", "route-vpn": "database of the office"}
    return next((says for key, says in by.items() if key in keys), "database")


def test_the_model_and_the_kernel_agree(cases: list[Case], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(_table(cases))
    # Whatever ends one every time is a fault.
    assert len(Lab.ended) <= LABS
    assert len({tuple(case.state.items()) for case in cases}) >= 400
    assert [case for case in cases if case.model != case.kernel] == []


def test_every_two_values_were_tried_together(cases: list[Case]) -> None:
    assert pairs() - {pair for case in cases for pair in pairs_of(case.state)} == set()


def test_every_further_value_changed_what_becomes_of_a_call(cases: list[Case]) -> None:
    """Each was tried where it decides: with its default the same call ends in another way, and both were sent."""
    met = {
        (name, value)
        for case in cases
        for name, value in case.state.items()
        if name in FURTHER and value != FURTHER[name].default
        if not impossible(case.target, usual := settings({**case.state, name: FURTHER[name].default}))
        if _hops(case.target, settings(case.state)) != _hops(case.target, usual)
    }
    # A datagram goes the way of other packets.
    alike = {("protocol", "udp")}
    assert {(name, value) for name in SEEN_FURTHER for value in FURTHER[name].values[1:]} - met - alike == set()


def _hops(target: str, chosen: Settings) -> list[str]:
    return [hop.key for hop in evaluate(target, chosen).hops]


def test_every_symptom_that_a_kernel_can_show_was_seen(cases: list[Case]) -> None:
    assert {case.kernel[0] for case in cases} == {"none", "timeout", "dns", "refused", "unreachable", "denied"}


PARENT = """
import subprocess, sys
program = subprocess.Popen([sys.executable, "-m", "packets"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
program.stdout.readline()
print(program.pid, flush=True)
sys.stdin.read()
"""


def test_nothing_is_left_when_the_tests_are_killed(lab: Lab) -> None:
    assert len(_namespaces(lab.pid)) > 10
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=lab.environment
    ) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        held = len(_namespaces(pid))
        parent.kill()
    end = time.monotonic() + PATIENT
    while _namespaces(pid) and time.monotonic() < end:
        time.sleep(0.02)
    assert (held, _namespaces(pid)) == (len(_namespaces(lab.pid)), set())


def _namespaces(pid: int) -> set[str]:
    """Return the networks that a process holds; none, once it has ended."""
    try:
        links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return set()
    return {link for link in links if link.startswith("net:")}


def _table(cases: list[Case]) -> str:
    """Return what the model says down, what the kernel shows across, and where the calls stopped."""
    symptoms = sorted({case.model[0] for case in cases} | {case.kernel[0] for case in cases})
    count = Counter((case.model[0], case.kernel[0]) for case in cases)
    stops = Counter(evaluate(case.target, settings(case.state)).blocked_at or "reached" for case in cases)
    met = {key for case in cases for key in _hops(case.target, settings(case.state))}
    lines = [
        "",
        f"Model against kernel: {len({tuple(case.state.items()) for case in cases})} states, {len(cases)} calls",
        f"{'model / kernel':<16}" + "".join(f"{symptom:>13}" for symptom in symptoms),
        *(f"{row:<16}" + "".join(f"{count[row, column]:>13}" for column in symptoms) for row in symptoms),
        *(f"A program was begun anew that had ended, and said:\n{said}" for said in Lab.ended),
        f"Outcomes met: {len(met)} of {len(EVERY_OUTCOME)}",
        "Stopped at: " + ", ".join(f"{hop} {number}" for hop, number in stops.most_common()),
        f"Settings in packets: {', '.join(SEEN)}",
        f"Further ones, in {FURTHER_STATES} of these states: {', '.join(SEEN_FURTHER)}",
        f"Not shown by a kernel, so not compared: {', '.join((*UNSEEN, *UNSEEN_FURTHER))}; limits of managed services",
        "",
    ]
    return "\n".join(lines)
