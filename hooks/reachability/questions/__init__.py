"""Questions that the model answers: every way in which a call can be stopped, as what stops it and as what mends it.

    questions("rds")  ->  [Question("cp-lab-rds-egress-none", "`orders` connects to its private MySQL database and ...")]

The state of a question holds one fault, and findings that look like others: the model says that the call is stopped by that
fault alone, that the change of the right answer lets it through, and that none of the other changes does. Which findings,
scenes and order a question has follows from its id, so it is the same every time.
"""

from __future__ import annotations

from functools import cache, partial
from itertools import product, starmap
from typing import TYPE_CHECKING, NamedTuple

from reachability.model import evaluate
from reachability.outcomes import OUTCOMES
from reachability.paths import paths
from reachability.questions import stories
from reachability.questions.causes import CAUSES
from reachability.questions.draw import CAUSE, MEND, ONCE, is_cause, pick, place, question_of
from reachability.questions.rows import rows
from reachability.questions.scene import OTHERS, Scene, lane_of, scene
from reachability.settings import TARGETS, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Option", "Question", "all_questions", "question_of", "questions"]

# A table of fewer lines shows little; these are shown first, where the call comes by them.
LINES = 6
FIRST = ("egress", "ingress", "route4", "gateway-endpoint", "interface-endpoint")
ACTIONS = {
    "rds": "rds-db:connect",
    "secrets": "secretsmanager:GetSecretValue",
    "s3": "s3:GetObject",
    "dynamodb": "dynamodb:GetItem",
    "lambda": "lambda:InvokeFunction",
}


class Option(NamedTuple):
    """An answer, why it is right or wrong, and which."""

    said: str
    because: str
    right: bool


class Question(NamedTuple):
    """A question about a call of a target that a hop stops; ``sources`` may hold keys and addresses."""

    id: str
    target: str
    key: str
    stem: str
    table: tuple[str, ...]
    options: tuple[Option, ...]
    sources: tuple[str, ...]


def questions(target: str) -> Iterator[Question]:
    """Yield the questions about calls of a target, in the order in which a call can be stopped."""
    keys = sorted({path.keys[-1] for path in paths(target) if not path.reached}, key=list(OUTCOMES).index)
    scenes_of = {
        name: found
        for key in keys
        if ONCE.get(key, target) == target
        for name in (f"{CAUSE}{target}-{key}", f"{MEND}{target}-{key}")
        if (found := scene(target, key, name))
    }
    # Each place of an answer is the right one as often as another.
    turns = {name: turn for turn, name in enumerate(sorted(scenes_of, key=place))}
    asked = set[str]()
    for name, found in scenes_of.items():
        # Readers tell questions by what they ask, not only by what is below.
        stem = next(stem for stem in _stems(name, found) if stem not in asked)
        asked.add(stem)
        yield _asked(name, found, stem, turns[name] % (OTHERS + 1))


def _words(target: str) -> dict[str, str]:
    return {
        "port": str(TARGETS[target].port),
        "title": TARGETS[target].title,
        "service": TARGETS[target].title if target != "lambda" else "Lambda",
        "gateway": TARGETS[target].title if target in {"s3", "dynamodb"} else "S3",
        "interface": "Lambda" if target == "lambda" else "Secrets Manager",
        "place": "database" if target == "rds" else "endpoint",
        "group": "DB-SG" if target == "rds" else "Endpoint-SG",
        "action": ACTIONS.get(target, ""),
    }


def _options(name: str, scene: Scene) -> list[Option]:
    """Return the answers, the right one first."""
    because = evaluate(scene.target, scene.state).hops[-1].because
    way = lane_of(scene.target, {**scene.state, **scene.change}, scene.key)
    reasons = [decoy.because[way] for decoy in scene.decoys]
    if is_cause(name):
        right, others = CAUSES[scene.key].said, [decoy.said for decoy in scene.decoys]
    else:
        right, others = scene.repair, [decoy.repair for decoy in scene.decoys]
        because = f"{because} {pick(stories.MENDED, name, 'mended')}"
    return [
        Option(right, because, right=True),
        *starmap(partial(Option, right=False), zip(others, reasons, strict=True)),
    ]


def _asked(name: str, scene: Scene, stem: str, turn: int) -> Question:
    words, (right, *others) = _words(scene.target), _options(name, scene)
    ordered = sorted(others, key=lambda option: place(name, option.said))
    ordered.insert(turn, right)
    return Question(
        name,
        scene.target,
        scene.key,
        stem,
        tuple(rows(_shown(scene), scene.state, [decoy.row for decoy in scene.decoys if decoy.row], words)),
        tuple(Option(option.said.format_map(words), option.because, option.right) for option in ordered),
        tuple(dict.fromkeys((*OUTCOMES[scene.key].sources, *(decoy.source for decoy in scene.decoys)))),
    )


def _stems(name: str, scene: Scene) -> list[str]:
    """Return everything that can be asked about a scene, in an order of the question's own."""
    symptom = OUTCOMES[scene.key].symptom
    if symptom == "cannot-start":
        told = [story.format(does=stories.DOES[scene.target]) for story in stories.REFUSED]
    else:
        told = [f"{call} {seen}." for call, seen in product(stories.CALLS[scene.target], stories.SEEN[symptom])]
    asks = stories.CAUSE if is_cause(name) else stories.MEND
    stems = sorted((f"{story} {ask}" for story, ask in product(told, asks)), key=lambda stem: place(name, stem))
    # What is refused at a deployment is no call yet.
    return [stem.replace("stops the call?", "stops it?") for stem in stems] if symptom == "cannot-start" else stems


def _shown(scene: Scene) -> list[str]:
    """Return the settings that the table shows: what differs, what the answers are about, and what the call comes by."""
    if scene.key.startswith(("unattached", "start")):
        return [name for name in ("attached", "role-eni") if name in scene.change]
    first, state = settings(), scene.state
    # What a decoy shows in a line of its own needs no second one.
    asked = {*scene.change, *(name for decoy in scene.decoys if not decoy.row for name in decoy.has)}
    named = {name for decoy in scene.decoys if decoy.row for name in decoy.has} & scene.reads
    shown = [name for name in state if name in asked | named or (name in scene.reads and state[name] != first[name])]
    more = [name for name in FIRST if name in scene.reads and name not in shown]
    lines = shown + more[: max(LINES - len(shown), 0)]
    # What an endpoint has is seen where there is one.
    bare = scene.target != "rds" and state["interface-endpoint"] == "none"
    return [name for name in lines if not (bare and name in {"ingress", "private-dns"})]


@cache
def all_questions() -> tuple[Question, ...]:
    """Return every question."""
    return tuple(question for target in TARGETS for question in questions(target))
