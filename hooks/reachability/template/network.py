"""Subnets, route tables, gateways and endpoints, as the settings of the model name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reachability.template.groups import EVERYWHERE, network_of
from reachability.template.resolve import Reference, undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.template.stack import Resource, Stack


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
    return [route for route in stack.of("AWS::EC2::Route") if stack.one(route, "RouteTableId").name == table.name]


def default_route(stack: Stack, subnet: Resource, *, ipv6: bool) -> Resource | None:
    key, everywhere = ("DestinationIpv6CidrBlock", EVERYWHERE[1]) if ipv6 else ("DestinationCidrBlock", EVERYWHERE[0])
    return next((route for route in routes(stack, table_of(stack, subnet)) if route.get(key) == everywhere), None)


def _narrower(stack: Stack, subnet: Resource) -> Iterator[Resource]:
    """Yield routes that may lead a part of the internet elsewhere: to prefix lists, and to ranges that are not private."""
    for route in routes(stack, table_of(stack, subnet)):
        given = route.get("DestinationCidrBlock")
        if route.get("DestinationPrefixListId") or (given and given != EVERYWHERE[0] and not _is_private(given)):
            yield route


def _is_private(given: object) -> bool:
    try:
        return not network_of(given).is_global
    except ValueError:
        return False


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
    gateway = stack.one(route, "NatGatewayId")
    if gateway.get("ConnectivityType", "public") != "public":
        undecided(f"where private NAT gateway {gateway.name} leads", gateway.line)
    if str(gateway.get("AvailabilityMode", "zonal")).lower() == "regional":
        return "regional"
    return "public" if route4(stack, stack.one(gateway, "SubnetId")) == "igw" else "private"


def has_igw(stack: Stack, vpc: Resource) -> bool:
    return any(
        link.get("InternetGatewayId") and stack.one(link, "VpcId").name == vpc.name
        for link in stack.of("AWS::EC2::VPCGatewayAttachment")
    )


def place(stack: Stack, subnet: Resource, others: list[Resource]) -> str:
    """Return where the database's subnets are, seen from the function's."""
    here, there = stack.one(subnet, "VpcId"), stack.one(others[0], "VpcId")
    if here.name == there.name:
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


def _joins(peering: Resource, here: Resource, there: Resource) -> bool:
    ends = {str(peering.get("VpcId")), str(peering.get("PeerVpcId"))}
    return ends == {str(Reference(here.name)), str(Reference(there.name))}


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
        if its_kind == kind and name.endswith(f".{service}") and stack.one(endpoint, "VpcId").name == vpc.name:
            if endpoint.get("ServiceRegion"):
                undecided(f"which Region {endpoint.name} is for", endpoint.at("ServiceRegion"))
            yield endpoint
