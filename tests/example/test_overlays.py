"""The template with each overlay, deployed: the one way it adds is there, and no other."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

import pytest
from example import stack, template
from example.clients import REGION, client
from example.stack import resource, rules
from moto import mock_aws

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", params=["ipv6", "nat", "proxy"], autouse=True)
def name(request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of the overlay that is deployed. The proxy takes a token, so all do."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        stack.deploy(template.read(template.FOLDER / f"overlays/{request.param}.yaml"), login="token")
        yield request.param


def only(wanted: str) -> Any:
    """Mark a test of one overlay."""
    return pytest.mark.parametrize("name", [wanted], indirect=True, scope="module")


def routes() -> dict[str, str]:
    """Return where the private subnets' table sends what: a destination, and the id of the target."""
    (table,) = client("ec2").describe_route_tables(RouteTableIds=[resource("Routes")])["RouteTables"]
    ends = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
    targets = ("GatewayId", "NatGatewayId", "EgressOnlyInternetGatewayId")
    found = {}
    for route in table["Routes"]:
        (end,) = (route[key] for key in ends if key in route)
        (found[end],) = (route[key] for key in targets if key in route)
    return found


def the_vpc() -> dict[str, Any]:
    (vpc,) = client("ec2").describe_vpcs(VpcIds=[resource("Vpc")])["Vpcs"]
    return vpc


def test_the_table_has_the_routes_that_the_overlay_adds(name: str) -> None:
    found = routes()
    assert found.pop("10.0.0.0/16") == "local"
    for block in the_vpc().get("Ipv6CidrBlockAssociationSet", []):
        assert found.pop(block["Ipv6CidrBlock"]) == "local"
    (prefixes,) = (end for end in found if end.startswith("pl-"))
    assert found.pop(prefixes) == resource("S3Endpoint")
    added = {"ipv6": {"::/0": "EgressOnlyGateway"}, "nat": {"0.0.0.0/0": "Nat"}, "proxy": {}}[name]
    assert found == {end: resource(target) for end, target in added.items()}


def test_no_subnet_routes_to_an_internet_gateway(name: str) -> None:
    assert not any(target.startswith("igw-") for target in routes().values())
    gateways = client("ec2").describe_internet_gateways()["InternetGateways"]
    here = [gateway for gateway in gateways if resource("Vpc") in [each["VpcId"] for each in gateway["Attachments"]]]
    assert len(here) == (name == "nat")  # which the NAT gateway needs, and no subnet


def test_the_function_reaches_what_the_overlay_adds_and_nothing_reaches_it(name: str) -> None:
    database = ("tcp", 3306, resource("ProxyGroup" if name == "proxy" else "DatabaseGroup"))
    internet = {"ipv6": [("tcp", 443, "::/0")], "nat": [("tcp", 443, "0.0.0.0/0")], "proxy": []}[name]
    assert rules("FunctionGroup", "IpPermissionsEgress") == [database, *internet]
    assert rules("FunctionGroup", "IpPermissions") == []


@only("ipv6")
def test_ipv6_gives_each_subnet_a_block_of_the_vpc(name: str) -> None:  # noqa: ARG001 - the stack of that overlay
    (whole,) = (ip_network(each["Ipv6CidrBlock"]) for each in the_vpc()["Ipv6CidrBlockAssociationSet"])
    found = client("ec2").describe_subnets(SubnetIds=[resource("SubnetA"), resource("SubnetB")])["Subnets"]
    blocks = [ip_network(each["Ipv6CidrBlock"]) for subnet in found for each in subnet["Ipv6CidrBlockAssociationSet"]]
    assert blocks == list(whole.subnets(new_prefix=64))[:2]
    function = client("lambda").get_function_configuration(FunctionName="shop-orders")
    assert function["VpcConfig"]["Ipv6AllowedForDualStack"]


@only("nat")
def test_nat_gateway_is_public_and_of_this_vpc(name: str) -> None:  # noqa: ARG001
    (found,) = client("ec2").describe_nat_gateways()["NatGateways"]
    assert (found["NatGatewayId"], found["VpcId"]) == (resource("Nat"), resource("Vpc"))
    assert found["ConnectivityType"] == "public"


@only("proxy")
def test_proxy_stands_between_function_and_database(name: str) -> None:  # noqa: ARG001
    assert rules("ProxyGroup", "IpPermissions") == [("tcp", 3306, resource("FunctionGroup"))]
    assert rules("ProxyGroup", "IpPermissionsEgress") == [("tcp", 3306, resource("DatabaseGroup"))]
    assert rules("DatabaseGroup", "IpPermissions") == [("tcp", 3306, resource("ProxyGroup"))]
    (proxy,) = client("rds").describe_db_proxies()["DBProxies"]
    assert proxy["RequireTLS"]
    assert proxy["VpcSubnetIds"] == [resource("SubnetA"), resource("SubnetB")]
    assert proxy["VpcSecurityGroupIds"] == [resource("ProxyGroup")]
    (target,) = client("rds").describe_db_proxy_targets(DBProxyName="shop-orders")["Targets"]
    assert target["RdsResourceId"] == resource("Database")
    variables = client("lambda").get_function_configuration(FunctionName="shop-orders")["Environment"]["Variables"]
    assert variables["DB_HOST"] == proxy["Endpoint"]
    assert "DB_SECRET_ID" not in variables


@only("proxy")
def test_function_and_proxy_may_log_in_with_a_token_each_to_the_next(name: str) -> None:  # noqa: ARG001
    (proxy,) = client("rds").describe_db_proxies()["DBProxies"]
    (database,) = client("rds").describe_db_instances()["DBInstances"]
    assert logs_in("Role", "login") == [user(proxy["DBProxyArn"].rpartition(":")[2])]
    assert logs_in("ProxyRole", "proxy") == [user(database["DbiResourceId"])]
    role = client("iam").get_role(RoleName=resource("ProxyRole"))["Role"]
    assert proxy["RoleArn"] == role["Arn"]
    trusted = role["AssumeRolePolicyDocument"]["Statement"]
    assert [statement["Principal"] for statement in trusted] == [{"Service": "rds.amazonaws.com"}]


def logs_in(role: str, policy: str) -> list[str]:
    document = client("iam").get_role_policy(RoleName=resource(role), PolicyName=policy)["PolicyDocument"]
    return [each["Resource"] for each in document["Statement"] if each["Action"] == "rds-db:connect"]


def user(target: str) -> str:
    return f"arn:aws:rds-db:us-east-1:123456789012:dbuser:{target}/orders_app"
