"""Security groups and network ACLs: whether a rule lets a port through, and to or from whom."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from reachability.template import databases
from reachability.template.resolve import DEFAULT_GROUP, Elsewhere, NotDecidedError, Reference, Unknown, undecided
from reachability.template.source import Mapping
from reachability.template.stack import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reachability.template.stack import Resource, Stack

Port = int
Ranges: TypeAlias = "Callable[[], list[str]]"
EVERYWHERE = ("0.0.0.0/0", "::/0")
LAST = 65535
EPHEMERAL = (1024, LAST)
TCP = ("tcp", "6")
ALL = "-1"


@dataclass(frozen=True)
class Rule:
    """A rule of a group: who (a range, a group, a prefix list), on which ports."""

    given: Mapping
    line: int
    of: str
    stack: Stack

    def holds(self, port: Port) -> bool:
        protocol = str(self.get("IpProtocol")).lower()
        if protocol == ALL:
            return True
        return protocol in TCP and self.port("FromPort", 0) <= port <= self.port("ToPort", LAST)

    def port(self, key: str, default: int) -> int:
        value = self.get(key, default)
        database = self.stack.find(value.name) if isinstance(value, Reference) else None
        if database and database.kind in databases.KINDS and value.attribute.endswith("Port"):
            return databases.port(self.stack, database)
        return whole(value, f"{key} of a rule of {self.of}", self.line)

    def get(self, key: str, default: Any = None) -> Any:
        value = self.given.get(key, default)
        if isinstance(value, Unknown):
            undecided(f"{key} of a rule of {self.of}: {value.why}", self.line)
        return value

    @property
    def everything(self) -> bool:
        return str(self.get("IpProtocol")) == ALL and self.get("CidrIp") == EVERYWHERE[0]

    def is_group(self, key: str, groups: Sequence[Resource]) -> bool:
        if isinstance(self.given.get(key), Elsewhere):
            return False
        return any(self.get(key) == Reference(group.name) for group in groups)


def rules(stack: Stack, group: Resource, way: Literal["Egress", "Ingress"]) -> list[Rule]:
    """Return the rules of a group, whether written in it or beside it."""
    _refuse_custom(stack, group)
    inline = group.get(f"SecurityGroup{way}") or []
    line = group.at(f"SecurityGroup{way}")
    written = []
    for part in inline if isinstance(inline, list) else [inline]:
        if not isinstance(part, Mapping):
            undecided(f"a rule of {group.name}: {part.why if isinstance(part, Unknown) else 'it is no rule'}", line)
        written.append(Rule(part, part.line, group.name, stack))
    beside = stack.of(f"AWS::EC2::SecurityGroup{way}")
    return written + [
        Rule(rule.properties, rule.line, group.name, stack) for rule in beside if rule.points_at("GroupId", group)
    ]


def _refuse_custom(stack: Stack, group: Resource) -> None:
    """Raise `NotDecidedError` where code is given a VPC's default group: so the CDK takes the rules out of it."""
    if not group.name.endswith(f".{DEFAULT_GROUP}"):
        return
    for custom in stack.custom():
        if Reference(group.name) in custom.properties.values():
            undecided(f"what {custom.name} leaves of the rules of {group.name}", custom.line)


def egress(stack: Stack, groups: Sequence[Resource], port: Port, target: Sequence[Resource], ranges: Ranges) -> str:
    """Return the model's value for the outbound rules; ``ranges`` tells where the target may be, if a rule asks."""
    found = [rule for group in groups for rule in rules(stack, group, "Egress")]
    written = [group for group in groups if group.get("SecurityGroupEgress")]
    beside = [group for group in groups if group not in written and rules(stack, group, "Egress")]
    # EC2 gives a group without outbound rules one that lets everything out.
    if len(written) + len(beside) < len(groups):
        return "all"
    ways = {
        "all": lambda rule: rule.everything,
        "target": lambda rule: rule.holds(port) and _leads(rule, target, ranges),
    }
    if way := _first(found, ways):
        return way
    fitting = [rule for rule in found if rule.holds(port)]
    _refuse_unread(fitting, "DestinationPrefixListId", ranges)
    if beside:
        undecided(f"whether {beside[0].name} keeps its first outbound rule", beside[0].line)
    return "other-port"


def _first(rules: Sequence[Rule], ways: dict[str, Callable[[Rule], bool]]) -> str:
    """Return the first way that any rule lets through; a rule that is not read matters where none does."""
    unread: list[NotDecidedError] = []
    for way, lets in ways.items():
        for rule in rules:
            try:
                if lets(rule):
                    return way
            except NotDecidedError as why:
                unread.append(why)
    if unread:
        raise unread[0]
    return ""


def lets_port(stack: Stack, groups: Sequence[Resource], port: Port) -> bool:
    """Whether an outbound rule lets a port out, wherever to."""
    return any(rule.holds(port) for group in groups for rule in rules(stack, group, "Egress"))


