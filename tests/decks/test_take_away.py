"""The questions to take away: every kind in every format, the same bytes again, and what other programs make of them."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from building import ROOT, build, not_run, problems, project
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
PAGE = (HERE / "guide.md").read_text("utf-8")
NAMES = ("questions.apkg", "questions.txt", "questions.gift", "questions.csv", "questions.json")
TAKE = "# Take\n\n" + "\n\n".join(f"<!-- studyguide: take {name} -->" for name in NAMES) + "\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(9)
SOURCES = """\
way:
  fact: It is the way.
  title: The way
  url: https://example.org/way
  checked: 2999-11-20
  confidence: official-2026
"""
# `make decks` has Anki in an environment of its own.
ANKI = Path(os.environ.get("STUDYGUIDE_ANKI", ROOT / ".venv-decks/bin/python"))
NPM = ROOT / ".cache/decks"


def made(folder: Path, page: str = PAGE, *, take: str = TAKE, site: str = "https://example.org/guide/") -> Path:
    """Build a guide with these questions; return the folder of its files to take away."""
    files: dict[str, str | bytes] = {
        "index.md": "# Home\n\n<!-- studyguide: sources -->\n",
        "q.md": page,
        "practice/take.md": take,
        "reference/sources.yml": SOURCES,
        "images/two ways.png": PICTURE,
    }
    settings = project(folder, files, f"site_url: '{site}'\n")
    run = build(settings, folder / "site")
    assert run.returncode == 0, run.stderr
    return folder / "site/practice"


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("taken"))


def question(taken: Path, key: str) -> dict[str, Any]:
    found = json.loads((taken / "questions.json").read_text("utf-8"))["questions"]
    return next(each for each in found if each["id"] == key)


def test_a_question_that_was_copied_is_a_finding_and_the_first_is_the_card(tmp_path: Path) -> None:
    head = "    id: cp-way\n    objective: obj-way\n    reviewed: 2026-11-20\n\n- [x] Out\n    > Yes.\n- [ ] In\n    > No.\n///\n"
    objective = "/// objective | Find the way\n    id: obj-way\n\n[Here](#one).\n///\n\n"
    files: dict[str, str | bytes] = {
        "index.md": f"# Home\n\n{objective}## One\n\n/// checkpoint | Where does a packet go?\n{head}",
        "q.md": f"# Again\n\n/// checkpoint | Where does no packet go?\n{head}",
        "practice/take.md": TAKE,
    }
    run = build(project(tmp_path, files), tmp_path / "site")
    assert run.returncode == 1
    assert [line.splitlines()[0] for line in problems(run.log) if "ID001" in line] == [
        "docs/q.md:4:5: error ID001 The id `cp-way` is taken, by docs/index.md:12:5."
    ]
    known = json.loads((tmp_path / "site/practice/questions.json").read_text("utf-8"))["questions"]
    assert [(each["id"], each["question"]) for each in known] == [("cp-way", "<p>Where does a packet go?</p>")]


def test_the_page_says_what_each_file_holds(taken: Path) -> None:
    html = (taken / "take/index.html").read_text("utf-8")
    size = {name: max(1, round((taken / name).stat().st_size / 1000)) for name in NAMES}
    for name in NAMES:
        held = "6 questions, without 1 that ask for an order." if name == "questions.gift" else "7 questions."
        assert f'<a href="../{name}" download>{name}</a>, {size[name]} KB: {held}' in html
    assert '<a href="../questions.schema.json" download>' in html


def test_a_guide_without_a_mark_makes_no_file(tmp_path: Path) -> None:
    folder = made(tmp_path, take="# Take\n\nNothing.\n")
    assert [path.name for path in folder.iterdir()] == ["take"]


def test_a_mark_of_a_file_that_nobody_makes_is_a_problem(tmp_path: Path) -> None:
    page = "# Take\n\n<!-- studyguide: take questions.apk -->\n\n```html\n<!-- studyguide: take my.own -->\n```\n\nWrite `<!-- studyguide: take it -->`.\n"
    run = build(project(tmp_path, {"index.md": page}), tmp_path / "site")
    assert [line for line in problems(run.log) if "DIR009" in line] == [
        """\
docs/index.md:3:23: error DIR009 `questions.apk` is no file of questions to take away.
    3 | <!-- studyguide: take questions.apk -->
      |                       ^
  Fix: Did you mean `questions.apkg`? Files are questions.apkg, questions.txt, questions.gift, questions.csv, questions.json.
  Help: https://lambda-vpc-study-guide.github.io/authoring/problems/#dir009"""
    ]


def test_the_same_questions_make_the_same_bytes(taken: Path, tmp_path: Path) -> None:
    again = made(tmp_path)
    for name in (*NAMES, "questions.schema.json"):
        assert (again / name).read_bytes() == (taken / name).read_bytes(), name


