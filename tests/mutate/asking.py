"""Mistakes in how questions are worded: what gives an answer away, and what nobody could know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutate.directives import one_line
from mutate.insert import paragraph, paragraphs
from mutate.mutant import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mutate.mutant import Mutant
    from mutate.original import Original

WHY = "    > That is how it is."
# A guess that is always right on so many questions is seen beside the hundreds that a guide may have.
MANY = 60


def _question(key: str, stem: str, *items: str) -> list[str]:
    """Return the lines of a question whose items may bring their reason."""
    body = [line for item in items for line in (item.split("\n") if "\n" in item else (item, WHY))]
    return [f"/// checkpoint | {stem}", f"    id: {key}", "", *body, "///"]


def _asked(
    code: str, stem: str, *items: str, at: int = 0, twice: bool = False
) -> Callable[[Original], Iterator[Mutant]]:
    """Return the kind that puts in such a question, or two of them."""
    one = _question("cp-mutant", stem, *items)
    lines = [*one, "", *_question("cp-mutant-again", stem, *items)] if twice else one
    return lambda original: paragraphs(original, code, *lines, at=len(one) + 1 if twice else at)


def _beside(code: str, first: Sequence[str], second: Sequence[str]) -> Callable[[Original], Iterator[Mutant]]:
    """Return the kind that puts in two questions, the first of which is wrong for the second."""
    lines = [*_question("cp-mutant", *first), "", *_question("cp-mutant-again", *second)]
    return lambda original: paragraphs(original, code, *lines)


def _longest(original: Original) -> Iterator[Mutant]:
    """Yield many questions whose longest option is right, one of them plainer than any other."""
    lines = list[str]()
    for number in range(MANY):
        right = f"- [x] {'by another way, ' * (40 if not number else 3)}number {number}"
        wrong = [f"- [ ] way {number}{letter}" for letter in "abc"]
        lines += [*_question(f"cp-mutant-{number}", f"Where does packet {number} go?", *wrong, right), ""]
    for path, line in original.gaps:
        yield paragraph(original, path, line, "QST014", *lines[:-1])


def amount_unstated(original: Original) -> Iterator[Mutant]:
    """Yield a question whose answer has a number that the source it cites lacks."""
    key = next(key for source in original.sources.values() for key, _ in source.citations)
    right = f"- [x] For 4,321 hours\n    > So it says [@{key}]."
    return paragraphs(original, "QST008", *_question("cp-mutant", "How long?", right, "- [ ] For ever"), at=3)


def _without(option: str, code: str, *, unless: str) -> Callable[[Original], Iterator[Mutant]]:
    """Return the kind that takes an option out of a question, where no line of that says the same otherwise."""

    def mutants(original: Original) -> Iterator[Mutant]:
        for found in original.named("checkpoint"):
            if option in found.block.options and not any(unless in line.text for line in found.body):
                change = f"`{option}:` of `{found.id}` went"
                yield one_line(original, found, found.line(option), [], code=code, change=change)

    return mutants


KINDS = (
    Kind(
        "file-that-nobody-makes",
        lambda original: paragraphs(original, "DIR009", "<!-- studyguide: take questions.apk -->"),
    ),
    Kind(
        "comment-mistyped", lambda original: paragraphs(original, "DIR011", "<!-- studyguide: practise questions -->")
    ),
    Kind("extent-of-no-folder", lambda original: paragraphs(original, "DIR011", "<!-- studyguide: extent lern/ -->")),
    Kind(
        "comment-within-text",
        lambda original: paragraphs(original, "DIR011", "It takes <!-- studyguide: reading time --> to read."),
    ),
    Kind(
        "element-without-its-script",
        lambda original: paragraphs(
            original,
            "HTM002",
            "<x-mutant>One</x-mutant>",
            files={
                "overrides/assets/js/x-mutant.js": b'customElements.define("x-mutant", class extends HTMLElement {})'
            },
        ),
    ),
    Kind("id-without-a-name", lambda original: paragraphs(original, "ID002", "The ways *in*{ #mutant id } and out.")),
    Kind(
        "lab-asked-for-twice",
        lambda original: paragraphs(original, "ID001", *["<!-- studyguide: free play -->", ""] * 2, at=2),
    ),
    Kind("option-of-all-above", _asked("QST001", "Where to?", "- [ ] Out", "- [ ] In", "- [x] All of the above", at=7)),
    Kind("negation-in-passing", _asked("QST002", "Which way is not open?", "- [x] Out", "- [ ] In")),
    Kind(
        "question-asked-twice",
        _asked("QST003", "Which way does a lost packet go in the end?", "- [x] Out", "- [ ] In", twice=True),
    ),
    Kind("options-that-say-the-same", _asked("QST004", "Where to?", "- [ ] To a zone", "- [x] To the zones", at=5)),
    Kind("option-within-another", _asked("QST005", "Where to?", "- [x] Out and up", "- [ ] Out and up and in", at=5)),
    Kind("ranges-that-overlap", _asked("QST005", "How long?", "- [x] 1 to 5 minutes", "- [ ] 5 to 9 minutes", at=5)),
    Kind(
        "word-of-the-question",
        _asked("QST006", "Who has a xylograph?", "- [ ] Nobody", "- [x] Whoever cut xylographs", at=5),
    ),
    Kind("article-that-fits-one", _asked("QST007", "It leads to an", "- [x] exit", "- [ ] gateway")),
    Kind("two-asked-three-right", _asked("QST007", "Which two?", "- [x] Out", "- [x] In", "- [x] Up", "- [ ] Down")),
    Kind("amount-that-no-source-states", amount_unstated),
    Kind(
        "reason-with-a-wrong-verdict",
        _asked("QST009", "Where to?", "- [ ] Out\n    > Right. It is so.", "- [x] In", at=3),
    ),
    Kind(
        "question-that-answers-another",
        _beside(
            "QST010",
            ("What helps?", "- [ ] Rain", "- [x] A xylograph of zebras playing zithers"),
            ("A xylograph shows zebras who play zithers. Why?", "- [x] Out", "- [ ] In"),
        ),
    ),
    Kind("question-without-end", _asked("QST011", f"Where {'and how ' * 20}does it go?", "- [x] Out", "- [ ] In")),
    Kind("source-of-a-question-dropped", _without("evidence", "QST012", unless="[@")),
    Kind("objective-of-a-question-dropped", _without("objective", "QST013", unless="\0")),
    Kind("longest-option-always-right", _longest, most=1),
)
