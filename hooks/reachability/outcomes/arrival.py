"""What is said where a call arrives, and on its way back."""

from __future__ import annotations

from reachability.outcomes.outcome import Outcome

_TARGET_GROUP = "security group of the target"
_ACL = "network ACL of the function's subnet"
_TARGET_ACL = "network ACL of the target's subnet"

ARRIVAL = {
    # Into the target's subnet, and back.
    "nacl-in-open": Outcome(
        "nacl-in", _TARGET_ACL, "The ACL lets the packet into the target's subnet.", ("nacl-stateless",)
    ),
    "nacl-in-closed": Outcome(
        "nacl-in",
        _TARGET_ACL,
        "The ACL lets nothing into the target's subnet on port {port}.",
        ("nacl-stateless", "to-symptom"),
        "timeout",
        "SUBNET_ACL_RESTRICTION",
    ),
    "ingress-group": Outcome(
        "ingress", _TARGET_GROUP, "An inbound rule admits the function's group on {port}.", ("sg-referencing",)
    ),
    "ingress-group-peered": Outcome(
        "ingress",
        _TARGET_GROUP,
        "An inbound rule admits the function's group on {port}; within a Region, peering allows that.",
        ("sg-referencing", "sg-referencing-scope"),
    ),
    "ingress-address": Outcome(
        "ingress",
        _TARGET_GROUP,
        "An inbound rule admits the range of the function's subnet on {port}.",
        ("sg-referencing-scope", "sg-rules-union"),
    ),
    "ingress-none": Outcome(
        "ingress",
        _TARGET_GROUP,
        "The group has no inbound rule, so nobody gets in.",
        ("sg-default-egress", "to-symptom"),
        "timeout",
        "SG_HAS_NO_RULES",
    ),
    "ingress-other-group": Outcome(
        "ingress",
        _TARGET_GROUP,
        "Its inbound rules admit others, not the function on {port}. A VPC's default group does that: it admits its "
        "own members only.",
        ("sg-default-group-trap", "if-default-sg", "to-symptom"),
        "timeout",
        "ENI_SG_RULES_MISMATCH",
    ),
    "reply-group": Outcome(
        "reply",
        _ACL,
        "The groups remember the connection. The ACL does not, and lets replies in on 1024-65535.",
        ("sg-stateful", "nacl-ephemeral-lambda"),
    ),
    "reply-closed": Outcome(
        "reply",
        _ACL,
        "The ACL lets no reply into the function's subnet on 1024-65535, because it remembers no connection.",
        ("nacl-stateless", "nacl-ephemeral-lambda"),
        "timeout",
        "SUBNET_ACL_RESTRICTION",
    ),
    # What answers.
    "server-up": Outcome("server", "database", "The database listens on {port}.", ("to-refused-vs-timeout",)),
    "server-down": Outcome(
        "server",
        "database",
        "The packet arrives, but nothing listens on {port}, so the host refuses the connection.",
        ("to-refused-vs-timeout",),
        "refused",
    ),
    "policy-full": Outcome(
        "endpoint-policy",
        "VPC endpoint",
        "The endpoint's policy allows everything; it grants nothing by itself.",
        ("endpoint-policy",),
    ),
    "policy-other": Outcome(
        "endpoint-policy",
        "VPC endpoint",
        "The endpoint's policy allows other resources only, so the call is denied on its way.",
        ("endpoint-policy", "iam-db-permission-separate"),
        "denied",
    ),
    "call-allowed": Outcome(
        "role-call", "execution role", "The role allows the call.", ("iam-db-permission-separate",)
    ),
    "call-denied": Outcome(
        "role-call",
        "execution role",
        "The network is right, but the role does not allow the call.",
        ("iam-db-permission-separate", "to-refused-vs-timeout"),
        "denied",
    ),
    "login-allowed": Outcome(
        "role-call", "execution role", "The role allows rds-db:connect for the user.", ("iam-auth-policy",)
    ),
    "login-denied": Outcome(
        "role-call",
        "execution role",
        "The network is right, but the role does not allow rds-db:connect, so the database turns the login down.",
        ("iam-auth-policy", "iam-db-permission-separate"),
        "denied",
    ),
}