def _leads(rule: Rule, target: Sequence[Resource], ranges: Ranges) -> bool:
    if rule.is_group("DestinationSecurityGroupId", target):
        return True
    return _covers(rule.get("CidrIp"), ranges, rule)


def _refuse_unread(rules: Sequence[Rule], key: str, ranges: Ranges) -> None:
    """Raise `NotDecidedError` where a rule names addresses that are not known, or a part of those that are."""
    for rule in rules:
        if rule.get(key):
            undecided(f"which addresses are in a prefix list of {rule.of}", rule.line)
        if rule.get("SourceSecurityGroupName"):
            undecided(f"which group a rule of {rule.of} names", rule.line)
        if rule.get("CidrIp") and any(_is_part(rule.get("CidrIp"), whole) for whole in ranges()):
            undecided(f"{rule.get('CidrIp')} of {rule.of} is a part of the addresses", rule.line)


def _is_part(given: Any, whole: str) -> bool:
    """Whether addresses of a range are named; of all addresses, no private one is that of a service."""
    if whole == EVERYWHERE[0] and is_private(given):
        return False
    return network_of(given).overlaps(network_of(whole))


def is_private(given: object) -> bool:
    try:
        return not network_of(given).is_global
    except ValueError:
        return False


def _covers(given: Any, ranges: Ranges, rule: Rule) -> bool:
    if given is None:
        return False
    try:
        outer = network_of(given)
        inner = [network_of(each) for each in ranges()]
        return bool(inner) and all(each.subnet_of(outer) for each in inner)  # type: ignore[arg-type]
    except (ValueError, TypeError):
        undecided(f"{given} of {rule.of} is no range", rule.line)


def network_of(given: Any) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    """Return a range; raises `ValueError` for what is none."""
    if not isinstance(given, str):
        message = f"{given} is no range"
        raise ValueError(message)  # noqa: TRY004 - one kind of error for all that is no range
    return ipaddress.ip_network(given, strict=False)


def ingress(stack: Stack, target: Sequence[Resource], port: Port, function: Sequence[Resource], ranges: Ranges) -> str:
    """Return the model's value for the inbound rules of the target's groups; ``ranges`` tells where the function is."""
    found = [rule for group in target for rule in rules(stack, group, "Ingress")]
    if not found:
        return "none"
    ways = {
        "group": lambda rule: rule.holds(port) and rule.is_group("SourceSecurityGroupId", function),
        "address": lambda rule: rule.holds(port) and _covers(rule.get("CidrIp"), ranges, rule),
    }
    if way := _first(found, ways):
        return way
    fitting = [rule for rule in found if rule.holds(port)]
    _refuse_unread(fitting, "SourcePrefixListId", ranges)
    return "other-group"


def acl_lets(stack: Stack, acl: Resource, ports: tuple[Port, Port], ranges: list[str], *, out: bool) -> bool:
    """Whether an ACL lets all of these ports through, to or from the ranges; the first rule by number decides."""
    for entry in _entries(stack, acl, out=out):
        if not _concerns(entry, ranges):
            continue
        if (meets := _meets(entry, ports)) == "all":
            return str(entry.get("RuleAction")).lower() == "allow"
        if meets == "some":
            undecided(f"{entry.name} concerns a part of the ports", entry.line)
    return False


def _concerns(entry: Resource, ranges: list[str]) -> bool:
    given = entry.get("CidrBlock")
    if given is None and entry.get("Ipv6CidrBlock"):
        return False
    try:
        outer = ipaddress.IPv4Network(given, strict=False)
        inner = [ipaddress.IPv4Network(each) for each in ranges]
    except (ValueError, TypeError):
        undecided(f"{entry.name} names no range", entry.line)
    if all(each.subnet_of(outer) for each in inner):
        return True
    if any(each.overlaps(outer) for each in inner):
        undecided(f"whether {entry.name} concerns this call", entry.line)
    return False


def _entries(stack: Stack, acl: Resource, *, out: bool) -> Iterator[Resource]:
    own = (entry for entry in stack.of("AWS::EC2::NetworkAclEntry") if entry.points_at("NetworkAclId", acl))
    this_way = (entry for entry in own if entry.flag("Egress", default=False) == out)
    return iter(sorted(this_way, key=lambda entry: entry.number("RuleNumber")))


def _meets(entry: Resource, ports: tuple[Port, Port]) -> Literal["all", "some", "none"]:
    protocol, given = str(entry.get("Protocol")), entry.get("PortRange")
    if protocol not in (*TCP, ALL):
        return "none"
    first, last = (0, LAST) if protocol == ALL else _range(entry, given)
    if first <= ports[0] and ports[1] <= last:
        return "all"
    return "none" if last < ports[0] or ports[1] < first else "some"


def _range(entry: Resource, given: Any) -> tuple[Port, Port]:
    what, line = f"PortRange of {entry.name}", entry.at("PortRange")
    if not isinstance(given, Mapping):
        undecided(f"{what} is no range", line)
    return whole(given.get("From"), what, line), whole(given.get("To"), what, line)
