"""Subnets, route tables, gateways and endpoints, as the settings of the model name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reachability.template.groups import EPHEMERAL, EVERYWHERE, acl_lets, is_private, network_of
from reachability.template.resolve import undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.template.stack import Resource, Stack


AMAZON = "AmazonProvidedDNS"
OTHER_NAMES = ("AWS::Route53Resolver::FirewallRuleGroupAssociation", "AWS::Route53Resolver::ResolverRuleAssociation")
HTTPS = (443, 443)
WIDEST_VPC = 16


def table_of(stack: Stack, subnet: Resource) -> Resource | None:
    """Return the subnet's route table; without one of its own it uses the VPC's main table, which holds no route out."""
    for link in stack.of("AWS::EC2::SubnetRouteTableAssociation"):
        if link.points_at("SubnetId", subnet):
            return stack.one(link, "RouteTableId")
    return None


def acl_of(stack: Stack, subnet: Resource) -> Resource | None:
    for link in stack.of("AWS::EC2::SubnetNetworkAclAssociation"):
        if link.points_at("SubnetId", subnet):
            return stack.one(link, "NetworkAclId")
    return None


def routes(stack: Stack, table: Resource | None) -> list[Resource]:
    if table is None:
        return []
    return [route for route in stack.of("AWS::EC2::Route") if route.points_at("RouteTableId", table)]


def default_route(stack: Stack, subnet: Resource, *, ipv6: bool) -> Resource | None:
    key, everywhere = ("DestinationIpv6CidrBlock", EVERYWHERE[1]) if ipv6 else ("DestinationCidrBlock", EVERYWHERE[0])
    return next((route for route in routes(stack, table_of(stack, subnet)) if route.get(key) == everywhere), None)


def _narrower(stack: Stack, subnet: Resource) -> Iterator[Resource]:
    """Yield routes that may lead a part of the internet elsewhere: to prefix lists, and to ranges that are not private."""
    for route in routes(stack, table_of(stack, subnet)):
        given = route.get("DestinationCidrBlock")
        if route.get("DestinationPrefixListId") or (given and given != EVERYWHERE[0] and not is_private(given)):
            yield route


def route4(stack: Stack, subnet: Resource) -> str:
    for narrower in _narrower(stack, subnet):
        undecided(f"which calls {narrower.name} leads elsewhere", narrower.line)
    route = default_route(stack, subnet, ipv6=False)
    if route is None:
        return "none"
    if route.get("NatGatewayId"):
        return "nat"
    if not route.get("GatewayId") or stack.one(route, "GatewayId").kind != "AWS::EC2::InternetGateway":
        undecided(f"where {route.name} leads", route.line)
    return "igw"


def nat(stack: Stack, subnet: Resource) -> str:
    route = default_route(stack, subnet, ipv6=False)
    if route is None or not route.get("NatGatewayId"):
        return "none"
    _refuse_block(stack)
    gateway = stack.one(route, "NatGatewayId")
    if gateway.get("ConnectivityType", "public") != "public":
        undecided(f"where private NAT gateway {gateway.name} leads", gateway.line)
    if str(gateway.get("AvailabilityMode", "zonal")).lower() == "regional":
        return "regional"
    there = stack.one(gateway, "SubnetId")
    _refuse_acl(stack, subnet, there)
    return "public" if route4(stack, there) == "igw" else "private"


def _refuse_acl(stack: Stack, subnet: Resource, there: Resource) -> None:
    """Raise `NotDecidedError` where the ACL of a NAT gateway's subnet may stop what passes: the model has none there."""
    acl = acl_of(stack, there)
    if acl is None:
        return
    here, everywhere = [range_of(subnet)], [EVERYWHERE[0]]
    if not (
        acl_lets(stack, acl, HTTPS, here, out=False)
        and acl_lets(stack, acl, HTTPS, everywhere, out=True)
        and acl_lets(stack, acl, EPHEMERAL, everywhere, out=False)
        and acl_lets(stack, acl, EPHEMERAL, here, out=True)
    ):
        undecided(f"what {acl.name} lets through at the NAT gateway", acl.line)


def _refuse_block(stack: Stack) -> None:
    """Raise `NotDecidedError` where VPC Block Public Access may stop a NAT gateway."""
    for block in stack.of("AWS::EC2::VPCBlockPublicAccessOptions"):
        if block.get("InternetGatewayBlockMode") != "block-ingress":
            undecided(f"what {block.name} blocks", block.line)


