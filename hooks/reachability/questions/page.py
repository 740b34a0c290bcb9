"""The questions as pages of the bank, in Markdown: what is written there is never edited by hand.

python -m reachability questions docs/practice/bank   ->   model-database.md, model-services.md, ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reachability.outcomes import OUTCOMES
from reachability.questions import questions
from reachability.words import CODE_RE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.questions import Question

REVIEWED = "2026-11-29"
MARK = "<!-- Made by `python -m reachability questions docs/practice/bank`: change the model or its words, and make it anew. -->"


class Page(NamedTuple):
    """A page of the bank: whose questions it holds, and what it says above them."""

    name: str
    targets: tuple[str, ...]
    title: str
    description: str
    about: str


PAGES = (
    Page(
        "model-database.md",
        ("rds",),
        "a stopped database call",
        "Questions that the network model makes and answers: a function, a private database, and one fault between them.",
        "a call of a [private database](../../learn/databases.md)",
    ),
    Page(
        "model-services.md",
        ("secrets", "lambda"),
        "a stopped AWS call",
        "Questions that the network model makes and answers: calls of Secrets Manager and of Lambda, with one fault each.",
        "a call of an [AWS service](../../learn/aws-services.md) that has interface endpoints",
    ),
    Page(
        "model-tables.md",
        ("s3", "dynamodb"),
        "a stopped call of S3 or DynamoDB",
        "Questions that the network model makes and answers: buckets and tables, gateway endpoints, and one fault each.",
        "a call of [S3 or DynamoDB](../../learn/aws-services.md)",
    ),
    Page(
        "model-internet.md",
        ("api4", "api6"),
        "a stopped internet call",
        "Questions that the network model makes and answers: public APIs over IPv4 and IPv6, and one fault on the way out.",
        "a call of a [public API](../../learn/internet.md)",
    ),
)
ABOUT = """Each table shows a part of a network, and what it does not show is in order. One thing stops {about}: name it, or
mend it with the one change that is enough. [The model of the lab](../../lab/index.md) made these questions and knows the
answers."""

OBJECTIVES = {
    "start": "permissions",
    "dns": "dns",
    "ipv6": "internet",
    "egress": "networking",
    "ingress": "networking",
    "nacl-out": "networking",
    "nacl-in": "networking",
    "reply": "networking",
    "nat": "internet",
    "igw": "internet",
    "server": "build",
    "endpoint-policy": "endpoints",
    "role-call": "permissions",
}
# Of a route it depends on what is called.
ROUTES = {"rds": "targets", "api4": "internet", "api6": "internet"}
LESSONS = {
    "permissions": "[Permissions](../../learn/permissions.md) tells who needs which action, and when.",
    "dns": "[Names and DNS](../../learn/dns.md) tells who answers a lookup, and what a failure looks like.",
    "internet": "[The way to the internet](../../learn/internet.md) goes through each part of this way.",
    "networking": "[Security groups](../../learn/security-groups.md) has the pair of rules, and the four checks of an ACL.",
    "targets": "[Other private targets](../../learn/other-targets.md) tells how a call gets into another VPC.",
    "build": "[Troubleshooting](../../reference/troubleshooting.md) reads a refusal, a silence and a denial.",
    "endpoints": "[AWS services](../../learn/aws-services.md) has both kinds of endpoint, and what each asks for.",
}
EASY, MEDIUM, HARD = 1, 2, 3


def pages() -> dict[str, str]:
    """Return the text of each page by its name."""
    return {page.name: "\n".join(_lines(page)) for page in PAGES}


def _lines(page: Page) -> Iterator[str]:
    yield from ("---", f'title: "Bank: {page.title}"', f'description: "{page.description}"')
    yield from ("search:", "  exclude: true", "---", "", MARK, "", f"# Bank: {page.title}", "")
    yield from (ABOUT.format(about=page.about), "")
    for target in page.targets:
        for question in questions(target):
            yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    objective, facts = _objective(question), [key for key in question.sources if "://" not in key]
    yield f"/// checkpoint | {question.stem}"
    yield f"    id: {question.id}"
    yield f"    objective: obj-{objective}"
    yield f"    difficulty: {_difficulty(question)}"
    yield f"    reviewed: {REVIEWED}"
    yield f"    evidence: [{', '.join(f'fact:{key}' for key in facts)}]"
    yield from ("", *question.table, "")
    for option in question.options:
        yield f"- [{'x' if option.right else ' '}] {option.said}"
        yield "    > " + CODE_RE.sub(r"`\g<0>`", option.because)
    yield from ("", LESSONS[objective], "///", "")


def _objective(question: Question) -> str:
    return OBJECTIVES.get(OUTCOMES[question.key].hop) or ROUTES.get(question.target, "endpoints")


def _difficulty(question: Question) -> int:
    said = OUTCOMES[question.key]
    if said.symptom != "timeout":
        return EASY
    return HARD if said.hop in {"nacl-in", "nacl-out", "reply", "nat"} else MEDIUM
