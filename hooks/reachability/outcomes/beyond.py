"""What is said of zones, of lines to other networks, of lists of addresses, and of what AWS itself keeps from passing."""

from __future__ import annotations

from reachability.outcomes.outcome import Outcome

_TABLE = "route table of the function's subnet"
_IGW = "internet gateway"
_TRANSIT = "transit gateway"
_LIST = "list of addresses at the far end"
_BPA = "VPC Block Public Access"
FORBIDDEN = "403 Forbidden"

BEYOND = {
    # One of two zones.
    "zone-down": Outcome(
        "zone",
        "zone of the function's subnet",
        "The zone is down. An attached function works in the zones of its subnets only, and this is one of them.",
        ("only-attach-when-needed",),
        "timeout",
        inference=True,
    ),
    "nat-down": Outcome(
        "nat",
        "NAT gateway",
        "It stands in the zone that is down, and a zonal gateway is redundant inside its own zone only.",
        ("nat-zonal-ha",),
        "timeout",
        "BAD_STATE",
    ),
    "endpoint-down": Outcome(
        "endpoint",
        "interface endpoint",
        "Its one interface stands in the zone that is down, and the name goes on leading to it.",
        ("if-az-placement",),
        "timeout",
    ),
    "mount-target": Outcome(
        "mount", "mount target", "The zone of the call has a mount target.", ("efs-access-point", "efs-requires-vpc")
    ),
    "mount-none": Outcome(
        "mount",
        "mount target",
        "The call is led to the mount target of its own zone, and that has none.",
        ("efs-access-point", "efs-requires-vpc", "err-efs-family"),
        "timeout",
        text="EFSMountConnectivityException: The function couldn't connect to the Amazon EFS file system",
    ),
    # The function's own subnet.
    "nacl-same-subnet": Outcome(
        "nacl-out",
        "network ACL of the function's subnet",
        "The packet stays in the subnet, and an ACL is applied where traffic enters or leaves it.",
        ("nacl-evaluation",),
    ),
    # Lines to other networks.
    "route-vpn": Outcome(
        "route", _TABLE, "A line leads to the VPN of this VPC, and the office's routes lead back.", ("on-prem",)
    ),
    "route-peer-vpn": Outcome(
        "route",
        _TABLE,
        "The line leads to the peering connection, which ends at the peer: it lends its VPN to nobody.",
        ("peering-not-transitive",),
        "timeout",
    ),
    "route-transit": Outcome("route", _TABLE, "A line leads to the transit gateway.", ("tgw-attachment",)),
    "route-narrow": Outcome(
        "route",
        _TABLE,
        "Two lines match, one to the peering connection and a narrower one to the transit gateway. The narrower one wins.",
        ("vpc-local-route",),
    ),
    "transit": Outcome(
        "transit-gateway", _TRANSIT, "It has an attachment in the zone of the call.", ("tgw-attachment",)
    ),
    "transit-no-attachment": Outcome(
        "transit-gateway",
        _TRANSIT,
        "It has no attachment in the zone of the call, and only zones that have one reach it.",
        ("tgw-attachment",),
        "timeout",
    ),
    # Who is admitted at the far end.
    "list-old-address": Outcome(
        "allow-list",
        _LIST,
        "It admits the address of an interface that Lambda has replaced. The new one has another address.",
        ("heni-not-persistent",),
        "timeout",
    ),
    "list-address": Outcome(
        "allow-list", _LIST, "The call comes from the address that is listed.", ("nat-fixed-ip", "nat-zonal-ha")
    ),
    "list-other-address": Outcome(
        "allow-list",
        _LIST,
        "The call comes from an address that is not listed, as each exit has its own in each zone.",
        ("nat-fixed-ip", "nat-zonal-ha", "nat-regional-addresses"),
        "denied",
        text=FORBIDDEN,
    ),
    # A public database.
    "dns-database-inside": Outcome(
        "dns",
        "resolver of the VPC",
        "Inside its VPC the name of a public database leads to its private address, as if it were not public.",
        ("rds-endpoint-private",),
    ),
    "dns-database-public": Outcome(
        "dns",
        "public DNS",
        "The database is public, so outside its VPC the name leads to its public address.",
        ("rds-endpoint-private", "peering-dns"),
    ),
    "dns-peering": Outcome(
        "dns",
        "resolver of the VPC",
        "DNS resolution is on for the peering connection, so the public name leads to the private address.",
        ("peering-dns",),
    ),
    "unattached-name-public": Outcome(
        "dns",
        "resolver of Lambda's network",
        "The database is public, so the name leads to its public address.",
        ("rds-endpoint-private",),
    ),
    "ingress-public": Outcome(
        "ingress",
        "security group of the target",
        "The call comes from a public address, and the rules admit a group or a private range.",
        ("rds-endpoint-private", "tr-db-hangs"),
        "timeout",
        "ENI_SG_RULES_MISMATCH",
    ),
    # What Lambda and AWS let nobody send.
    "protocol-icmp": Outcome(
        "protocol",
        "Lambda",
        "Lambda lets code send TCP and UDP, and a ping is neither.",
        ("inbound-blocked-protocols",),
        "timeout",
        inference=True,
    ),
    "answer-fragments": Outcome(
        "fragments",
        "network interface of the function",
        "The answer arrives in fragments, which Lambda does not put together. To the code it looks like a timeout.",
        ("no-ip-fragmentation",),
        "timeout",
    ),
    "mail-blocked": Outcome(
        "port-25",
        "edge of AWS's network",
        "AWS blocks TCP port 25 to public addresses. It lifts that for a function only where it leaves through NAT.",
        ("port-25",),
        "timeout",
    ),
    "mail-lifted": Outcome(
        "port-25",
        "edge of AWS's network",
        "AWS has lifted its block of port 25, and the function leaves through a NAT gateway.",
        ("port-25",),
    ),
    "bpa-both": Outcome(
        "block-public-access",
        _BPA,
        "The mode block-bidirectional stops every gateway to the internet, and so NAT too.",
        ("vpc-bpa",),
        "timeout",
    ),
    "bpa-igw": Outcome(
        "block-public-access",
        _BPA,
        "Nothing passes the internet gateway by itself: block-ingress leaves out NAT and egress-only gateways alone.",
        ("vpc-bpa",),
        "timeout",
    ),
    # A change of the network.
    "update-under-way": Outcome(
        "start",
        "Lambda",
        "A change of the VPC configuration is under way. Until it is through, calls go by the network of before.",
        ("state-update-inprogress",),
    ),
    "update-failed": Outcome(
        "start",
        "Lambda",
        "The change of the VPC configuration has failed, so calls go by the network of before.",
        ("state-update-inprogress",),
    ),
    # Managed Instances.
    "start-instances": Outcome(
        "start",
        "Lambda Managed Instances",
        "The function runs on machines in your subnet, which its capacity provider names.",
        ("lmi-networking",),
    ),
    "igw-instance": Outcome(
        "igw",
        _IGW,
        "The machine has a public address, which the subnet gave it, so the gateway passes it on.",
        ("lmi-networking",),
    ),
    "igw-private-instance": Outcome(
        "igw",
        _IGW,
        "The subnet gave the machine no public address, so the gateway drops what it sends.",
        ("lmi-networking", "igw-direct-not-usable"),
        "timeout",
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
    ),
}
