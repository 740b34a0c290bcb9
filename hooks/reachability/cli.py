"""`python -m reachability TARGET name=value ...`: what a function reaches, as JSON.

Exit code 0 with an answer, 2 where the question is not understood or not possible. `python -m reachability
from-template FILE` says what the functions of a template reach: 0 all of it, 1 some not, 2 not decided; and `questions
FOLDER` writes the bank's questions about the model.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reachability.cost import items, monthly
from reachability.fixes import blockers, fixes
from reachability.model import evaluate
from reachability.settings import EVERY, FURTHER, SETTINGS, TARGETS, ImpossibleError, UnknownError, settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reachability.fixes import Blocker
    from reachability.model import Hop
    from reachability.settings import Settings

ANSWERED, REFUSED = 0, 2
FROM_TEMPLATE = "from-template"
QUESTIONS = "questions"


def main(arguments: Sequence[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    if words and words[0] == FROM_TEMPLATE:
        return _from_template(words[1:])
    if words and words[0] == QUESTIONS:
        return _questions(words[1:])
    parser = _parser()
    asked = parser.parse_intermixed_args(words)
    if asked.list:
        print(_listing())
        return ANSWERED
    if not asked.target:
        parser.error(f"no target is given; known: {', '.join(TARGETS)}")
    try:
        answer = report(asked.target, settings(_pairs(asked.setting, "setting", "route4=nat")), every_blocker=asked.all)
    except (UnknownError, ImpossibleError) as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    print(json.dumps(answer, indent=2))
    return ANSWERED


def _from_template(words: Sequence[str]) -> int:
    # Only this part needs a library, so nothing else loads it.
    from reachability.template.report import report as read_template  # noqa: PLC0415
    from reachability.template.source import UnreadableError  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog=f"python -m reachability {FROM_TEMPLATE}")
    parser.add_argument("file", type=Path, metavar="FILE", help="a CloudFormation or SAM template")
    parser.add_argument("--parameter", action="append", default=[], metavar="name=value", help="of the template")
    asked = parser.parse_args(words)
    try:
        printed, state = read_template(
            asked.file.read_text("utf-8"), str(asked.file), _pairs(asked.parameter, "parameter", "Stage=test")
        )
    except (OSError, UnicodeDecodeError) as error:
        print(f"{asked.file}: cannot be read: {error}", file=sys.stderr)
        return REFUSED
    except (UnreadableError, UnknownError) as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    print(printed)
    return int(state)


def _questions(words: Sequence[str]) -> int:
    from reachability.questions.page import pages  # noqa: PLC0415 - nothing else needs so many words

    parser = argparse.ArgumentParser(prog=f"python -m reachability {QUESTIONS}")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the pages of questions are written")
    folder = parser.parse_args(words).folder
    try:
        for name, text in pages().items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        print(f"{folder}: cannot be written: {error}", file=sys.stderr)
        return REFUSED
    return ANSWERED


def report(target: str, chosen: Settings, *, every_blocker: bool = False) -> dict[str, Any]:
    """Return the verdict as plain values, ready for JSON."""
    verdict = evaluate(target, chosen)
    answer = {
        "target": target,
        "reached": verdict.reached,
        "symptom": verdict.symptom,
        "text": verdict.text,
        "blocked_at": verdict.blocked_at,
        "hops": [_hop(hop) for hop in verdict.hops],
        "fixes": list(fixes(target, chosen)),
        "cost": _cost(chosen),
    }
    if every_blocker:
        answer["blockers"] = [_blocker(blocker) for blocker in blockers(target, chosen)]
    return answer


def _hop(hop: Hop) -> dict[str, Any]:
    said = hop.outcome
    return {
        "hop": said.hop,
        "at": said.at,
        "allowed": said.allowed,
        "because": hop.because,
        "code": said.code or None,
        "sources": list(said.sources),
        "inference": said.inference,
    }


def _blocker(blocker: Blocker) -> dict[str, Any]:
    return {**_hop(blocker.hop), "change": blocker.changes}


def _cost(chosen: Settings) -> dict[str, Any]:
    return {
        "monthly_usd_per_zone": monthly(chosen),
        "items": [
            {"what": item.what, "monthly_usd": item.month, "usd_per_gb": item.gigabyte, "sources": list(item.sources)}
            for item in items(chosen)
        ],
    }


def _pairs(words: Sequence[str], kind: str, example: str) -> dict[str, str]:
    pairs = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise UnknownError(_no_pair(word, kind, example))
        if name in pairs:
            raise UnknownError(_twice(name, kind))
        pairs[name] = value
    return pairs


def _no_pair(word: str, kind: str, example: str) -> str:
    return f"`{word}` gives no {kind} a value. Write name=value, such as {example}."


def _twice(name: str, kind: str) -> str:
    return f"`{name}` is given twice. Give each {kind} once."


def _listing() -> str:
    wide = max(map(len, EVERY))
    rows, further = (
        [f"{name:<{wide}}  {' | '.join(row.values)}\n{'':<{wide}}  {row.means}" for name, row in table.items()]
        for table in (SETTINGS, FURTHER)
    )
    targets = [f"{name:<{wide}}  {row.title}: {row.host}:{row.port}" for name, row in TARGETS.items()]
    more = "Further settings, which neither the lab nor templates have:"
    return "\n".join(["Settings, the first value is the default:", *rows, "", more, *further, "", "Targets:", *targets])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reachability",
        description="What a Lambda function reaches.",
        epilog=f"`{FROM_TEMPLATE} FILE` says it of the functions of a template; `{QUESTIONS} FOLDER` writes the bank's pages.",
    )
    parser.add_argument("target", nargs="?", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("setting", nargs="*", metavar="name=value", help="what differs from the default")
    parser.add_argument("--list", action="store_true", help="print the settings, their values and the targets")
    parser.add_argument("--all", action="store_true", help="name every blocker, not only the first")
    return parser
