"""What is said before a call has left the function's subnet: of its start, its name, its group and the ACL."""

from __future__ import annotations

from reachability.outcomes.outcome import Outcome

_GROUP = "security group of the function"
_ACL = "network ACL of the function's subnet"
_INTERFACE = "network interface of the function"
_RESOLVER = "resolver of the VPC"
NO_IPV6 = "https://github.com/aws/aws-lambda-python-runtime-interface-client/issues/49"

DEPARTURE = {
    # Where the call starts.
    "start-unattached": Outcome(
        "start",
        "Lambda",
        "The function has no VPC configuration, so it calls from Lambda's own network.",
        ("lambda-managed-vpc-always", "default-network-reach"),
    ),
    "start-attached": Outcome(
        "start",
        "Lambda",
        "The role may make network interfaces, so Lambda puts one into the function's subnet.",
        ("iam-policy-not-mandatory", "heni-created-at-config-time"),
    ),
    "start-no-role": Outcome(
        "start",
        "Lambda",
        "The role may not make network interfaces, so Lambda refuses to create or attach the function. One that "
        "is attached already goes on.",
        ("iam-policy-not-mandatory", "iam-error-createnetworkinterface", "iam-needed-only-for-enis"),
        "cannot-start",
    ),
    # Without a VPC.
    "unattached-name": Outcome(
        "dns",
        "resolver of Lambda's network",
        "The name of a private database can be looked up anywhere, and leads to a private address.",
        ("rds-endpoint-private",),
    ),
    "unattached-private": Outcome(
        "route",
        "Lambda's own network",
        "From here nothing leads to a private address in your VPC.",
        ("default-network-reach",),
        "timeout",
        "NO_ROUTE_TO_DESTINATION",
    ),
    "unattached-public": Outcome(
        "route",
        "Lambda's own network",
        "Lambda's own network leads to the public internet and to public AWS endpoints.",
        ("default-network-reach",),
    ),
    "unattached-ipv6": Outcome(
        "ipv6",
        "Lambda's own network",
        "A function without a VPC has no outbound IPv6, and this target has no IPv4 address. The call fails at "
        "once, as public reports show.",
        ("ipv6-setting", NO_IPV6),
        "unreachable",
        inference=True,
    ),
    # The name.
    "dns-off": Outcome(
        "dns",
        _RESOLVER,
        "enableDnsSupport is off, so nothing answers at the VPC's resolver. The lookup may take longer than the "
        "function's timeout, and then only the timeout shows.",
        ("dns-from-vpc", "dns-attributes-defaults"),
        "dns",
        inference=True,
    ),
    "dns-database": Outcome(
        "dns",
        _RESOLVER,
        "The name of a database that is not public leads to its private address. Groups and ACLs do not filter "
        "the lookup.",
        ("rds-endpoint-private", "dns-not-filtered-by-sg"),
    ),
    "dns-public": Outcome(
        "dns",
        _RESOLVER,
        "The name leads to public addresses. Groups and ACLs do not filter the lookup.",
        ("dns-from-vpc", "dns-not-filtered-by-sg"),
    ),
    "dns-endpoint": Outcome(
        "dns",
        _RESOLVER,
        "Private DNS is on, so the usual name leads to the private address of the interface endpoint.",
        ("if-private-dns", "dns-both-attributes"),
    ),
    "dns-endpoint-unused": Outcome(
        "dns",
        _RESOLVER,
        "Private DNS is off, so the usual name leads to public addresses and the interface endpoint stays unused.",
        ("if-private-dns",),
    ),
    "dns-no-hostnames": Outcome(
        "dns",
        _RESOLVER,
        "enableDnsHostnames is off. Private DNS cannot be turned on then; turned on before, it has no effect. The "
        "name leads to public addresses.",
        ("dns-both-attributes",),
        inference=True,
    ),
    # IPv6 of the function.
    "ipv6-on": Outcome(
        "ipv6",
        _INTERFACE,
        "The subnet is dual-stack and Ipv6AllowedForDualStack is set, so the function has an IPv6 address.",
        ("ipv6-setting",),
    ),
    "ipv6-off": Outcome(
        "ipv6",
        _INTERFACE,
        "The subnet has no IPv6 range, and this target has no IPv4 address. The call fails at once, as public "
        "reports show.",
        ("ipv6-setting", NO_IPV6),
        "unreachable",
        inference=True,
    ),
    "ipv6-not-allowed": Outcome(
        "ipv6",
        _INTERFACE,
        "The subnet is dual-stack, but Ipv6AllowedForDualStack is not set, so the function has no IPv6. The call "
        "fails at once, as public reports show.",
        ("ipv6-setting", NO_IPV6),
        "unreachable",
        inference=True,
    ),
    # Out of the function's subnet.
    "egress-all": Outcome(
        "egress", _GROUP, "An outbound rule lets everything out, over IPv4 and IPv6.", ("sg-default-egress",)
    ),
    "egress-target": Outcome(
        "egress", _GROUP, "An outbound rule lets port {port} out to {title}.", ("sg-default-egress",)
    ),
    "egress-none": Outcome(
        "egress",
        _GROUP,
        "The group has no outbound rule, so nothing leaves.",
        ("sg-default-egress", "to-symptom"),
        "timeout",
        "SG_HAS_NO_RULES",
    ),
    "egress-other-port": Outcome(
        "egress",
        _GROUP,
        "The outbound rules let another port out, not {port}.",
        ("sg-default-egress", "to-symptom"),
        "timeout",
        "ENI_SG_RULES_MISMATCH",
    ),
    "nacl-out-open": Outcome("nacl-out", _ACL, "The ACL lets the packet out of the subnet.", ("nacl-stateless",)),
    "nacl-out-closed": Outcome(
        "nacl-out",
        _ACL,
        "The ACL lets nothing out of the subnet on port {port}.",
        ("nacl-stateless", "to-symptom"),
        "timeout",
        "SUBNET_ACL_RESTRICTION",
    ),
}
