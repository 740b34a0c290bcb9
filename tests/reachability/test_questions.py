"""The questions of the model: one fault each, by the model; and none that the rules for questions find fault with."""

from __future__ import annotations

from pathlib import Path

import pytest
from reachability import evaluate
from reachability.cli import main
from reachability.paths import paths
from reachability.questions import Question, all_questions, question_of
from reachability.questions.causes import CAUSES
from reachability.questions.decoys import DECOYS
from reachability.questions.page import pages
from reachability.questions.rows import ROWS
from reachability.questions.scene import scene as scene_of
from reachability.settings import SETTINGS, TARGETS, impossible
from studyguide import directives
from studyguide.checks.questions import asked, look
from studyguide.text import quickyaml
from studyguide.text.source import Source

DOCS = Path(__file__).parents[2] / "docs"
QUESTIONS = all_questions()
SOURCES = quickyaml.load((DOCS / "reference/sources.yml").read_text("utf-8"))


def test_the_pages_are_what_the_model_makes() -> None:
    """`python -m reachability questions docs/practice/bank` makes them anew."""
    for name, text in pages().items():
        assert (DOCS / "practice/bank" / name).read_text("utf-8") == text


def test_the_command_writes_the_pages(tmp_path: Path) -> None:
    assert main(["questions", str(tmp_path)]) == 0
    assert {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()} == pages()


def test_there_are_many_and_each_is_another() -> None:
    assert len(QUESTIONS) >= 150
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question.stem for question in QUESTIONS}) == len(QUESTIONS)


def test_every_stop_that_can_be_has_both_questions() -> None:
    ids = {question.id for question in QUESTIONS}
    for target in TARGETS:
        possible = (path for path in paths(target) if not impossible(target, _filled(path.reads)))
        for key in {path.keys[-1] for path in possible if not path.reached}:
            name = question_of(target, key)
            assert {name, name.replace("cp-lab-", "cp-fix-")} <= ids


def _filled(reads: dict[str, str]) -> dict[str, str]:
    return {name: reads.get(name, setting.default) for name, setting in SETTINGS.items()}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_the_model_finds_one_fault_and_one_repair(question: Question) -> None:
    scene = scene_of(question.target, question.key, question.id)
    assert scene is not None
    target, state = scene.target, scene.state
    assert not impossible(target, state)
    assert evaluate(target, state).hops[-1].key == question.key
    assert evaluate(target, {**state, **scene.change}).reached
    for decoy in scene.decoys:
        now = {**state, **decoy.change}
        assert impossible(target, now) or not evaluate(target, now).reached
    # Nothing less than the whole change is enough.
    for name in scene.change if len(scene.change) > 1 else ():
        now = {**state, **scene.change, name: state[name]}
        assert state[name] == scene.change[name] or impossible(target, now) or not evaluate(target, now).reached
    assert [option.right for option in question.options].count(True) == 1


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_the_table_shows_what_the_answers_are_about(question: Question) -> None:
    scene = scene_of(question.target, question.key, question.id)
    assert scene is not None
    shown = [row.split("|")[1].strip() for row in question.table[2:]]
    assert len(shown) == len(set(shown))
    for name in scene.change:
        if scene.state[name] != scene.change[name] and not question.key.startswith("unattached"):
            assert ROWS[name][0].split("{")[0].strip() in "\n".join(shown)
    assert all(decoy.row[0] in shown for decoy in scene.decoys if decoy.row)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_the_endpoint_is_in_another_subnet_and_has_a_group_where_it_is_there(question: Question) -> None:
    """A packet that stays in its subnet meets no ACL, so the faults of ACLs would be none beside an endpoint there."""
    table = "\n".join(question.table)
    assert "available, in `app-a`" not in table
    assert "Endpoint-SG" not in table or "| Interface endpoint | none |" not in table
    assert "Lookup of the name | `10.0.1." not in table


def test_no_scene_rests_on_ipv6_through_an_internet_gateway() -> None:
    """It works as far as we know, and Lambda's documentation says nothing of it; as a fault it may be there."""
    assert not any(
        "`::/0`" in row and "igw-0c3" in row for q in QUESTIONS for row in q.table if "igw-gone" not in q.key
    )


def test_what_is_refused_at_the_deployment_is_not_called_a_call() -> None:
    stems = [question.stem for question in QUESTIONS if question.key == "start-no-role"]
    assert stems
    assert not any(stem.endswith("the call?") for stem in stems)


def test_reasons_of_a_function_that_is_not_attached_do_not_call_it_attached() -> None:
    reasons = [option.because for question in QUESTIONS if "unattached" in question.id for option in question.options]
    assert reasons
    assert not any("attached function" in reason for reason in reasons)


def test_every_word_is_used() -> None:
    said = "\n".join(option.because for question in QUESTIONS for option in question.options)
    assert [decoy.said for decoy in DECOYS if not any(reason in said for reason in decoy.because.values())] == []
    assert {question.key for question in QUESTIONS} == CAUSES.keys()


def test_the_rules_for_questions_find_nothing() -> None:
    parts = [directives.read(Source(name, text)) for name, text in pages().items()]
    assert [problem for part in parts for problem in part.problems] == []
    found = look([[asked(each) for each in part.checkpoints] for part in parts], {})
    assert list(map(str, found)) == []


def test_every_source_is_known() -> None:
    for question in QUESTIONS:
        facts = [key for key in question.sources if "://" not in key]
        assert facts
        assert set(facts) <= SOURCES.keys()