def test_json_is_as_its_schema_says(taken: Path) -> None:
    data = json.loads((taken / "questions.json").read_text("utf-8"))
    schema = json.loads((taken / "questions.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    assert [each["kind"] for each in data["questions"]] == [
        "one",
        "several",
        "fill",
        "number",
        "order",
        "match",
        "fault",
    ]


CASES: dict[str, Any] = quickyaml.load((HERE / "questions.yml").read_text("utf-8"))


@pytest.mark.parametrize("key", CASES)
def test_a_question_in_json(taken: Path, key: str) -> None:
    assert question(taken, key) == CASES[key]


def test_a_table_says_it_in_plain_text(taken: Path) -> None:
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO((taken / "questions.csv").read_text("utf-8-sig")))}
    assert list(rows) == ["cp-one", "cp-several", "cp-fill", "cp-number", "cp-order", "cp-match", "cp-fault"]
    assert rows["cp-one"] == {
        "id": "cp-one",
        "kind": "one",
        "objective": "Find the way",
        "difficulty": "2",
        "question": 'Which a = b leads out? See the figure.\n[A box "in" leads to a box <out>.]\nThe way out',
        "options": "A. {A}: ~the first~ #1\nB. The second \\= the way",
        "answer": "B",
        "reasons": 'A: No: x = {y}.\nB (right): Right.\nIt is "so".',
        "explanation": "It is written down, see below.",
        "reviewed": "2026-11-20",
        "page": "https://example.org/guide/q/#cp-one",
    }
    assert rows["cp-match"]["answer"] == "1 C, 2 A, 3 B"
    assert rows["cp-fault"]["question"] == "Which line is wrong?\none: 1\ntwo: 3"
    assert rows["cp-order"]["options"] == "A. Wake\nB. Go\nC. Rise"
    assert rows["cp-order"]["answer"] == "A, C, B"


def test_a_text_tells_anki_which_column_is_what(taken: Path) -> None:
    lines = (taken / "questions.txt").read_text("utf-8").split("\n")
    assert lines[:6] == [
        "#separator:tab",
        "#html:true",
        "#guid column:1",
        "#deck column:2",
        "#tags column:3",
        "#notetype:Basic",
    ]
    rows = list(csv.reader(lines[6:], delimiter="\t"))
    assert len([row for row in rows if len(row) == 5]) == 7


def test_cards_show_a_figure_in_both_schemes(taken: Path) -> None:
    with zipfile.ZipFile(taken / "questions.apkg") as archive:
        names = json.loads(archive.read("media"))
        assert names == {"0": "fig-way-light.svg", "1": "fig-way-dark.svg", "2": "images-two ways.png"}
        assert archive.read("2") == PICTURE
        light, dark = archive.read("0").decode(), archive.read("1").decode()
        collection = archive.read("collection.anki2")
    assert "<svg" in light
    assert light != dark
    assert "prefers-color-scheme" not in light + dark
    database = sqlite3.connect(":memory:")
    database.deserialize(collection)
    (fields,) = database.execute("select flds from notes where flds like 'cp-one%'").fetchone()
    (several,) = database.execute("select flds from notes where flds like 'cp-several%'").fetchone()
    database.close()
    assert '<img src="images-two ways.png" alt="Two &quot;ways&quot;">' in several
    alt = 'alt="A box &quot;in&quot; leads to a box &lt;out&gt;."'
    assert (
        f'<img class="sg-light" src="fig-way-light.svg" {alt}><img class="sg-dark" src="fig-way-dark.svg" {alt}>'
        in fields
    )


def test_without_an_address_of_the_site_nothing_leads_anywhere(tmp_path: Path) -> None:
    folder = made(tmp_path, site="")
    texts = [(folder / name).read_text("utf-8") for name in NAMES if name != "questions.apkg"]
    assert not [text for text in texts if "<a " in text or "https://example.org/guide" in text]


