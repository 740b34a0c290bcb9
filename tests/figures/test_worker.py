"""The child process: whatever it does, the next question is answered, by a new child."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest
from studyguide.figures import Studio, tikz
from studyguide.figures.worker import Worker, WorkerError

# Answers a question with its own process number, but does what it is told to first.
CHILD = """
import json, os, sys, time
for line in sys.stdin:
    question = json.loads(line)
    if question == "hang":
        time.sleep(600)
    if question == "die":
        os._exit(3)
    if question == "close":
        sys.exit()
    if question == "garble":
        print("no JSON", flush=True)
        continue
    answer = {"child": os.getpid(), "folder": os.getcwd(), "files": os.listdir(), "settings": sorted(os.environ)}
    print(json.dumps(answer), flush=True)
    if question == "last":
        os._exit(0)
"""
BOMB = (Path(__file__).parent / "samples/tikz/b10-foreach-bomb.tex").read_text("utf-8")
BOX = r"\begin{tikzpicture}\node[draw] {Box};\end{tikzpicture}"


# Seconds in which a child starts and answers on a busy machine too.
PATIENT = 60.0


@pytest.fixture
def worker() -> Worker:
    return Worker([sys.executable, "-I", "-c", CHILD], seconds=PATIENT)


def gone(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("hang", "was stopped after 0.5 seconds"),
        ("die", "ended without an answer (out of memory, or a crash)"),
        ("close", "ended without an answer (out of memory, or a crash)"),
        ("garble", "gave an answer that cannot be read"),
    ],
)
def test_the_next_question_is_answered_by_a_new_child(worker: Worker, question: str, reason: str) -> None:
    try:
        first = worker.ask("hello")["child"]
        worker.seconds = 0.5 if question == "hang" else PATIENT
        with pytest.raises(WorkerError) as caught:
            worker.ask(question)
        worker.seconds = PATIENT
        assert str(caught.value) == reason
        assert gone(first)
        assert worker.ask("hello")["child"] != first
    finally:
        worker.stop()


def test_a_child_answers_many_questions(worker: Worker) -> None:
    try:
        assert worker.ask("one")["child"] == worker.ask("two")["child"]
    finally:
        worker.stop()


def test_a_child_that_dies_between_questions_costs_no_answer(worker: Worker) -> None:
    try:
        first = worker.ask("last")["child"]
        deadline = time.monotonic() + PATIENT
        while worker._process is not None and worker._process.poll() is None:  # noqa: SLF001  when it is dead is not told
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert worker.ask("hello")["child"] != first
    finally:
        worker.stop()


def test_a_child_has_an_empty_folder_and_none_of_the_settings(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYGUIDE_SECRET", "1")
    try:
        answer = worker.ask("hello")
        assert answer["files"] == []
        assert Path(answer["folder"]) != Path.cwd()
        assert set(answer["settings"]) <= {"PATH", "SYSTEMROOT", "PYTHONIOENCODING", "LC_CTYPE"}
    finally:
        worker.stop()
    assert not Path(answer["folder"]).exists()


def test_stopping_leaves_no_child_and_no_thread(worker: Worker) -> None:
    before = threading.active_count()
    child = worker.ask("hello")["child"]
    worker.stop()
    worker.stop()
    assert gone(child)
    assert threading.active_count() == before


@pytest.mark.parametrize(
    ("command", "seconds", "message"),
    [
        ("import time; time.sleep(600)", 0.5, "The engine gave no drawing: it was stopped after 0.5 seconds."),
        ("", PATIENT, "The engine gave no drawing: it ended without an answer (out of memory, or a crash)."),
        (
            "import json; print(json.dumps({'crash': 'PanicException: index'}))\ninput()",
            PATIENT,
            "The engine crashed on this figure (PanicException: index).",
        ),
    ],
)
def test_an_engine_without_an_answer_is_a_finding(command: str, seconds: float, message: str) -> None:
    worker = Worker([sys.executable, "-I", "-c", command], seconds=seconds)
    try:
        drawing = tikz.draw(BOX, "tikra", worker)
    finally:
        worker.stop()
    assert drawing.svg == ""
    assert [(finding.line, finding.code, finding.message) for finding in drawing.findings] == [(1, "FIG011", message)]
    assert all(finding.fix for finding in drawing.findings)


def test_after_a_bomb_the_next_figure_draws(studio: Studio) -> None:
    before = studio.draw("tikz", BOX)
    bomb = studio.draw("tikz", BOMB)
    assert [finding.code for finding in bomb.findings] == ["FIG011"]
    assert bomb.svg == ""
    assert studio.draw("tikz", BOX) == before
    assert before.words == ("Box",)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of this kind")
def test_the_engine_runs_under_a_memory_limit() -> None:
    script = (
        "import mmap, runpy\n"
        f"module = runpy.run_path({str(Path(tikz.__file__).with_name('tikra_worker.py'))!r})\n"
        "main = module['main']\n"
        "main.__globals__['answer'] = lambda text: {'held': len(mmap.mmap(-1, 1 << 31)) if text == 'large' else 0}\n"
        "main()\n"
    )
    worker = Worker([sys.executable, "-I", "-c", script], seconds=PATIENT)
    try:
        with pytest.raises(WorkerError, match="out of memory"):
            worker.ask("large")
        assert worker.ask("small") == {"held": 0}
    finally:
        worker.stop()


def test_a_drawing_that_is_too_large_is_a_finding() -> None:
    answer = '{"svg": "<svg>" + "x" * 2_000_001, "words": "", "warnings": []}'
    worker = Worker([sys.executable, "-I", "-c", f"import json\ninput()\nprint(json.dumps({answer}))"], seconds=PATIENT)
    try:
        drawing = tikz.draw(BOX, "tikra", worker)
    finally:
        worker.stop()
    assert drawing.svg == ""
    assert [str(finding.message) for finding in drawing.findings] == [
        "The figure is too large: 2,000,006 bytes of SVG, where 2,000,000 are allowed."
    ]
