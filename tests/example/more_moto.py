"""What moto's CloudFormation makes not, or not whole, made by the moto service of the same resource.

moto has more services than resource types, and knows fewer properties of a type than of the API call behind it. So a
type here is one API call with the properties of the template; CloudFormation's part, to resolve names and keep the
order, stays moto's.
"""

from __future__ import annotations

import ipaddress
import itertools
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jmespath
from example.clients import client as client_of
from moto.cloudformation import parsing
from moto.core.common_models import CloudFormationModel

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Api:
    """One API call: where its answer holds the id and the attributes, and what it calls a name or a property."""

    service: str
    operation: str
    id: str = ""
    attributes: str = ""
    name: str = ""
    renamed: dict[str, str] = field(default_factory=dict)
    given: Callable[[Any, dict[str, Any]], dict[str, Any]] = lambda _, properties: properties
    then: Callable[[Any, str, dict[str, Any]], object] = lambda *_: None
    asked: Callable[[Any, dict[str, Any], str], Any] = lambda _, answer, path: jmespath.search(path, answer)


def _secret(client: Any, properties: dict[str, Any]) -> dict[str, Any]:
    made = properties["GenerateSecretString"]
    password = client.get_random_password(
        PasswordLength=made["PasswordLength"], ExcludePunctuation=made["ExcludePunctuation"]
    )
    text = {**json.loads(made["SecretStringTemplate"]), made["GenerateStringKey"]: password["RandomPassword"]}
    return {"Description": properties["Description"], "SecretString": json.dumps(text)}


def _permissions(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what EC2's API calls a permission, for each rule of a template."""
    lists = {
        "CidrIp": ("IpRanges", "CidrIp"),
        "CidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
        "DestinationSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
    }
    return [
        {
            **{key: rule[key] for key in ("IpProtocol", "FromPort", "ToPort") if key in rule},
            **{many: [{one: rule[key]}] for key, (many, one) in lists.items() if key in rule},
        }
        for rule in rules
    ]


def _set_egress(client: Any, group: str, properties: dict[str, Any]) -> None:
    """Put the template's rules in place of the one that lets everything out, as CloudFormation does."""
    (made,) = client.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    client.revoke_security_group_egress(GroupId=group, IpPermissions=made["IpPermissionsEgress"])
    client.authorize_security_group_egress(GroupId=group, IpPermissions=_permissions(properties["SecurityGroupEgress"]))


def _set_policies(client: Any, role: str, properties: dict[str, Any]) -> None:
    for policy in properties["Policies"]:
        client.put_role_policy(RoleName=role, **_texts(policy))


def _texts(properties: dict[str, Any]) -> dict[str, Any]:
    """Return properties with each policy as the text that the API takes."""
    return {key: json.dumps(value) if key.endswith("Document") else value for key, value in properties.items()}


def _set_parameters(client: Any, name: str, properties: dict[str, Any]) -> None:
    values = [
        {"ParameterName": key, "ParameterValue": value, "ApplyMethod": "pending-reboot"}
        for key, value in properties["Parameters"].items()
    ]
    client.modify_db_parameter_group(DBParameterGroupName=name, Parameters=values)


def _group(_: Any, properties: dict[str, Any]) -> dict[str, Any]:
    keys = {"Description": "Description", "Family": "DBParameterGroupFamily"}
    return {keys[key]: value for key, value in properties.items() if key in keys}


def _database(_: Any, properties: dict[str, Any]) -> dict[str, Any]:
    return {**properties, "AllocatedStorage": int(properties["AllocatedStorage"]), "Port": 3306}


def _rule(_: Any, properties: dict[str, Any]) -> dict[str, Any]:
    return {"GroupId": properties["GroupId"], "IpPermissions": _permissions([properties])}


def _zonal(client: Any, properties: dict[str, Any]) -> dict[str, Any]:
    """Put a regional NAT gateway into a subnet of its own VPC: moto knows no other kind."""
    subnets = client.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [properties["VpcId"]]}])["Subnets"]
    return {"ConnectivityType": properties["ConnectivityType"], "SubnetId": subnets[0]["SubnetId"]}


def _blocks(client: Any, vpc: dict[str, Any], attribute: str) -> list[str]:
    """Return the IPv6 blocks that a VPC has by now: they come to it later, as a resource of their own."""
    assert attribute == "Ipv6CidrBlocks"
    (now,) = client.describe_vpcs(VpcIds=[vpc["Vpc"]["VpcId"]])["Vpcs"]
    return [each["Ipv6CidrBlock"] for each in now["Ipv6CidrBlockAssociationSet"]]


def _set_dns(client: Any, vpc: str, properties: dict[str, Any]) -> None:
    for key in ("EnableDnsSupport", "EnableDnsHostnames"):
        client.modify_vpc_attribute(VpcId=vpc, **{key: {"Value": properties[key]}})


def _targets(_: Any, properties: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if key != "ConnectionPoolConfigurationInfo"}


def _set_pool(client: Any, _: str, properties: dict[str, Any]) -> None:
    client.modify_db_proxy_target_group(
        DBProxyName=properties["DBProxyName"],
        TargetGroupName=properties["TargetGroupName"],
        ConnectionPoolConfig=properties["ConnectionPoolConfigurationInfo"],
    )


