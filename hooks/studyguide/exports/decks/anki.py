"""Questions -> a package and a text file for Anki, a card each.

A note is known by its guide's name and its question's id, so that a newer package changes the cards and leaves their schedules alone; its day
is the one on which the question was reviewed. The same questions make the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import genanki

from studyguide import figures
from studyguide.exports.decks.clean import FIGURE, IMAGE, described, with_images
from studyguide.exports.decks.shown import sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studyguide.exports.decks.taken import Taken
    from studyguide.model import Drawing

FIELDS = ("Id", "Question", "Options", "Answer", "Explanation", "Page")
FRONT = "{{Question}}{{Options}}"
BACK = "{{FrontSide}}<hr id=answer>{{Answer}}{{Explanation}}{{Page}}"
CSS = """\
.card { max-width: 40rem; margin: 0 auto; padding: 0 0.5rem; font: 18px/1.5 sans-serif; text-align: left; }
pre { padding: 0.5rem; overflow-x: auto; background: #f3f3f3; }
table { border-collapse: collapse; }
th, td { padding: 0.2rem 0.6rem; border: 1px solid #8a8a8a; text-align: left; }
li > p { margin: 0.1rem 0 0.6rem; }
img { max-width: 100%; }
img.sg-dark, .nightMode img.sg-light { display: none; }
.nightMode img.sg-dark { display: inline; }
.nightMode pre { background: #2a2a2a; }
.nightMode a { color: #8ab4f8; }
"""
# A zip file knows no earlier day, and needs none.
NO_DAY = (1980, 1, 1, 0, 0, 0)
# Anki takes an id for the millisecond of its making: these are of the years from 2001 to 2036.
FIRST_ID, IDS = 10**12, 2**40


class Media(NamedTuple):
    """A file that cards show."""

    name: str
    content: bytes


class _Note(genanki.Note):  # type: ignore[misc]  # it ships no types
    """A note that has a day and an id of its own."""

    def __init__(
        self, model: genanki.Model, fields: list[str], tags: list[str], *, guid: str, due: int, day: int
    ) -> None:
        super().__init__(model=model, fields=fields, tags=tags, guid=guid, due=due)
        self._day = day

    def write_to_db(self, cursor: sqlite3.Cursor, _timestamp: float, deck_id: int, _ids: Iterator[int]) -> None:
        super().write_to_db(cursor, self._day, deck_id, count(_id("note", self.guid)))


def package(
    questions: Sequence[Taken],
    objectives: Mapping[str, str],
    drawings: Mapping[str, Drawing],
    images: Mapping[str, bytes],
    *,
    name: str,
    site: str,
) -> bytes:
    """Return an ``.apkg`` file; ``drawings`` are those that questions show, by their keys, ``images`` by their files."""
    template = {"name": "Question", "qfmt": FRONT, "afmt": BACK}
    model = genanki.Model(
        _id("model", name, *FIELDS), f"Question of {name}", [{"name": field} for field in FIELDS], [template], CSS
    )
    decks, media = dict[str, genanki.Deck](), dict[str, Media]()
    for due, question in enumerate(questions):
        title = objectives.get(question.objective, "")
        deck = decks.setdefault(
            title, genanki.Deck(_id("deck", name, question.objective), f"{name}::{title}" if title else name)
        )
        fields = [_with_files(field, drawings, images, media) for field in _fields(question, site)]
        guid, day = _guid(name, question), _seconds(question.reviewed)
        deck.add_note(_Note(model, fields, _tags(question), guid=guid, due=due, day=day))
    latest = max((_seconds(question.reviewed) for question in questions), default=1)
    return _zipped(_collection(list(decks.values()), latest), list(media.values()))


def _collection(decks: list[genanki.Deck], latest: int) -> bytes:
    database = sqlite3.connect(":memory:")
    genanki.Package(decks).write_to_db(database.cursor(), latest, count(1))
    database.commit()
    content = database.serialize()
    database.close()
    return content


def _zipped(collection: bytes, media: Sequence[Media]) -> bytes:
    names = json.dumps({str(number): each.name for number, each in enumerate(media)})
    files = {
        "collection.anki2": collection,
        "media": names.encode(),
        **{str(n): each.content for n, each in enumerate(media)},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path, NO_DAY), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _fields(question: Taken, site: str) -> list[str]:
    shown = sides(question)
    page = f'<p><a href="{escape(site + question.place)}">In the guide</a></p>' if site else ""
    return [
        question.id,
        shown.question,
        shown.options,
        f"<p>{shown.verdict}</p>{shown.reasons}",
        shown.explanation,
        page,
    ]


def _tags(question: Taken) -> list[str]:
    level = [f"difficulty-{question.difficulty}"] if question.difficulty else []
    return [each for each in (question.objective, question.kind, *level) if each]


def _with_files(
    html: str, drawings: Mapping[str, Drawing], images: Mapping[str, bytes], media: dict[str, Media]
) -> str:
    """Return a field with its images, each drawing as two, for light and for dark, and add them to the files."""

    def image(address: str, alt: str) -> str:
        key, file = address.removeprefix(FIGURE), address.removeprefix(IMAGE)
        if file != address and file in images:
            name = file.replace("/", "-")
            media[name] = Media(name, images[file])
            return f'<img src="{escape(name)}" alt="{escape(alt)}">'
        if key == address or key not in drawings:
            return f"<em>[{escape(alt)}]</em>"
        shown = []
        for scheme in figures.SCHEMES:
            name = f"{key}-{scheme}.svg"
            media[name] = Media(name, figures.standalone(drawings[key], alt=alt, scheme=scheme).encode("utf-8"))
            shown.append(f'<img class="sg-{scheme}" src="{name}" alt="{escape(alt)}">')
        return "".join(shown)

    return with_images(html, image)


def text(questions: Sequence[Taken], objectives: Mapping[str, str], *, name: str, site: str) -> bytes:
    """Return the same cards for Anki's own note type, as a text that says which column is what."""
    file = io.StringIO()
    file.write("#separator:tab\n#html:true\n#guid column:1\n#deck column:2\n#tags column:3\n#notetype:Basic\n")
    table = csv.writer(file, delimiter="\t", lineterminator="\n")
    for question in questions:
        title = objectives.get(question.objective, "")
        _, asked, options, answer, explanation, page = (described(field) for field in _fields(question, site))
        deck = f"{name}::{title}" if title else name
        front, back = asked + options, answer + explanation + page
        table.writerow([_guid(name, question), deck, " ".join(_tags(question)), front, back])
    return file.getvalue().encode("utf-8")


def _guid(name: str, question: Taken) -> str:
    """Return what Anki knows a note by: two guides may have questions with one id."""
    return str(genanki.guid_for(name, question.id))


def _id(*parts: str) -> int:
    """Return a number that these words alone have."""
    return FIRST_ID + int.from_bytes(sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()[:8]) % IDS


def _seconds(day: str) -> int:
    """Return when a day began; of one that is none, the first second that there is."""
    try:
        return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return 1
