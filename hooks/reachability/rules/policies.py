"""Who may: the policy of an endpoint, that of what is called, and the role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.rules.call import Call

    Exit = Literal["endpoint", "nat", "inside", "other"]

THROUGH: Final = ("endpoint", "vpc", "subnet")


def endpoint(call: Call) -> Iterator[str]:
    """Pass the policy of an endpoint: its resources, and then its principals."""
    yield f"policy-{call.read('endpoint-policy')}"
    if (principals := call.more("endpoint-principals")) != "any":
        mine = "lambda" if call.more("caller") == "poller" else "role"
        yield "policy-principal" if principals == mine else "policy-other-principal"


def resource(call: Call, by: Exit) -> Iterator[str]:
    """Pass the policy of what is called; ``by`` says through what the call came."""
    policy = call.more("resource-policy")
    if policy == "role":
        yield "resource-met" if call.more("signed") == "yes" else "resource-unsigned"
    elif policy == "other-endpoint":
        yield "resource-other-endpoint"
    elif policy == "source-ip":
        yield "resource-met" if by == "nat" else "resource-other-address"
    elif policy in THROUGH and by != "endpoint":
        yield "resource-not-through"
    elif policy == "subnet" and call.more("caller-subnet") == "other":
        yield "resource-other-subnet"
    elif policy in THROUGH:
        yield "resource-met"


def role(call: Call) -> Iterator[str]:
    """Only calls of AWS are a matter of the role; a public API knows nothing of it."""
    if call.has("service"):
        yield {"yes": "call-allowed", "no": "call-denied"}[call.read("role-call")]
