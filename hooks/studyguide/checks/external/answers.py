"""Answers kept on disk, a file for each page, so that a second check asks only for what is old or was not well.

Failures are not kept. There are few of them, the next check is there to see whether they are over, and a page that is
back must not be called gone. A file that is cut short, was changed or lies in the future is as good as absent.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from studyguide.checks.external.visit import Answer

DAY = 86_400


class Answers:
    """A folder of answers; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None, *, now: float, max_age: float) -> None:
        self._folder, self._now, self._oldest = folder, now, now - max_age * DAY

    def get(self, url: str) -> Answer | None:
        if self._folder is None:
            return None
        try:
            digest, _, body = (self._folder / _name(url)).read_text("utf-8").partition("\n")
            return self._answer(body, url) if digest == _digest(body) else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def _answer(self, body: str, url: str) -> Answer | None:
        fields = json.loads(body)
        if not self._oldest < fields.pop("checked") <= self._now or fields["url"] != url:
            return None
        anchors = fields.pop("anchors")
        return Answer(**fields, anchors=None if anchors is None else tuple(anchors))

    def put(self, answer: Answer) -> None:
        if self._folder is None or answer.failure:
            return
        body = json.dumps({**asdict(answer), "checked": self._now}, ensure_ascii=False)
        with suppress(OSError, ValueError):  # a cache that cannot be written costs time, not the check
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(self._folder, _name(answer.url), f"{_digest(body)}\n{body}")


def _name(url: str) -> str:
    return f"{_digest(url)}.json"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _write(folder: Path, name: str, text: str) -> None:
    # A check that is stopped half-way, or one beside it, never leaves half a file.
    handle, temporary = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).replace(folder / name)
    finally:
        Path(temporary).unlink(missing_ok=True)
