"""The receipt: ``checks.json`` in the site says what was checked, and a site without one is refused.

receipt(...)            what was checked, found and waived, and a hash of every file  ->  checks.json
verify(Path("site"))    ->  ["There is no checks.json: was the site built without the checks?"]
footer({"link": 41})    ->  "41 links checked at 1a2b3c4"
"""

from __future__ import annotations

import json
from datetime import date
from hashlib import file_digest, sha256
from typing import TYPE_CHECKING, Any

from studyguide.codes import RULES
from studyguide.exports import record
from studyguide.reports.text import by_severity, count
from studyguide.site.site import walk
from studyguide.text import days, inputs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from studyguide.exports.record import Record
    from studyguide.model import Problem
    from studyguide.waivers import Waived

FILE = "checks.json"
VERSION = 2
SHORT_COMMIT, SHORT_HASH, NAMED = 7, 12, 3
# A page takes a few hundred bytes of a receipt; what is larger is none, and would not fit into memory.
LARGEST = 256_000_000
# No count, line or column is more.
MOST = 2**31
# What `verify` reads: a list stands for any number of its item, `str` as a key for any key, a tuple for one of its parts.
SHAPE: dict[str, Any] = {
    "commit": str,
    "changed": bool,
    "partial": bool,
    "families": {str: {"status": str}},
    "problems": {"error": int, "warning": int},
    "not_checked": [str],
    "waivers": [{"code": str, "path": str, "line": int, "until": date}],
    "digest": str,
    "files": {str: str},
    "site": record.SHAPE,
}
# Families that may be off: what nobody asks a build for, and what there is nothing to compare with yet.
MAY_BE_OFF = frozenset({"external", "contract"})


def receipt(
    *,
    tool: str,
    commit: str,
    changed: bool,
    partial: bool,
    checked: Mapping[str, int],
    problems: Sequence[Problem],
    files: Mapping[str, str],
    site: Record,
    not_checked: Sequence[str] = (),
    unchecked: Collection[str] = (),
    off: Collection[str] = (),
    waived: Iterable[Waived] = (),
) -> dict[str, Any]:
    """Return what a build leaves behind about its check.

    ``commit`` is "" where it is not known, ``changed`` says that files differ from it, ``partial`` that unchanged
    pages were not read; ``unchecked`` and ``off`` are families that could not be checked and that nobody asked for;
    ``files`` come from ``digests``, ``site`` is what the build knew.
    """
    waivers = sorted({waiver for _, waiver in waived}, key=lambda waiver: (waiver.position, waiver.code))
    return {
        "version": VERSION,
        "tool": tool,
        "commit": commit,
        "changed": changed,
        "partial": partial,
        "families": _families(problems, unchecked=unchecked, off=off, partial=partial),
        "checked": dict(checked),
        "problems": dict(by_severity(problems)),
        "not_checked": list(not_checked),
        "waivers": [
            {
                "code": waiver.code,
                "path": waiver.position.path,
                "line": waiver.position.line,
                "until": waiver.until.isoformat(),
                "reason": waiver.reason,
            }
            for waiver in waivers
        ],
        "digest": digest(files),
        "files": {path: hashed[:SHORT_HASH] for path, hashed in sorted(files.items())},
        "site": record.as_values(site),
    }


def as_json(receipt: Mapping[str, Any]) -> str:
    """Return the text of ``checks.json``: a line for each thing that it says."""
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in receipt.items())
    return f"{{\n{lines}\n}}\n"


def _families(
    problems: Sequence[Problem], *, unchecked: Collection[str], off: Collection[str], partial: bool
) -> dict[str, dict[str, Any]]:
    found: dict[str, list[Problem]] = {rule.family: [] for rule in RULES.values()}
    for problem in problems:
        found[RULES[problem.code].family].append(problem)

    def status(family: str) -> str:
        if any(problem.fails for problem in found[family]):
            return "failed"
        if family in off:
            return "off"
        return "not checked" if partial or family in unchecked else "passed"

    return {family: {"status": status(family), "problems": len(found[family])} for family in sorted(found)}


def digests(folder: Path) -> dict[str, str]:
    """Return the hash of every file under a folder but the receipt, by its path there; that of an unreadable one is empty."""
    return {name: _hash(f"{folder}/{name}") for name in sorted(walk(folder)) if name != FILE}


def _hash(file: str) -> str:
    if not inputs.is_file(file):  # a pipe would never end
        return ""
    try:
        with open(file, "rb", buffering=0) as page:  # noqa: PTH123 - there are as many as pages, and a path takes as long as a hash
            return file_digest(page, "sha256").hexdigest()
    except OSError:
        return ""


def digest(files: Mapping[str, str]) -> str:
    """Return one hash for all files."""
    lines = "\n".join(f"{path}\0{hashed}" for path, hashed in sorted(files.items()))
    return sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def verify(folder: Path, *, commit: str | None, changed: bool | None, today: date) -> list[str]:
    """Return why a site is refused, nothing where it is not.

    ``commit`` is the checkout's and ``changed`` whether files differ from it; None leaves either out.
    """
    if not folder.is_dir():
        return [f"There is no folder {folder}."]
    found = load(folder)
    if isinstance(found, str):
        return [found]
    return [
        *_findings(found),
        *_unchecked(found),
        *_expired(found, today),
        *_changed_files(found, digests(folder)),
        *_another_commit(found, commit, changed=changed),
    ]


def load(folder: Path) -> dict[str, Any] | str:
    """Return the receipt of a site, or in words why there is none."""
    data = _read(folder / FILE)
    if isinstance(data, str):
        return data
    if not isinstance(data, dict):
        return f"{FILE} is not a receipt."
    if data.get("version") != VERSION:
        return f"{FILE} has the version {json.dumps(data.get('version'))[:20]}; this studyguide reads {VERSION}."
    wrong = next((name for name, shape in SHAPE.items() if not _fits(data.get(name), shape)), "")
    return f"{FILE} is not a receipt: its `{wrong}` is missing or of the wrong kind." if wrong else data


