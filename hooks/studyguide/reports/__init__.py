"""Problems -> what a person or a program reads.

report = gather(problems, {"docs/index.md": text}, checked="13 pages, 400 links")
FORMATS["sarif"](report)  ->  the report as SARIF
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.reports import github, json_report, junit, sarif, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from studyguide.reports.report import Report

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text.report,
    "json": json_report.report,
    "sarif": sarif.report,
    "junit": junit.report,
    "github": github.report,
}
