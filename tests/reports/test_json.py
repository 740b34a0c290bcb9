"""A report as JSON, and the schema that describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import studyguide.reports
from jsonschema import Draft202012Validator, ValidationError
from studyguide.reports.json_report import report

if TYPE_CHECKING:
    from collections.abc import Callable

    from studyguide.reports.report import Report

SCHEMA = json.loads(Path(studyguide.reports.__file__).with_name("problems.schema.json").read_text("utf-8"))
HELP = "https://lambda-vpc-study-guide.github.io/authoring/problems/"


def validate(document: dict[str, Any]) -> None:
    Draft202012Validator(SCHEMA).validate(document)


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_everything_there_is_to_say(mixed: Report) -> None:
    document = json.loads(report(mixed))
    validate(document)
    fingerprint = document["problems"][1].pop("fingerprint")
    assert len(fingerprint) == 32
    assert document["problems"][1] == {
        "path": "docs/index.md",
        "line": 3,
        "column": 24,
        "code": "LNK001",
        "severity": "error",
        "family": "links",
        "message": "`learn/keyterms.md` leads nowhere.",
        "fix": "Did you mean `learn/key-terms.md`?",
        "notes": ["Commit 1a2b3c4 renamed it."],
        "help": f"{HELP}#lnk001",
        "excerpt": "[Gone](learn/gone.md), [near](learn/keyterms.md) and [fine](learn/key-terms.md).",
        "edit": {
            "path": "docs/index.md",
            "line": 3,
            "column": 31,
            "old": "learn/keyterms.md",
            "new": "learn/key-terms.md",
        },
    }
    assert [problem["code"] for problem in document["problems"]] == ["AST001", "LNK001", "PRT001"]
    assert (document["problems"][0]["excerpt"], document["problems"][0]["edit"]) == (None, None)
    (waived,) = document["waived"]
    assert (waived["column"], waived["reason"], waived["until"]) == (1, "It comes in March.", "2027-01-31")
    del document["problems"], document["waived"]
    assert document == {
        "version": 1,
        "tool": "0.1.0",
        "summary": {"error": 1, "warning": 1, "hint": 1},
        "checked": "3 pages, 4 links",
        "not_checked": ["the anchors of 1 page"],
    }


def test_nothing_found(clean: Report) -> None:
    document = json.loads(report(clean))
    validate(document)
    assert document["problems"] == document["waived"] == document["not_checked"] == []
    assert document["summary"] == {"error": 0, "warning": 0, "hint": 0}


def drop(*keys: str | int) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for key in keys[:-1]:
            document = document[key]
        del document[keys[-1]]

    return change


def put(value: object, *keys: str | int) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for key in keys[:-1]:
            document = document[key]
        document[keys[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        drop("summary"),
        drop("problems", 0, "fingerprint"),
        drop("waived", 0, "until"),
        drop("problems", 1, "edit", "old"),
        put(2, "version"),
        put("more", "other"),
        put("more", "problems", 0, "other"),
        put("Later.", "problems", 0, "reason"),
        put("more", "waived", 0, "other"),
        put(0, "problems", 0, "line"),
        put("fatal", "problems", 0, "severity"),
        put("soon", "waived", 0, "until"),
        put(-1, "summary", "error"),
        put([""], "not_checked"),
    ],
)
def test_schema_refuses_another_shape(mixed: Report, change: Callable[[Any], None]) -> None:
    document = json.loads(report(mixed))
    change(document)
    with pytest.raises(ValidationError):
        validate(document)