@pytest.fixture(scope="module")
def anki(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[dict[str, Any]]]:
    """Return what imports files into one collection of Anki's own, one after the other."""
    if not ANKI.exists():
        not_run("there is no Anki here; `make decks` has it in an environment of its own")

    def run(*files: Path) -> list[dict[str, Any]]:
        folder = tmp_path_factory.mktemp("collection")
        command = [str(ANKI), "-P", str(HERE / "importing.py"), str(folder), *map(str, files)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.mark.decks
def test_anki_imports_every_question(taken: Path, anki: Callable[..., list[dict[str, Any]]]) -> None:
    (found,) = anki(taken / "questions.apkg")
    assert {kind: found[kind] for kind in ("new", "updated", "conflicting")} == {
        "new": 7,
        "updated": 0,
        "conflicting": 0,
    }
    assert found["media"] == ["fig-way-dark.svg", "fig-way-light.svg", "images-two ways.png"]
    notes = found["notes"]
    assert {note["type"] for note in notes.values()} == {"Question of Mini-site"}
    assert notes["cp-one"]["deck"] == "Mini-site::Find the way"
    assert notes["cp-one"]["tags"] == ["difficulty-2", "obj-way", "one"]
    assert notes["cp-one"]["mod"] == 1795132800  # 2026-11-20
    assert '<ol type="A"><li>{A}: ~the first~ #1</li>' in notes["cp-one"]["front"]
    assert "Right: <strong>B</strong>" not in notes["cp-one"]["front"]
    assert "Right: <strong>B</strong>" in notes["cp-one"]["back"]
    assert "3. Go (B)" in notes["cp-order"]["back"]


@pytest.mark.decks
def test_a_newer_package_changes_cards_and_keeps_their_schedule(
    taken: Path, tmp_path: Path, anki: Callable[..., list[dict[str, Any]]]
) -> None:
    new = "/// checkpoint | A new one, in front?\n    id: cp-new\n    objective: obj-way\n    reviewed: 2026-11-25\n\n- [x] Yes\n    > So.\n- [ ] No\n    > Not so.\n///\n\n//// checkpoint | Which `a = b`"
    edited = (
        PAGE.replace("//// checkpoint | Which `a = b`", new)
        .replace("Which two?", "Which two now?")
        .replace(
            "id: cp-several\n    objective: obj-way\n    reviewed: 2026-11-21",
            "id: cp-several\n    objective: obj-way\n    reviewed: 2026-11-26",
        )
        .replace("How long?", "How long, without a review?")
    )
    first, second = anki(taken / "questions.apkg", made(tmp_path, edited) / "questions.apkg")
    assert {kind: second[kind] for kind in ("new", "updated", "conflicting")} == {
        "new": 1,
        "updated": 1,
        "conflicting": 0,
    }
    before, after = first["notes"], second["notes"]
    assert after.keys() - before.keys() == {"cp-new"}
    assert "Which two now?" in after["cp-several"]["front"]
    assert "How long?" in after["cp-number"]["front"]
    for key, note in before.items():
        assert after[key]["card"] == note["card"]
        assert after[key]["reviews"] >= 1
        assert after[key]["interval"] >= 1


@pytest.mark.decks
def test_anki_reads_the_text_without_being_told_anything(
    taken: Path, anki: Callable[..., list[dict[str, Any]]]
) -> None:
    (found,) = anki(taken / "questions.txt")
    assert {kind: found[kind] for kind in ("new", "missing_notetype", "empty_first_field")} == {
        "new": 7,
        "missing_notetype": 0,
        "empty_first_field": 0,
    }
    notes = list(found["notes"].values())
    assert {note["type"] for note in notes} == {"Basic"}
    assert notes[1]["deck"] == "Mini-site::Find the way"
    assert notes[1]["tags"] == ["obj-way", "several"]


@pytest.fixture(scope="module")
def gift() -> Callable[[Path], list[dict[str, Any]]]:
    """Return what parses a GIFT file, by a parser of other people."""
    if not (NPM / "node_modules/gift-pegjs").exists():
        if not (shutil.which("node") and shutil.which("npm")):
            not_run("there is no Node here")
        NPM.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, NPM)
        done = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=NPM,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            not_run(f"npm brought no gift-pegjs: {done.stderr[-200:]}")

    def parse(file: Path) -> list[dict[str, Any]]:
        done = subprocess.run(
            ["node", str(HERE / "parse.cjs"), str(file)], cwd=NPM, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return parse


@pytest.mark.decks
def test_gift_is_read_as_it_was_meant(taken: Path, gift: Callable[[Path], list[dict[str, Any]]]) -> None:
    category, *rest = gift(taken / "questions.gift")
    assert category["title"] == "Mini-site/Find the way"
    found = {each["title"]: each for each in rest}
    kinds = {title: each["type"] for title, each in found.items()}
    assert kinds == {
        "cp-one": "MC", "cp-several": "MC", "cp-fill": "Short", "cp-number": "Numerical", "cp-match": "Matching", "cp-fault": "MC"
    }  # fmt: skip
    one, several = found["cp-one"], found["cp-several"]
    assert [(each["isCorrect"], each["text"]["text"]) for each in one["choices"]] == [
        (False, "{A}: ~the first~ #1"),
        (True, "The second \\= the way"),
    ]
    assert one["choices"][0]["feedback"]["text"] == "<p>No: <code>x = {y}</code>.</p>"
    assert [each["weight"] for each in several["choices"]] == [50, -100, 50]
    assert [(each["subquestion"]["text"], each["subanswer"]) for each in found["cp-match"]["matchPairs"]] == [
        ("Cat", "milk -> cream"),
        ("Dog", "bone"),
        ("Cow", "hay"),
    ]
    assert found["cp-fill"]["choices"][0]["text"]["text"] == "a <b>"
    number = found["cp-number"]["choices"][0]["text"]
    assert (number["number"], number["range"]) == (1200, 120)
