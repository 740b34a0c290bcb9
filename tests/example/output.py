"""What a reader of the log and a caller see of real runs, as files that the pages include.

    Shown(folder)("database-down", call)  ->  docs/example/output/database-down.txt

Of a run only the numbers that differ each time are changed: connections are counted from 1, and the line of Python's
source is left out. The stand-in for the endpoint of Secrets Manager has the endpoint's name.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from example.cloud import Call

WRITE = "EXAMPLE_OUTPUT"  # set to `write`, the files are written instead of compared
CONNECTION_RE = re.compile(r'(?<="connection": )\d+')
SOURCE_LINE_RE = re.compile(r"(?<=\(_ssl\.c):\d+(?=\))")
ENDPOINT_RE = re.compile(r"http://localhost:\d+/")


@dataclass(frozen=True)
class Shown:
    """Compares runs with the files of a folder, or writes them."""

    folder: Path

    def __call__(self, name: str, *calls: Call) -> None:
        file, text = self.folder / f"{name}.txt", written(*calls)
        if os.environ.get(WRITE) == "write":
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        found = file.read_text("utf-8") if file.exists() else None
        assert found == text, f"{file.name} is not what this run said; {WRITE}=write writes it"


def written(*calls: Call) -> str:
    """Return calls as text, a blank line between two."""
    text = "\n".join(_call(call) for call in calls)
    numbers = list(dict.fromkeys(CONNECTION_RE.findall(text)))
    text = CONNECTION_RE.sub(lambda match: str(numbers.index(match[0]) + 1), text)
    text = ENDPOINT_RE.sub("https://secretsmanager.eu-west-1.amazonaws.com/", text)
    return SOURCE_LINE_RE.sub("", text)


def _call(call: Call) -> str:
    lines = [("event", json.dumps(call.event)), *(("log", json.dumps(line)) for line in call.log)]
    return "".join(f"{label:9} {text}\n" for label, text in [*lines, ("response", call.response)])