TYPES = {
    "AWS::EC2::EgressOnlyInternetGateway": Api(
        "ec2", "create_egress_only_internet_gateway", id="EgressOnlyInternetGateway.EgressOnlyInternetGatewayId"
    ),
    "AWS::EC2::NatGateway": Api("ec2", "create_nat_gateway", id="NatGateway.NatGatewayId", given=_zonal),
    # moto's own forgets a destination of IPv6.
    "AWS::EC2::Route": Api("ec2", "create_route"),
    "AWS::EC2::SecurityGroup": Api(
        "ec2",
        "create_security_group",
        id="GroupId",
        name="GroupName",
        given=lambda _, given: {"Description": given["GroupDescription"], "VpcId": given["VpcId"]},
        then=_set_egress,
    ),
    "AWS::EC2::SecurityGroupEgress": Api("ec2", "authorize_security_group_egress", given=_rule),
    "AWS::EC2::Subnet": Api("ec2", "create_subnet", id="Subnet.SubnetId"),
    "AWS::EC2::SubnetRouteTableAssociation": Api("ec2", "associate_route_table", id="AssociationId"),
    "AWS::EC2::VPC": Api(
        "ec2",
        "create_vpc",
        id="Vpc.VpcId",
        given=lambda _, given: {"CidrBlock": given["CidrBlock"]},
        then=_set_dns,
        asked=_blocks,
    ),
    "AWS::EC2::VPCCidrBlock": Api("ec2", "associate_vpc_cidr_block", id="Ipv6CidrBlockAssociation.AssociationId"),
    "AWS::EC2::VPCEndpoint": Api(
        "ec2", "create_vpc_endpoint", id="VpcEndpoint.VpcEndpointId", given=lambda _, given: _texts(given)
    ),
    "AWS::IAM::Role": Api(
        "iam",
        "create_role",
        id="Role.RoleName",
        attributes="Role.",
        name="RoleName",
        given=lambda _, given: _texts({key: value for key, value in given.items() if key != "Policies"}),
        then=_set_policies,
    ),
    "AWS::RDS::DBInstance": Api(
        "rds",
        "create_db_instance",
        id="DBInstance.DBInstanceIdentifier",
        attributes="DBInstance.",
        name="DBInstanceIdentifier",
        renamed={"VPCSecurityGroups": "VpcSecurityGroupIds"},
        given=_database,
    ),
    "AWS::RDS::DBParameterGroup": Api(
        "rds",
        "create_db_parameter_group",
        id="DBParameterGroup.DBParameterGroupName",
        name="DBParameterGroupName",
        given=_group,
        then=_set_parameters,
    ),
    "AWS::IAM::RolePolicy": Api("iam", "put_role_policy", given=lambda _, given: _texts(given)),
    "AWS::RDS::DBProxy": Api(
        "rds",
        "create_db_proxy",
        id="DBProxy.DBProxyName",
        attributes="DBProxy.",
        # moto asks for a secret, which a proxy that logs in with IAM has not.
        given=lambda _, given: {**given, "Auth": []},
    ),
    "AWS::RDS::DBProxyTargetGroup": Api("rds", "register_db_proxy_targets", given=_targets, then=_set_pool),
    "AWS::RDS::DBSubnetGroup": Api(
        "rds", "create_db_subnet_group", id="DBSubnetGroup.DBSubnetGroupName", name="DBSubnetGroupName"
    ),
    "AWS::SecretsManager::Secret": Api("secretsmanager", "create_secret", id="ARN", name="Name", given=_secret),
}


def _model(kind: str, api: Api) -> type:
    """Return the class that moto asks for a resource of this type."""

    class Model(CloudFormationModel):
        def __init__(self, client: Any, answer: dict[str, Any], name: str) -> None:
            self.client, self.answer = client, answer
            self.physical_resource_id = jmespath.search(api.id, answer) if api.id else name

        @staticmethod
        def cloudformation_type() -> str:
            return kind

        @staticmethod
        def cloudformation_name_type() -> str:
            return api.name

        @classmethod
        def has_cfn_attr(cls, _: str) -> bool:
            return True

        def get_cfn_attribute(self, attribute: str) -> Any:
            # CloudFormation's `DBProxyArn` and the API's are one name.
            return api.asked(self.client, self.answer, f"{api.attributes}{attribute}")

        @classmethod
        def create_from_cloudformation_json(
            cls, resource_name: str, cloudformation_json: dict[str, Any], _: str, region_name: str, **_kwargs: Any
        ) -> Any:
            client = client_of(api.service, region_name)
            properties = cloudformation_json["Properties"]
            given = {api.renamed.get(key, key): value for key, value in api.given(client, properties).items()}
            if api.name:
                given[api.name] = resource_name.lower()
            made = cls(client, getattr(client, api.operation)(**given), resource_name)
            api.then(client, made.physical_resource_id, properties)
            return made

    return Model


MODELS = {kind: _model(kind, api) for kind, api in TYPES.items()}


_clean = parsing.clean_json


def _clean_with_cidr(value: Any, resources: Any) -> Any:
    """Resolve `Fn::Cidr` too, the one function of the templates that moto has not."""
    if not (isinstance(value, dict) and "Fn::Cidr" in value):
        return _clean(value, resources)
    block, count, bits = (_clean(part, resources) for part in value["Fn::Cidr"])
    whole = ipaddress.ip_network(block)
    parts = whole.subnets(new_prefix=whole.max_prefixlen - int(bits))
    return [str(part) for part in itertools.islice(parts, int(count))]


def install() -> None:
    """Let moto take these types before its own, which it finds when its services are loaded."""
    parsing.clean_json = _clean_with_cidr
    parsing.get_model_list.cache_clear()
    parsing.get_model_map.cache_clear()
    parsing.get_model_map().update(MODELS)
