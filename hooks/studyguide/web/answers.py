"""Answers kept on disk, a file for each page, so that a second check asks only for what is old or was not well.

Failures are not kept. There are few of them, the next check is there to see whether they are over, and a page that is
back must not be called gone. A file that is cut short, was changed or lies in the future is as good as absent.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from studyguide.shelf import Shelf, digest
from studyguide.web.visit import Answer

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400


class Answers:
    """A folder of answers; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None, *, now: float, max_age: float) -> None:
        self._shelf, self._now, self._oldest = Shelf(folder), now, now - max_age * DAY

    def get(self, url: str) -> Answer | None:
        """Return what is known of a page, None if nothing is, or it is too old."""
        body = self._shelf.get(digest(url))
        try:
            return None if body is None else self._answer(body, url)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None

    def _answer(self, body: str, url: str) -> Answer | None:
        fields = json.loads(body)
        if not self._oldest < fields.pop("checked") <= self._now or fields["url"] != url:
            return None
        anchors = fields.pop("anchors")
        return Answer(**fields, anchors=None if anchors is None else tuple(anchors))

    def put(self, answer: Answer) -> None:
        """Keep an answer that is no failure."""
        if not answer.failure:
            body = json.dumps({**asdict(answer), "checked": self._now}, ensure_ascii=False)
            self._shelf.put(digest(answer.url), body)
