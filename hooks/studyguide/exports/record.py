"""What a build knew, kept in the receipt: MkDocs' list of the site, every target, and what the sources show.

A check of the built site reads it there, so that nobody works out a second time what MkDocs and the parser knew.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from studyguide.codes import RULES
from studyguide.kinds import KINDS
from studyguide.listing import Entry, Listed, Listing, Project
from studyguide.model import Edit, Position, Problem, Target
from studyguide.text import inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from studyguide.collect import Manuscript
    from studyguide.links.registry import Registry
    from studyguide.text.source import Source

HASH = 16
PLACE = {"path": str, "line": int, "column": int}
# As in the receipt.
SHAPE: dict[str, Any] = {
    "docs": str,
    "site_url": str,
    "directives": bool,
    "whole_nav": bool,
    "directory_urls": bool,
    "from_docs": bool,
    "theme": str,
    "pages": [
        {"path": str, "url": str, "file": str, "source": str, "made_by": str, "outside": bool},
    ],
    "files": {str: str},
    "missing": [{"path": str, "position": PLACE}],
    "empty": [{"path": str, "position": PLACE}],
    "others": [str],
    "syntax": [str],
    "targets": [
        {
            "kind": tuple(KINDS),
            "id": str,
            "title": str,
            "position": PLACE,
            "text": str,
            "page": str,
        }
    ],
    "written": [
        {
            "code": str,
            "position": PLACE,
            "message": str,
            "fix": str,
            "notes": [str],
            "edit": (type(None), {"position": PLACE, "old": str, "new": str}),
            "level": (type(None), "error", "warning", "hint"),
        }
    ],
    "included": {str: [str]},
    "inputs": {str: str},
    "made": {str: str},
}


@dataclass(frozen=True)
class Record:
    """What a build knew.

    ``targets`` are those of the guide in reading order, each with its page; ``written`` are the problems that the
    sources show, whatever became of the site since; ``included`` names the files that a page includes, ``inputs`` is a
    hash of every text that was read, by the path that problems print; ``made`` are the texts that plugins made and those
    that a page includes from elsewhere, which the project does not have.
    """

    project: Project
    listing: Listing
    targets: Sequence[tuple[Target, str]]
    written: Sequence[Problem]
    included: Mapping[str, Sequence[str]]
    inputs: Mapping[str, str]
    made: Mapping[str, str]

    def stale(self, texts: Mapping[str, str]) -> list[str]:
        """Return the files that are not as they were when the site was built; ``texts`` are those that were read again."""
        root = self.project.root
        now = {path: texts[path] if path in texts else _text(root / path, path) for path in self.inputs}
        return [path for path, known in self.inputs.items() if known != _hash(now[path])]


def of(manuscript: Manuscript, registry: Registry, written: Sequence[Problem]) -> Record:
    """Return the record of a finished build."""
    placed = [(target, registry.page(target.id)) for target in registry]
    pages = {page.source for page in manuscript.listing.pages if page.made_by}
    included = {path: [file.path for file in files] for path, files in manuscript.included.items() if files}
    made = {path: text for path, text in manuscript.texts.items() if path in pages}
    made |= {file.path: file.text for files in manuscript.included.values() for file in files if _is_elsewhere(file)}
    read = {path: _hash(text) for path, text in manuscript.texts.items() if path not in pages}
    return Record(manuscript.project, manuscript.listing, placed, written, included, read, made)


def as_values(record: Record) -> dict[str, Any]:
    """Return the record as the receipt keeps it."""
    project, listing = record.project, record.listing
    return {
        "docs": project.prefix.rstrip("/"),
        "site_url": project.site_url,
        "directives": project.directives,
        "whole_nav": project.whole_nav,
        "directory_urls": project.directory_urls,
        "from_docs": project.from_docs,
        "theme": project.theme,
        "pages": [asdict(page) for page in listing.pages],
        "files": dict(sorted(listing.files.items())),
        "missing": [asdict(entry) for entry in listing.missing],
        "empty": [asdict(entry) for entry in listing.empty],
        "others": sorted(listing.others),
        "syntax": sorted(listing.syntax),
        "targets": [_target(target) | {"page": page} for target, page in record.targets],
        "written": [_problem(problem) for problem in record.written],
        "included": dict(sorted(record.included.items())),
        "inputs": dict(sorted(record.inputs.items())),
        "made": dict(sorted(record.made.items())),
    }


def named(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the values, which fit ``SHAPE``, say is to be read or mended, and the addresses: none is absolute."""
    yield from (page[name] for page in values["pages"] for name in ("url", "file"))
    yield from (page["source"] for page in values["pages"] if not page["made_by"])
    yield from (name for names in values["included"].values() for name in names)
    yield from values["inputs"]
    yield from (each["edit"]["position"]["path"] for each in values["written"] if each.get("edit"))


def read(values: Mapping[str, Any], root: Path, settings: Mapping[str, str]) -> Record:
    """Return the record that a receipt keeps, of the project in the folder ``root``; the values fit ``SHAPE``."""
    project = Project(
        root=root,
        docs=root / values["docs"],
        settings=settings,
        site_url=values["site_url"],
        directives=values["directives"],
        whole_nav=values["whole_nav"],
        directory_urls=values["directory_urls"],
        from_docs=values["from_docs"],
        theme=values["theme"],
    )
    listing = Listing(
        pages=tuple(Listed(**_only(page, Listed)) for page in values["pages"]),
        files=values["files"],
        missing=tuple(_entry(entry) for entry in values["missing"]),
        empty=tuple(_entry(entry) for entry in values["empty"]),
        others=frozenset(values["others"]),
        syntax=frozenset(values["syntax"]),
    )
    targets = [
        (Target(each["kind"], each["id"], each["title"], Position(**each["position"]), each["text"]), each["page"])
        for each in values["targets"]
    ]
    written = [_read_problem(each) for each in values["written"] if each["code"] in RULES]
    return Record(project, listing, targets, written, values["included"], values["inputs"], values["made"])


def _is_elsewhere(file: Source) -> bool:
    """Return whether a file that a page includes is not in the project."""
    return file.path.startswith("<")


def _entry(values: Mapping[str, Any]) -> Entry:
    return Entry(values["path"], Position(**values["position"]))


def _only(values: Mapping[str, Any], kind: type) -> dict[str, Any]:
    return {name: values[name] for name in kind.__dataclass_fields__}  # type: ignore[attr-defined]


def _target(target: Target) -> dict[str, Any]:
    # Without its number, for the registry counts again. There are many, and `asdict` is slow.
    place = {"path": target.position.path, "line": target.position.line, "column": target.position.column}
    return {"kind": target.kind, "id": target.id, "title": target.title, "position": place, "text": target.text}


def _problem(problem: Problem) -> dict[str, Any]:
    return asdict(problem) | {"notes": list(problem.notes)}


def _read_problem(values: Mapping[str, Any]) -> Problem:
    edit = values.get("edit")
    return Problem(
        Position(**values["position"]),
        values["code"],
        values["message"],
        values["fix"],
        tuple(values["notes"]),
        Edit(Position(**edit["position"]), edit["old"], edit["new"]) if edit else None,
        values["level"],
    )


def _text(file: Path, path: str) -> str:
    return inputs.read(file, path)[0]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:HASH]