def refuse_other_names(stack: Stack, vpc: Resource) -> None:
    """Raise `NotDecidedError` where others than the VPC's resolver and the public DNS may answer."""
    for link in stack.of("AWS::EC2::VPCDHCPOptionsAssociation"):
        if link.points_at("VpcId", vpc):
            servers = stack.one(link, "DhcpOptionsId").get("DomainNameServers") or [AMAZON]
            if servers != [AMAZON]:
                undecided(f"what the DNS servers of {vpc.name} answer", link.line)
    for link in stack.of(*OTHER_NAMES):
        if link.points_at("VpcId", vpc) or link.points_at("VPCId", vpc):
            undecided(f"which names {link.name} changes", link.line)
    for zone in stack.of("AWS::Route53::HostedZone"):
        if zone.get("VPCs") and str(zone.get("Name")).rstrip(".").endswith("amazonaws.com"):
            undecided(f"which names {zone.name} has", zone.line)


def is_for_all(endpoint: Resource) -> bool:
    """Whether private DNS of an endpoint is for callers of its VPC, where the service has gateway endpoints too."""
    options = endpoint.get("DnsOptions")
    given = options.get("PrivateDnsOnlyForInboundResolverEndpoint") if isinstance(options, dict) else None
    if given not in ("AllResolvers", "OnlyInboundResolver"):
        undecided(f"for whom private DNS of {endpoint.name} is", endpoint.line)
    return str(given) == "AllResolvers"


def has_igw(stack: Stack, vpc: Resource) -> bool:
    return any(
        link.points_at("VpcId", vpc) and link.get("InternetGatewayId")
        for link in stack.of("AWS::EC2::VPCGatewayAttachment")
    )


def place(stack: Stack, subnet: Resource, others: list[Resource]) -> str:
    """Return where the database's subnets are, seen from the function's."""
    here, there = stack.one(subnet, "VpcId"), stack.one(others[0], "VpcId")
    if here.name == there.name:
        refuse_detour(stack, subnet, others)
        return "same"
    peering = next(
        (peering for peering in stack.of("AWS::EC2::VPCPeeringConnection") if _joins(peering, here, there)), None
    )
    if peering is None:
        undecided(f"how {here.name} is joined to {there.name}", there.line)
    if peering.get("PeerRegion"):
        return "region"
    there_and_back = _leads(stack, subnet, peering, others) and all(
        _leads(stack, other, peering, [subnet]) for other in others
    )
    return "peered" if there_and_back else "peered-no-route"


def refuse_detour(stack: Stack, subnet: Resource, others: list[Resource]) -> None:
    """Raise `NotDecidedError` where a table leads a part of the VPC elsewhere than to the local route."""
    for route in stack.of("AWS::EC2::Route"):
        for here, there in [(subnet, other) for other in others] + [(other, subnet) for other in others]:
            table = table_of(stack, here) if _is_within_a_vpc(route, there) else None
            if table and route.points_at("RouteTableId", table):
                undecided(f"where {route.name} leads", route.line)


def _is_within_a_vpc(route: Resource, subnet: Resource) -> bool:
    """Whether a route is about addresses of a subnet, and narrower than any VPC is wide."""
    given = route.properties.get("DestinationCidrBlock")
    try:
        line = network_of(given)
        return line.prefixlen >= WIDEST_VPC and line.overlaps(network_of(subnet.properties.get("CidrBlock")))
    except (ValueError, TypeError):
        return False


def _joins(peering: Resource, here: Resource, there: Resource) -> bool:
    return any(
        peering.points_at("VpcId", one) and peering.points_at("PeerVpcId", other)
        for one, other in ((here, there), (there, here))
    )


def _leads(stack: Stack, subnet: Resource, peering: Resource, others: list[Resource]) -> bool:
    mine = [
        route for route in routes(stack, table_of(stack, subnet)) if route.points_at("VpcPeeringConnectionId", peering)
    ]
    return all(any(_within(other, route) for route in mine) for other in others)


def _within(subnet: Resource, route: Resource) -> bool:
    try:
        outer = network_of(route.get("DestinationCidrBlock"))
        return network_of(range_of(subnet)).subnet_of(outer)  # type: ignore[arg-type]
    except (ValueError, TypeError):
        undecided(f"what {route.name} leads to", route.line)


def range_of(subnet: Resource) -> str:
    given = subnet.get("CidrBlock")
    try:
        return str(network_of(given))
    except (ValueError, TypeError):
        undecided(f"which range {subnet.name} has", subnet.at("CidrBlock"))


def endpoints(stack: Stack, vpc: Resource, service: str, kind: str) -> Iterator[Resource]:
    for endpoint in stack.of("AWS::EC2::VPCEndpoint"):
        its_kind = endpoint.get("VpcEndpointType", "Gateway")
        name = str(endpoint.get("ServiceName"))
        if its_kind == kind and name.endswith(f".{service}") and endpoint.points_at("VpcId", vpc):
            if endpoint.get("ServiceRegion"):
                undecided(f"which Region {endpoint.name} is for", endpoint.at("ServiceRegion"))
            yield endpoint
