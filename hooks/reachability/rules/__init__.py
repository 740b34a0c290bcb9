"""The hops of a call, in the order in which the call meets them.

A rule reads settings by name and yields keys of outcomes; whoever follows stops at the first that blocks. So the order
of reading is the order of checking, and a setting that is never read cannot matter. No rule reads behind a block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reachability.rules import policies
from reachability.rules.call import Call, of_before, untouched
from reachability.rules.callers import CALLERS
from reachability.rules.databases import database
from reachability.rules.names import look_up
from reachability.rules.services import service
from reachability.rules.ways import internet4, internet6, leave_subnet, reply, sent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.rules.call import Read, Rule
    from reachability.setting import Target

IPV6: Final = {"off": "ipv6-off", "subnet": "ipv6-not-allowed", "allowed": "ipv6-on"}


def journey(target: Target, read: Read, more: Read = untouched) -> Iterator[str]:
    """Yield what each hop says to a call of ``target``."""
    call = Call(target, read, more)
    if (caller := more("caller")) != "function":
        yield from CALLERS[caller](call)
        return
    if more("sender") == "lambda" and more("function-kind") == "usual":
        yield "sender-lambda"
        yield from policies.role(call)
        return
    if (update := more("update")) == "none":
        yield _start(call)
    else:
        yield f"update-{update}"
        call = of_before(call)
    if call.read("attached") == "no":
        yield from UNATTACHED.get(target.name, _unattached_public)(call)
        return
    if more("outage") == more("from-zone"):
        yield "zone-down"
    yield from ATTACHED.get(target.name, service)(call)


def _start(call: Call) -> str:
    if call.read("attached") == "no":
        return "start-unattached"
    if call.more("function-kind") == "managed-instances":
        return "start-instances"
    return {"yes": "start-attached", "no": "start-no-role"}[call.read("role-eni")]


def _unattached_database(call: Call) -> Iterator[str]:
    if call.more("public-database") == "yes":
        yield "unattached-name-public"
        yield from sent(call)
        yield "unattached-public"
        yield "ingress-public"
    yield "name-unknown" if call.more("name") == "private" else "unattached-name"
    yield from sent(call)
    yield "unattached-private"


def _unattached_ipv6(_call: Call) -> Iterator[str]:
    yield "unattached-ipv6"


def _unattached_public(call: Call) -> Iterator[str]:
    yield from sent(call)
    yield "unattached-public"
    if call.more("mail") != "no":
        yield "mail-blocked"
    if call.more("allow-list") != "none":
        yield "list-other-address"
    yield from policies.resource(call, "other")
    yield from policies.role(call)


def _public4(call: Call) -> Iterator[str]:
    yield from look_up(call)
    yield from sent(call)
    yield from leave_subnet(call)
    yield from internet4(call)
    if (mail := call.more("mail")) != "no":
        yield "mail-lifted" if mail == "lifted" and call.read("route4") == "nat" else "mail-blocked"
    yield from reply(call)
    if (listed := call.more("allow-list")) != "none":
        yield "list-address" if listed == "nat-a" and _is_by_nat_of_a(call) else "list-other-address"


def _is_by_nat_of_a(call: Call) -> bool:
    return call.read("route4") == "nat" and "a" in (call.more("from-zone"), call.more("parts-in"))


def _public6(call: Call) -> Iterator[str]:
    yield from look_up(call)
    yield IPV6[call.read("ipv6")]
    yield from leave_subnet(call)
    yield from internet6(call)
    yield from reply(call)


ATTACHED: Final[dict[str, Rule]] = {"rds": database, "api4": _public4, "api6": _public6}
UNATTACHED: Final[dict[str, Rule]] = {"rds": _unattached_database, "api6": _unattached_ipv6}
