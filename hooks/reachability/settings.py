"""What can be set: names, values (the first is the default), meaning; and what cannot be at the same time.

settings(route4="nat", nat="public")  ->  {"attached": "yes", "route4": "nat", "nat": "public", ...}
settings(rout4="nat")                 ->  UnknownError: `rout4` is no setting. Did you mean `route4`?
"""

from __future__ import annotations

from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING

from reachability.further import FURTHER
from reachability.never import NEVER
from reachability.setting import Impossible, Setting, Settings, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
__all__ = [
    "EVERY",
    "FURTHER",
    "IMPOSSIBLE",
    "SETTINGS",
    "TARGETS",
    "Impossible",
    "ImpossibleError",
    "Setting",
    "Settings",
    "Target",
    "UnknownError",
    "impossible",
    "opened",
    "refuse_impossible",
    "settings",
    "target_named",
    "unknown",
    "value_of",
]


class UnknownError(ValueError):
    """A name or a value that is not there; the message names the nearest that is."""


class ImpossibleError(ValueError):
    """Settings that cannot be at the same time; the message says why."""


_YES = ("yes", "no")

SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        setting.name: setting
        for setting in (
            Setting("attached", _YES, "the function has a VPC configuration"),
            Setting("route4", ("none", "nat", "igw"), "where 0.0.0.0/0 of the function's subnet leads"),
            Setting(
                "nat",
                ("none", "public", "private", "regional"),
                "a NAT gateway in a public subnet, one misplaced in a private subnet, or a regional one",
            ),
            Setting("igw", _YES, "the VPC has an internet gateway"),
            Setting(
                "ipv6",
                ("off", "subnet", "allowed"),
                "the function's subnet is dual-stack; and Ipv6AllowedForDualStack is set",
            ),
            Setting("route6", ("none", "eigw", "igw"), "where ::/0 of the function's subnet leads"),
            Setting(
                "egress",
                ("all", "target", "none", "other-port"),
                "outbound rules of the function's group, for IPv4 and IPv6: everything, only this target on its port, "
                "nothing, only another port",
            ),
            Setting(
                "ingress",
                ("group", "address", "none", "other-group"),
                "who the target's group admits on its port (the database's, or the interface endpoint's): the "
                "function's group, its subnet's range, nobody, another group only",
            ),
            Setting(
                "nacl",
                ("default", "no-ephemeral", "no-out", "target-no-in"),
                "network ACLs: everything open, no replies into the function's subnet on 1024-65535, nothing out of "
                "that subnet, nothing into the subnet of the database or interface endpoint (which is another subnet)",
                moves=dict.fromkeys(("no-ephemeral", "no-out", "target-no-in"), ("default",)),
            ),
            Setting(
                "place",
                ("same", "peered", "peered-no-route", "region"),
                "where the database is: this VPC, a peered VPC of this Region, one without a route to it, a peered VPC "
                "of another Region",
                moves={"peered-no-route": ("peered",)},
            ),
            Setting(
                "gateway-endpoint",
                ("none", "this-table", "other-table"),
                "for S3 and DynamoDB, and whether the function's route table has it",
            ),
            Setting("interface-endpoint", ("none", "yes"), "for the AWS service called"),
            Setting("private-dns", ("on", "off"), "of that interface endpoint, for names asked in the VPC"),
            Setting(
                "endpoint-policy", ("full", "other"), "of the endpoint used: allows everything, or other resources only"
            ),
            Setting("dns", ("on", "off"), "enableDnsSupport of the VPC"),
            Setting("dns-hostnames", ("on", "off"), "enableDnsHostnames of the VPC", moves={"off": ("on",)}),
            Setting("role-eni", _YES, "the role may make network interfaces when the function is created or changed"),
            Setting("role-call", _YES, "the role allows the call or the database login"),
            Setting("server", ("up", "down"), "the database listens on its port"),
        )
    }
)

UNOPENED: Settings = {name: setting.default for name, setting in FURTHER.items()}
EVERY: Mapping[str, Setting] = MappingProxyType({**SETTINGS, **FURTHER})

TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        target.name: target
        for target in (
            Target(
                "rds",
                "a private RDS database",
                "orders.abc123.eu-west-1.rds.amazonaws.com",
                3306,
                "OperationalError: (1045, \"Access denied for user 'orders_app'@'10.0.1.10' (using password: YES)\")",
            ),
            Target(
                "secrets",
                "Secrets Manager",
                "secretsmanager.eu-west-1.amazonaws.com",
                443,
                "AccessDeniedException: not authorized to perform: secretsmanager:GetSecretValue",
                frozenset({"service"}),
            ),
            Target(
                "s3",
                "S3",
                "s3.eu-west-1.amazonaws.com",
                443,
                "AccessDenied: not authorized to perform: s3:GetObject",
                frozenset({"service", "gateway"}),
            ),
            Target(
                "dynamodb",
                "DynamoDB",
                "dynamodb.eu-west-1.amazonaws.com",
                443,
                "AccessDeniedException: not authorized to perform: dynamodb:GetItem",
                frozenset({"service", "gateway"}),
            ),
            Target("api4", "a public API on IPv4", "api4.example.com", 443),
            Target("api6", "a public API on IPv6", "api6.example.com", 443),
            Target(
                "lambda",
                "another function by the Lambda API",
                "lambda.eu-west-1.amazonaws.com",
                443,
                "AccessDeniedException: not authorized to perform: lambda:InvokeFunction",
                frozenset({"service"}),
            ),
        )
    }
)

IMPOSSIBLE = (
    Impossible(
        {"nat": ("public", "private", "regional"), "igw": ("no",)},
        "EC2 makes no NAT gateway with a public address in a VPC without an internet gateway (Gateway.NotAttached), "
        "and detaches none while such addresses are mapped.",
        ("igw-direct-not-usable", "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html"),
    ),
    Impossible(
        {"place": ("region",), "ingress": ("group",)},
        "A rule cannot name a security group of a VPC in another Region; it needs an address range.",
        ("sg-referencing-scope",),
        targets=("rds",),
    ),
    Impossible(
        {"interface-endpoint": ("yes",), "private-dns": ("on",)},
        "Interface endpoints for DynamoDB offer no private DNS; the code has to call the endpoint's own name.",
        ("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-interface-endpoints.html",),
        targets=("dynamodb",),
    ),
)


def settings(given: Settings | None = None, /, **named: str) -> Settings:
    """Return all settings, the given ones over the defaults; a keyword may write ``_`` for ``-``.

    Of the further ones those are there that differ from the default.
    """
    chosen = dict(given or {}) | {name.replace("_", "-"): value for name, value in named.items()}
    for name, value in chosen.items():
        if name not in EVERY:
            raise UnknownError(unknown(name, "setting", EVERY))
        if value not in EVERY[name].values:
            raise UnknownError(unknown(value, f"value of {name}", EVERY[name].values))
    fixed = {name: chosen.get(name, setting.default) for name, setting in SETTINGS.items()}
    return fixed | {name: chosen[name] for name in opened(chosen)}


def opened(read: Settings) -> tuple[str, ...]:
    """Return the further settings that are not at their default."""
    return tuple(name for name, setting in FURTHER.items() if name in read and read[name] != setting.default)


def value_of(read: Settings, name: str) -> str:
    """Return a setting; a further one that is not there is at its default."""
    return read[name] if name in SETTINGS else read.get(name, FURTHER[name].default)


def target_named(name: str) -> Target:
    if name not in TARGETS:
        raise UnknownError(unknown(name, "target", TARGETS))
    return TARGETS[name]


def impossible(target: str, read: Settings) -> list[Impossible]:
    """Return each reason why these settings cannot be at the same time."""
    if not opened(read):
        return [rule for rule in IMPOSSIBLE if rule.holds(target, read)]
    whole = {**UNOPENED, **read}
    return [rule for rule in (*IMPOSSIBLE, *NEVER) if rule.holds(target, whole)]


def refuse_impossible(target: str, read: Settings) -> None:
    if reasons := impossible(target, read):
        raise ImpossibleError("\n".join(_refusal(rule, read) for rule in reasons))


def _refusal(rule: Impossible, read: Settings) -> str:
    together = " at the same time" if len(rule.when) > 1 else ""
    return f"{' and '.join(f'{name}={value_of(read, name)}' for name in rule.when)} cannot be{together}: {rule.because}"


def unknown(word: str, kind: str, known: Iterable[str]) -> str:
    known = list(known)
    near = get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    advice = f"Did you mean `{near[0]}`?" if near else f"Known: {', '.join(known)}."
    return f"`{word}` is no {kind}. {advice}"
