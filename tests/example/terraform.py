"""Terraform's file -> the resources of CloudFormation that say the same, as far as the file says it itself.

    resource "aws_subnet" "a" { cidr_block = "10.0.0.0/20" }
    ->  {"aws_subnet/a": {"Type": "AWS::EC2::Subnet", "Properties": {"CidrBlock": "10.0.0.0/20"}}}

python-hcl2 parses; it evaluates nothing. What the file uses of the language is evaluated here: references, locals, the
one variable, a count by it, `jsonencode`, `merge` and `one`. Anything else is an error, so that nothing is passed over.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import hcl2

if TYPE_CHECKING:
    from pathlib import Path

COUNT_RE = re.compile(r'var\.login == "(?P<login>\w+)" \? 1 : 0')
REFERENCE_RE = re.compile(r"(?P<resource>aws_\w+\.\w+)(?:\[(?:0|\*)\])?\.(?P<attribute>\w+)")
CALL_RE = re.compile(r"(?P<function>jsonencode|merge|one)\((?P<argument>.*)\)", re.DOTALL)
PART_RE = re.compile(r"\$\{([^}]+)\}")
LOCAL_RE = re.compile(r"local\.(?P<name>\w+)(?P<login>\[var\.login\])?")

DATA = {
    "data.aws_availability_zones.here.names[0]": {"Fn::Select": [0, {"Fn::GetAZs": ""}]},
    "data.aws_availability_zones.here.names[1]": {"Fn::Select": [1, {"Fn::GetAZs": ""}]},
    "data.aws_caller_identity.here.account_id": {"Ref": "AWS::AccountId"},
    "data.aws_partition.here.partition": {"Ref": "AWS::Partition"},
    "data.aws_region.here.region": {"Ref": "AWS::Region"},
}
# Where an attribute is not simply the resource: CloudFormation's attribute of the same value.
ATTRIBUTES = {
    ("aws_cloudwatch_log_group", "arn"): "Arn",
    ("aws_db_instance", "address"): "Endpoint.Address",
    ("aws_db_instance", "resource_id"): "DbiResourceId",
    ("aws_iam_role", "arn"): "Arn",
}
TYPES = {
    "aws_cloudwatch_log_group": (
        "AWS::Logs::LogGroup",
        {"name": "LogGroupName", "retention_in_days": "RetentionInDays"},
    ),
    "aws_db_instance": (
        "AWS::RDS::DBInstance",
        {
            "engine": "Engine",
            "engine_version": "EngineVersion",
            "instance_class": "DBInstanceClass",
            "allocated_storage": "AllocatedStorage",
            "storage_encrypted": "StorageEncrypted",
            "db_name": "DBName",
            "db_subnet_group_name": "DBSubnetGroupName",
            "parameter_group_name": "DBParameterGroupName",
            "vpc_security_group_ids": "VPCSecurityGroups",
            "publicly_accessible": "PubliclyAccessible",
            "ca_cert_identifier": "CACertificateIdentifier",
            "iam_database_authentication_enabled": "EnableIAMDatabaseAuthentication",
            "username": "MasterUsername",
            "manage_master_user_password": "ManageMasterUserPassword",
            "final_snapshot_identifier": "-",
        },
    ),
    "aws_db_parameter_group": (
        "AWS::RDS::DBParameterGroup",
        {"description": "Description", "family": "Family", "parameter": "Parameters"},
    ),
    "aws_db_subnet_group": ("AWS::RDS::DBSubnetGroup", {"subnet_ids": "SubnetIds"}),
    "aws_iam_role": ("AWS::IAM::Role", {"assume_role_policy": "AssumeRolePolicyDocument"}),
    "aws_iam_role_policy": ("AWS::IAM::RolePolicy", {"role": "RoleName", "policy": "PolicyDocument"}),
    "aws_lambda_function": (
        "AWS::Lambda::Function",
        {
            "function_name": "FunctionName",
            "filename": "-",
            "source_code_hash": "-",
            "depends_on": "-",
            "handler": "Handler",
            "runtime": "Runtime",
            "architectures": "Architectures",
            "memory_size": "MemorySize",
            "timeout": "Timeout",
            "role": "Role",
            "vpc_config": "VpcConfig",
            "subnet_ids": "SubnetIds",
            "security_group_ids": "SecurityGroupIds",
            "logging_config": "LoggingConfig",
            "log_group": "LogGroup",
            "log_format": "LogFormat",
            "environment": "Environment",
            "variables": "Variables",
        },
    ),
    "aws_route_table": ("AWS::EC2::RouteTable", {"vpc_id": "VpcId"}),
    "aws_route_table_association": (
        "AWS::EC2::SubnetRouteTableAssociation",
        {"route_table_id": "RouteTableId", "subnet_id": "SubnetId"},
    ),
    "aws_secretsmanager_secret": ("AWS::SecretsManager::Secret", {"description": "Description"}),
    "aws_secretsmanager_secret_version": (
        "-",
        {"secret_id": "SecretId", "secret_string_wo": "SecretString", "secret_string_wo_version": "-"},
    ),
    "aws_security_group": ("AWS::EC2::SecurityGroup", {"description": "GroupDescription", "vpc_id": "VpcId"}),
    "aws_subnet": (
        "AWS::EC2::Subnet",
        {"vpc_id": "VpcId", "cidr_block": "CidrBlock", "availability_zone": "AvailabilityZone"},
    ),
    "aws_vpc": (
        "AWS::EC2::VPC",
        {
            "cidr_block": "CidrBlock",
            "enable_dns_support": "EnableDnsSupport",
            "enable_dns_hostnames": "EnableDnsHostnames",
        },
    ),
    "aws_vpc_endpoint": (
        "AWS::EC2::VPCEndpoint",
        {
            "vpc_id": "VpcId",
            "vpc_endpoint_type": "VpcEndpointType",
            "service_name": "ServiceName",
            "private_dns_enabled": "PrivateDnsEnabled",
            "subnet_ids": "SubnetIds",
            "security_group_ids": "SecurityGroupIds",
            "route_table_ids": "RouteTableIds",
            "policy": "PolicyDocument",
        },
    ),
}
for _direction, _end in (("egress", "DestinationSecurityGroupId"), ("ingress", "SourceSecurityGroupId")):
    TYPES[f"aws_vpc_security_group_{_direction}_rule"] = (
        f"AWS::EC2::SecurityGroup{_direction.title()}",
        {
            "description": "Description",
            "security_group_id": "GroupId",
            "ip_protocol": "IpProtocol",
            "from_port": "FromPort",
            "to_port": "ToPort",
            "referenced_security_group_id": _end,
            "cidr_ipv4": "CidrIp",
        },
    )


def resources(file: Path, *, login: str) -> dict[str, dict[str, Any]]:
    """Return the resources of a file for a way to log in."""
    return File(file.read_text("utf-8"), login).resources()


class File:
    def __init__(self, text: str, login: str) -> None:
        self._parsed = hcl2.loads(text)
        self._login = login
        self._locals = {key: value for block in self._parsed["locals"] for key, value in _own(block).items()}

    def resources(self) -> dict[str, dict[str, Any]]:
        made = {}
        for block in self._parsed["resource"]:
            ((kind, named),) = _own(block).items()
            ((name, given),) = _own(named).items()
            given = _own(given)
            if self._value(given.pop("count", 1)):
                kind, name = kind.strip('"'), name.strip('"')
                type_, keys = TYPES[kind]
                made[f"{kind}/{name}"] = {"Type": type_, "Properties": self._properties(given, keys)}
        self._tell(made)
        return {name: resource for name, resource in made.items() if resource["Type"] != "-"}

    def _tell(self, made: dict[str, dict[str, Any]]) -> None:
        """Say in CloudFormation's way what Terraform says with more resources, or does by itself."""
        for resource in made.values():
            given = resource["Properties"]
            if resource["Type"] == "AWS::EC2::SecurityGroup":
                # The provider takes away the rule that lets everything out.
                given["SecurityGroupEgress"] = [{"IpProtocol": "-1", "CidrIp": "127.0.0.1/32"}]
            if "AllocatedStorage" in given:
                given["AllocatedStorage"] = str(given["AllocatedStorage"])
            if "SecretString" in given:
                made[given["SecretId"]["Ref"]]["Properties"]["GenerateSecretString"] = self._made_up(
                    given["SecretString"]
                )

    def _made_up(self, fields: dict[str, Any]) -> dict[str, Any]:
        ((_, named),) = _own(self._parsed["ephemeral"][0]).items()
        ((_, options),) = _own(named).items()
        (password,) = (key for key, value in fields.items() if isinstance(value, dict))
        return {
            "SecretStringTemplate": json.dumps({key: value for key, value in fields.items() if key != password}),
            "GenerateStringKey": password,
            "PasswordLength": options["password_length"],
            "ExcludePunctuation": options["exclude_punctuation"],
        }

    def _properties(self, given: dict[str, Any], keys: dict[str, str]) -> dict[str, Any]:
        """Return attributes under CloudFormation's names; one that the table does not know is an error."""
        found = {}
        for key, value in given.items():
            if keys[key] == "Parameters":
                found["Parameters"] = {
                    self._value(each["name"]): self._value(each["value"]) for each in map(_own, value)
                }
            elif isinstance(value, list) and value and isinstance(value[0], dict):
                (block,) = value
                found[keys[key]] = self._properties(_own(block), keys)
            elif keys[key] != "-":
                found[keys[key]] = self._value(value)
        return found

    def _value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._value(item) for item in value]
        if isinstance(value, dict):
            return {key.strip('"'): self._value(item) for key, item in _own(value).items()}
        if not isinstance(value, str):
            return value
        if value.startswith('"'):
            return self._template(value[1:-1].replace('\\"', '"'))
        return self._expression(value.removeprefix("${").removesuffix("}"))

    def _template(self, text: str) -> Any:
        """Return a text, as `Fn::Sub` where it holds references."""
        done = PART_RE.sub(lambda match: _as_part(self._expression(match[1])), text)
        if done.startswith("${aws_cloudwatch_log_group/"):
            done = done.removesuffix(":*")  # which CloudFormation's ARN of a log group has already
        return {"Fn::Sub": done} if "${" in done else done

    def _expression(self, text: str) -> Any:
        if text in DATA:
            return DATA[text]
        if match := LOCAL_RE.fullmatch(text):
            found = self._value(self._locals[match["name"]])
            return found[self._login] if match["login"] else found
        if match := COUNT_RE.fullmatch(text):
            return int(match["login"] == self._login)
        if match := CALL_RE.fullmatch(text):
            return self._call(match["function"], match["argument"])
        if match := REFERENCE_RE.fullmatch(text):
            return _reference(match["resource"], match["attribute"])
        if text.startswith("ephemeral."):
            return {"Ref": text}
        message = f"not evaluated here: {text}"
        raise NotImplementedError(message)

    def _call(self, function: str, argument: str) -> Any:
        if function == "merge":
            return {key: item for part in argument.split(", ") for key, item in self._expression(part).items()}
        if function == "one":
            return self._expression(argument)
        return self._value(hcl2.loads(f"it = {argument}\n")["it"])


def _own(block: dict[str, Any]) -> dict[str, Any]:
    """Return a block without what the parser adds to it."""
    return {key: value for key, value in block.items() if not key.startswith("__")}


def _reference(resource: str, attribute: str) -> dict[str, Any]:
    kind, name = resource.split(".")
    known = ATTRIBUTES.get((kind, attribute))
    return {"Fn::GetAtt": [f"{kind}/{name}", known]} if known else {"Ref": f"{kind}/{name}"}


def _as_part(value: Any) -> str:
    if isinstance(value, str):
        return value
    return value.get("Fn::Sub") or "${" + (value.get("Ref") or ".".join(value["Fn::GetAtt"])) + "}"
