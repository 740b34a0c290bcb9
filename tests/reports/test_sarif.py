"""A report as SARIF: valid by the schema of OASIS, and right where the schema does not look."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, ValidationError
from studyguide.model import Edit, Position, Problem
from studyguide.reports.report import Report, gather
from studyguide.reports.sarif import report
from studyguide.waivers import Waived

SCHEMA = json.loads(Path(__file__).with_name("sarif-schema-2.1.0.json").read_text("utf-8"))
ROOT = "%SRCROOT%"


def run(report_: Report) -> dict[str, Any]:
    log = json.loads(report(report_))
    Draft4Validator(SCHEMA).validate(log)
    (only,) = log["runs"]
    return only


def one(problem: Problem) -> dict[str, Any]:
    (result,) = run(gather([problem], {}, checked=""))["results"]
    return result


def test_schema_refuses_another_shape(mixed: Report) -> None:
    log = json.loads(report(mixed))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(ValidationError):
        Draft4Validator(SCHEMA).validate(log)


def test_rules_are_those_of_the_results(mixed: Report) -> None:
    found = run(mixed)
    driver = found["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("studyguide", "0.1.0")
    assert [rule["id"] for rule in driver["rules"]] == ["AST001", "LNK001", "PRT001"]
    help_at = "https://lambda-vpc-study-guide.github.io/authoring/problems/#lnk001"
    assert driver["rules"][1] == {
        "id": "LNK001",
        "shortDescription": {"text": "A page link that leads nowhere."},
        "fullDescription": {"text": "A page link that leads nowhere."},
        "help": {"text": f"A page link that leads nowhere: see {help_at}"},
        "helpUri": help_at,
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["links"]},
    }
    for result in found["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_problem_with_its_fix(mixed: Report) -> None:
    result = run(mixed)["results"][2]
    assert set(result.pop("partialFingerprints")) == {"studyguide/v1"}
    file = {"uri": "docs/index.md", "uriBaseId": ROOT}
    assert result == {
        "ruleId": "LNK001",
        "ruleIndex": 1,
        "level": "error",
        "message": {
            "text": "`learn/keyterms.md` leads nowhere. Did you mean `learn/key-terms.md`? Commit 1a2b3c4 renamed it."
        },
        "locations": [
            {"physicalLocation": {"artifactLocation": file, "region": {"startLine": 3, "startColumn": 24}}},
        ],
        "fixes": [
            {
                "description": {"text": "Did you mean `learn/key-terms.md`?"},
                "artifactChanges": [
                    {
                        "artifactLocation": file,
                        "replacements": [
                            {
                                "deletedRegion": {"startLine": 3, "startColumn": 31, "endLine": 3, "endColumn": 48},
                                "insertedContent": {"text": "learn/key-terms.md"},
                            }
                        ],
                    }
                ],
            }
        ],
        "suppressions": [],
    }


def test_levels(mixed: Report) -> None:
    assert [result["level"] for result in run(mixed)["results"]] == ["warning", "error", "error", "note"]


def test_a_waived_problem_is_suppressed_where_its_waiver_is(mixed: Report) -> None:
    results = run(mixed)["results"]
    assert [len(result["suppressions"]) for result in results] == [0, 1, 0, 0]
    region = {"startLine": 2, "startColumn": 1}
    file = {"uri": "docs/index.md", "uriBaseId": ROOT}
    assert results[1]["suppressions"] == [
        {
            "kind": "inSource",
            "status": "accepted",
            "justification": "It comes in March. (until 2027-01-31)",
            "location": {"physicalLocation": {"artifactLocation": file, "region": region}},
        }
    ]


def test_a_waiver_in_another_file_is_external(mixed: Report) -> None:
    (problem, waiver) = mixed.waived[0]
    elsewhere = replace(waiver, position=Position("docs/accepted.yml", 4))
    found = run(gather([], {}, checked="", waived=[Waived(problem, elsewhere)]))
    assert found["results"][0]["suppressions"][0]["kind"] == "external"


def test_without_waivers_nothing_is_said_of_suppressions() -> None:
    assert "suppressions" not in one(Problem(Position("a.md"), "LNK001", "Wrong."))


def test_what_was_not_checked_is_no_success(mixed: Report) -> None:
    message = {"text": "Not checked: the anchors of 1 page."}
    assert run(mixed)["invocations"] == [
        {"executionSuccessful": False, "toolExecutionNotifications": [{"level": "error", "message": message}]}
    ]


def test_nothing_found_is_a_success_without_results(clean: Report) -> None:
    found = run(clean)
    assert found["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert found["results"] == found["tool"]["driver"]["rules"] == []
    assert "version" not in found["tool"]["driver"]
    assert found["properties"] == {"checked": "1 page, 2 links"}


def test_paths_are_relative_and_name_no_machine(mixed: Report) -> None:
    found = run(mixed)
    assert found["originalUriBaseIds"] == {ROOT: {"description": {"text": "The folder of the site's settings."}}}
    assert found["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("docs/a page, 100%.png", "docs/a%20page%2C%20100%25.png"),
        ("docs/日本.md", "docs/%E6%97%A5%E6%9C%AC.md"),
        ("a:b#c?.md", "a%3Ab%23c%3F.md"),
        ("docs/\udcff.md", "docs/%3F.md"),
    ],
)
def test_paths_are_percent_encoded(path: str, uri: str) -> None:
    location = one(Problem(Position(path), "LNK001", "Wrong."))["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": uri, "uriBaseId": ROOT}


def test_an_edit_without_words_says_what_it_replaces() -> None:
    problem = Problem(Position("a.md"), "LNK001", "Wrong.", edit=Edit(Position("a.md"), "old", "new"))
    assert one(problem)["fixes"][0]["description"] == {"text": "Replace `old` by `new`."}


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (r"`\begin{tikzpicture}` has no end.", r"`\begin{{tikzpicture}}` has no end."),
        ("`{0}` is unknown.", "`{{0}}` is unknown."),
        ("Write `[words](#id)`.", r"Write `[words\](#id)`."),
        ("Write `a[0]` (or not).", "Write `a[0]` (or not)."),
    ],
)
def test_placeholders_and_links_are_taken_literally(message: str, text: str) -> None:
    assert one(Problem(Position("a.md"), "LNK001", message))["message"] == {"text": text}


def test_fingerprints_hold_no_line(mixed: Report) -> None:
    moved = gather(
        [
            replace(problem, position=replace(problem.position, line=problem.position.line + 7))
            for problem in mixed.problems
        ],
        {path: "\n" * 7 + text for path, text in TEXTS.items()},
        checked="",
    )
    still = gather(mixed.problems, TEXTS, checked="")
    assert [result["partialFingerprints"] for result in run(moved)["results"]] == [
        result["partialFingerprints"] for result in run(still)["results"]
    ]


TEXTS = {
    "docs/index.md": "# Home\n\n[Gone](learn/gone.md), [near](learn/keyterms.md)\n",
    "docs/z.md": "# Z\nSee [](#fig-a).\n",
}
