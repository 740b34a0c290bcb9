"""What Anki itself makes of our packages, one after the other in one collection: run in an environment that has it.

python tests/decks/importing.py FOLDER first.apkg [second.apkg] [deck.txt]

Between two files each card is reviewed once, as a reader does. What Anki says of each file is printed as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)
from anki.import_export_pb2 import IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER as IF_NEWER


def main(folder: Path, files: list[Path]) -> None:
    """Import the files, and print what the collection holds after each."""
    collection = Collection(str(folder / "collection.anki2"))
    found = []
    for number, file in enumerate(files):
        if number:
            review(collection)
        found.append(log(bring(collection, file)) | state(collection))
    collection.close()
    sys.stdout.write(json.dumps(found))


def bring(collection: Collection, file: Path) -> Any:
    """Import a file as Anki's dialogue does when nothing is changed in it."""
    if file.suffix == ".apkg":
        options = ImportAnkiPackageOptions(update_notes=IF_NEWER, update_notetypes=IF_NEWER, with_scheduling=False)
        return collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(file), options=options))
    metadata = collection.get_csv_metadata(str(file), None)
    return collection.import_csv(ImportCsvRequest(path=str(file), metadata=metadata))


def log(response: Any) -> dict[str, Any]:
    """Return how many notes were new, updated, the same as before, or in the way of another."""
    kinds = ("new", "updated", "duplicate", "conflicting", "missing_notetype", "empty_first_field")
    return {kind: len(getattr(response.log, kind)) for kind in kinds}


def review(collection: Collection) -> None:
    """Answer every card that waits with "good", and so give it a schedule."""
    for deck in collection.decks.all_names_and_ids():
        collection.decks.select(deck.id)
        while (card := collection.sched.getCard()) is not None:
            collection.sched.answerCard(card, 4)


def state(collection: Collection) -> dict[str, Any]:
    """Return the notes by their guid, and what each one's card knows."""
    notes = {}
    for key in collection.find_notes(""):
        note = collection.get_note(key)
        card = note.cards()[0]
        notes[note.fields[0]] = {
            "guid": note.guid,
            "id": note.id,
            "card": card.id,
            "mod": note.mod,
            "type": (note.note_type() or {})["name"],
            "deck": collection.decks.name(card.did),
            "tags": note.tags,
            "front": card.question(),
            "back": card.answer(),
            "fields": note.fields,
            "due": card.due,
            "interval": card.ivl,
            "reviews": card.reps,
        }
    return {"notes": notes, "media": sorted(path.name for path in Path(collection.media.dir()).iterdir())}


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