def _read(file: Path) -> Any:
    """Return the values of a receipt, or in words why they cannot be read."""
    try:
        size = file.stat().st_size
        if not file.is_file():
            return f"{FILE} is not a file."
        if size > LARGEST:
            return f"{FILE} has {size:,} bytes; no receipt has more than {LARGEST:,}."
        data = json.loads(file.read_bytes())
    except FileNotFoundError:
        return f"There is no {FILE}: was the site built without the checks?"
    except OSError as error:
        return f"{FILE} cannot be read: {error.strerror}."
    except (ValueError, RecursionError):
        return f"{FILE} is not JSON: was it cut short?"
    return [data] if isinstance(data, str) else data


def _fits(value: object, shape: Any) -> bool:
    match shape:
        case tuple():
            return any(value == part if isinstance(part, str) else _fits(value, part) for part in shape)
        case list():
            return isinstance(value, list) and all(_fits(item, shape[0]) for item in value)
        case dict() if str in shape:
            return isinstance(value, dict) and all(_fits(item, shape[str]) for item in value.values())
        case dict():
            return isinstance(value, dict) and all(_fits(value.get(name), inner) for name, inner in shape.items())
        case _ if shape is date:
            return isinstance(value, str) and days.read(value) is not None
        case _:
            # Not isinstance(): True is an int too.
            return type(value) is shape and not (isinstance(value, int) and not 0 <= value <= MOST)


def _findings(found: Mapping[str, Any]) -> list[str]:
    """Return what the check found, where it fails a build."""
    kinds = [
        count(found["problems"][severity], severity) for severity in ("error", "warning") if found["problems"][severity]
    ]
    if kinds:
        return [f"The check found {' and '.join(kinds)}."]
    failed = [family for family, state in found["families"].items() if state["status"] == "failed"]
    return [f"The check failed: {', '.join(failed)}."] if failed else []


def _unchecked(found: Mapping[str, Any]) -> list[str]:
    """Return what was not checked."""
    reasons = ["Only changed pages were checked: build without --dirty."] if found["partial"] else []
    reasons += [f"Not checked: {words}." for words in found["not_checked"]]
    states = {family: state["status"] for family, state in found["families"].items()}
    states = {rule.family: "off" for rule in RULES.values()} | states
    if not found["files"] or set(states.values()) <= {"off"}:
        return [*reasons, "Nothing was checked."]
    if off := sorted(family for family, status in states.items() if status == "off" and family not in MAY_BE_OFF):
        reasons.append(f"Left out of the check: the rules on {', '.join(off)}.")
    left = [family for family, status in sorted(states.items()) if status not in ("passed", "failed", "off")]
    # In a partial build that is every family: said above.
    return [*reasons, f"Not checked: the rules on {', '.join(left)}."] if left and not found["partial"] else reasons


def _expired(found: Mapping[str, Any], today: date) -> list[str]:
    return [
        f"The waiver of {waiver['code']} at {waiver['path']}:{waiver['line']} ended on {waiver['until']}."
        for waiver in found["waivers"]
        if date.fromisoformat(waiver["until"]) < today
    ]


def _changed_files(found: Mapping[str, Any], now: Mapping[str, str]) -> list[str]:
    """Return how the files differ from those that were checked."""
    unreadable = [f"The file {path} cannot be read." for path, hashed in now.items() if not hashed]
    if digest(now) == found["digest"]:
        return unreadable
    differ = changes(found, now)
    if not differ:
        return [*unreadable, "The files are not those that were checked."]
    more = f" and {len(differ) - NAMED} more" if len(differ) > NAMED else ""
    verb = "is" if len(differ) == 1 else "are"
    return [*unreadable, f"{count(len(differ), 'file')} {verb} not as checked: {', '.join(differ[:NAMED])}{more}."]


def changes(found: Mapping[str, Any], now: Mapping[str, str]) -> list[str]:
    """Return the files of a site that are not as its receipt has them, each with what became of it."""
    short = {path: hashed[:SHORT_HASH] for path, hashed in now.items()}
    before = found["files"]
    differ = [path for path in sorted({*before, *short}) if before.get(path) != short.get(path)]
    words = ["gone" if path not in short else "changed" if path in before else "new" for path in differ]
    return [f"{path} ({word})" for path, word in zip(differ, words, strict=True)]


def _another_commit(found: Mapping[str, Any], commit: str | None, *, changed: bool | None) -> list[str]:
    """Return how the site's sources differ from the checkout's."""
    built = found["commit"]
    if commit is not None and built != commit:
        return [f"The site was built from {_short(built)}, and this is {_short(commit)}."]
    if changed is None or found["changed"] == changed:
        return []
    if changed:
        return ["Files were changed after the site was built."]
    return ["The site was built from changes that are not committed."]


def _short(commit: str) -> str:
    return commit[:SHORT_COMMIT] or "no known commit"


def footer(checked: Mapping[str, int], *, commit: str, changed: bool, problems: int) -> str:
    """Return what a page's footer says of its own check; ``checked`` counts by noun, as in ``{"link": 41}``.

    Where nothing was checked it claims nothing.
    """
    what = ", ".join(count(number, noun) for noun, number in checked.items() if number)
    if not what:
        return ""
    place = f" at {commit[:SHORT_COMMIT]}" if commit else ""
    later = " and later changes" if commit and changed else ""
    found = f": {count(problems, 'problem')}" if problems else ""
    return f"{what} checked{place}{later}{found}"
