"""This guide, built with and without its hook in a copy of the repository -> what the hook and its checks cost."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from contenders import PROBE, ROOT, Contender, Cost, measure, median, run
from saves import waits

# What a copy leaves out: environments, caches and built sites.
LEFT_OUT = (
    ".venv",
    ".cache",
    "site",
    "output",
    "__pycache__",
    "*.egg-info",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
)
# The same pages, settings and theme, without what the hook makes or needs.
PLAIN = "INHERIT: mkdocs.yml\nhooks: []\nplugins: [search]\n"


class GuideCosts(NamedTuple):
    """What building the guide costs, and what its checks cost within that, in seconds of processor time.

    ``saved`` are the seconds from a saved page until a server has it, ``saved_plain`` those with plain Material.
    """

    pages: int
    plain: Cost
    again: Cost
    drawn: Cost
    first: Cost
    checks: float
    saved: float
    saved_plain: float


def _left_out(folder: str, names: list[str]) -> set[str]:
    # A package of the engine has the name of the folder that sites are built into.
    kept = set() if Path(folder) == ROOT else {"site"}
    return set(shutil.ignore_patterns(*LEFT_OUT)(folder, names)) - kept


def costs(folder: Path, *, runs: int) -> GuideCosts:
    """Build a copy of the guide ``runs`` times each way, in turns.

    The first build has nothing from one before; ``drawn`` has the figures, as after a change of the hook's own code;
    ``again`` has every page that did not change.
    """
    shutil.copytree(ROOT, folder, ignore=_left_out, symlinks=True)
    (folder / "plain.yml").write_text(PLAIN, "utf-8")
    # With the hook: through the probe, which adds no more than the start of a process' watch.
    hooked = Contender("hooked", (sys.executable, str(PROBE), "watch.json", "mkdocs", "build", "--quiet"), ("site",))
    bare = Contender("bare", (sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", "plain.yml"), ("site",))
    first = run(hooked, folder)
    if first.code or measure(bare.command, folder).code:
        message = f"The guide does not build, so nothing is measured:\n{first.output}"
        raise RuntimeError(message)
    plain, again, drawn, checks = [], [], [], []
    for _ in range(runs):
        plain.append(run(bare, folder).cost)
        again.append(run(hooked, folder).cost)
        (folder / ".cache/pages").unlink()
        drawn.append(run(hooked, folder).cost)
        watch = json.loads((folder / "watch.json").read_text("utf-8"))
        checks.append(watch["read"] + watch["check"])
    pages = sum(1 for _ in (folder / "site").rglob("*.html"))
    builds = median(plain), median(again), median(drawn), first.cost
    saved = waits(folder, "mkdocs.yml"), waits(folder, "plain.yml")
    return GuideCosts(pages, *builds, sorted(checks)[len(checks) // 2], *saved)
