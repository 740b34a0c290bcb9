"""What moto's CloudFormation makes not, or not whole, made by the moto service of the same resource.

moto has more services than resource types, and knows fewer properties of a type than of the API call behind it. So a
type here is one API call with the properties of the template; CloudFormation's part, to resolve names and keep the
order, stays moto's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import boto3
import jmespath
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


TYPES = {
    "AWS::EC2::SecurityGroup": Api(
        "ec2",
        "create_security_group",
        id="GroupId",
        name="GroupName",
        given=lambda _, given: {"Description": given["GroupDescription"], "VpcId": given["VpcId"]},
        then=_set_egress,
    ),
    "AWS::EC2::SubnetRouteTableAssociation": Api("ec2", "associate_route_table", id="AssociationId"),
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
    "AWS::RDS::DBSubnetGroup": Api(
        "rds", "create_db_subnet_group", id="DBSubnetGroup.DBSubnetGroupName", name="DBSubnetGroupName"
    ),
    "AWS::SecretsManager::Secret": Api("secretsmanager", "create_secret", id="ARN", name="Name", given=_secret),
}


def _model(kind: str, api: Api) -> type:
    """Return the class that moto asks for a resource of this type."""

    class Model(CloudFormationModel):
        def __init__(self, answer: dict[str, Any], name: str) -> None:
            self.answer = answer
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
            return jmespath.search(f"{api.attributes}{attribute}", self.answer)

        @classmethod
        def create_from_cloudformation_json(
            cls, resource_name: str, cloudformation_json: dict[str, Any], _: str, region_name: str, **_kwargs: Any
        ) -> Any:
            client = boto3.client(api.service, region_name=region_name)
            properties = cloudformation_json["Properties"]
            given = {api.renamed.get(key, key): value for key, value in api.given(client, properties).items()}
            if api.name:
                given[api.name] = resource_name.lower()
            made = cls(getattr(client, api.operation)(**given), resource_name)
            api.then(client, made.physical_resource_id, properties)
            return made

    return Model


MODELS = {kind: _model(kind, api) for kind, api in TYPES.items()}


def install() -> None:
    """Let moto take these types before its own, which it finds when its services are loaded."""
    parsing.get_model_list.cache_clear()
    parsing.get_model_map.cache_clear()
    parsing.get_model_map().update(MODELS)
