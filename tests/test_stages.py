"""The order of the engine's stages: each imports only those above it, and CONTRIBUTING.md shows who imports whom."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import studyguide

ROOT = Path(__file__).parent.parent
HOOKS = ROOT / "hooks"
# The packages beside each other in hooks/; each imports only those before it.
PACKAGES = ["reachability", "studyguide", "studyguide_mkdocs", "events"]
MKDOCS = {"mkdocs", "properdocs", "material", "mermaid2"}
LINE_RE = re.compile(r"^    (?P<names>[a-z_]+(?:\.py|/)?(?:, [a-z_]+(?:\.py|/)?)*) {2,}\S", re.MULTILINE)
GRAPH_RE = re.compile(r"^```text\n(?P<graph>codes\n.*?)^```$", re.MULTILINE | re.DOTALL)


class Import(NamedTuple):
    """An import, in a function or for a type's sake included: who imports what, and where it stands."""

    module: str
    name: str
    place: str

    @property
    def stages(self) -> tuple[str, str]:
        return _stage(self.module), _stage(self.name)


def _stage(name: str) -> str:
    """Return the stage of a module of the engine; of others, the package."""
    package, _, rest = name.partition(".")
    stage = rest.partition(".")[0]
    return stage if package == "studyguide" and stage in stages() else package


@cache
def stages() -> list[str]:
    """The stages in their order, as the engine's docstring lists them."""
    lines = LINE_RE.finditer(studyguide.__doc__ or "")
    return [name.removesuffix(".py").rstrip("/") for match in lines for name in match["names"].split(", ")]


@cache
def imports() -> list[Import]:
    files = [file for file in sorted(HOOKS.rglob("*.py")) if "vendor" not in file.parts]
    return [found for file in files for found in _imports(file)]


def _imports(file: Path) -> list[Import]:
    path = file.relative_to(HOOKS).with_suffix("").parts
    module = ".".join(path).removesuffix(".__init__")
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(path[: -node.level]) if node.level else ""
            names = [".".join(filter(None, [start, node.module, alias.name])) for alias in node.names]
        else:
            continue
        found += [Import(module, name, f"{file.relative_to(ROOT)}:{node.lineno}") for name in names]
    return found


def graph() -> str:
    """Return a line for each stage: its name, and the stages that it imports."""
    order = [*stages(), "studyguide_mkdocs"]
    edges = {found.stages for found in imports()}
    lines = [(own, [other for other in order if (own, other) in edges and own != other]) for own in order]
    return "".join(f"{f'{own:18}'}{', '.join(others)}".rstrip() + "\n" for own, others in lines)


def test_every_module_is_in_the_order() -> None:
    there = {
        path.stem
        for path in (HOOKS / "studyguide").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert sorted(stages()) == sorted(there - {"__init__"})


def test_each_stage_imports_only_those_above_it() -> None:
    order = stages()
    inside = [found for found in imports() if set(found.stages) <= set(order)]
    assert len({found.stages for found in inside}) > 50
    upstream = [
        f"{found.place}: {found.module} imports {found.name}, which comes after it"
        for found in inside
        if order.index(found.stages[1]) > order.index(found.stages[0])
    ]
    assert not upstream


def test_each_package_imports_only_those_before_it() -> None:
    between = [(found, *(name.partition(".")[0] for name in (found.module, found.name))) for found in imports()]
    wrong = [
        f"{found.place}: {own} imports {other}"
        for found, own, other in between
        if (other in PACKAGES and PACKAGES.index(other) > PACKAGES.index(own))
        or (other in MKDOCS and own != "studyguide_mkdocs")
        or (other in PACKAGES and own == "reachability" != other)
    ]
    assert not wrong


def test_contributing_shows_who_imports_whom() -> None:
    shown = GRAPH_RE.search((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert shown, f"CONTRIBUTING.md has no such block:\n```text\n{graph()}```"
    assert shown["graph"] == graph(), f"In CONTRIBUTING.md it should be:\n{graph()}"
