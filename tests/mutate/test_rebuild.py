"""What is kept from build to build changes no finding: the same mutants, built by ``mkdocs build`` on its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from building import mkdocs

from mutate import run
from mutate.kinds import KINDS
from mutate.plan import Trial, plan
from mutate.published import PUBLISHED

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.exports.record import Record

LOGGED_RE = re.compile(r"(?:WARNING|INFO   ) -  (?P<problem>\S+:\d+:\d+: (?:error|warning|hint) .*)")
# Each changes something that one of the kept results is made from: pages, files, navigation, theme, words, numbers.
SAMPLE = (
    "page-renamed",
    "heading-renamed",
    "nav-line-dropped",
    "theme-file-deleted",
    "included-file-deleted",
    "snippet-with-directive",
    "directive-id-twice",
    "answer-in-search",
    "published-figure-gone",
)


def cold(copy: run.Copy, settings: Record, site: Path) -> list[str]:
    """Return the first line of every problem that a build of its own logs."""
    run = mkdocs("build", "--config-file", settings.project.name, "--site-dir", str(site), folder=copy.root)
    assert run.returncode == 0, run.stderr
    return [match["problem"] for line in run.log if (match := LOGGED_RE.match(line))]


def test_rebuild_reports_what_a_build_of_its_own_reports(settings: Record, tmp_path: Path) -> None:
    with run.Copy(settings.project, tmp_path / "warm") as warm, run.Copy(settings.project, tmp_path / "cold") as other:
        warm.build("hold")
        published = (warm.site / "objects.json").read_bytes()
        for copy in (warm, other):
            copy.keep(settings.project.prefix + PUBLISHED, published)
        original = run.read(settings.project, settings.listing, run.files(settings.project), published)
        trials = plan(original, [KINDS[name] for name in SAMPLE], sample=1, seed=1)
        assert [trial.kind for trial in trials] == list(SAMPLE)
        for trial in trials:
            found = _warm(warm, trial)
            with other.changed(trial.mutant.files):
                assert found == cold(other, settings, tmp_path / "site"), trial
            assert found, trial
        assert warm.build().problems == ()


def _warm(copy: run.Copy, trial: Trial) -> list[str]:
    problems = copy.trial(trial.mutant.files).problems
    return [f"{problem.position}: {problem.severity} {problem.code} {problem.message}" for problem in problems]
