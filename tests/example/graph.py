"""A CloudFormation template -> what it says of the network, as statements that do not depend on who wrote it.

    FunctionGroup has a SecurityGroupEgress  ->  ("out", "function group", "tcp", 3306, "database group")

A tool gives other names to resources, and cuts a group's rules or a role's policies otherwise. So a resource is called
by what it is to the function: its group is the one that it carries, its role the one that it has.
"""

from __future__ import annotations

import json
import re
from typing import Any

Resources = dict[str, dict[str, Any]]
Statement = tuple[Any, ...]

REFERENCE_RE = re.compile(r"\$\{([^}]+)\}")
ALONE = {
    "AWS::EC2::VPC": "vpc",
    "AWS::Lambda::Function": "function",
    "AWS::Logs::LogGroup": "log group",
    "AWS::RDS::DBInstance": "database",
    "AWS::SecretsManager::Secret": "secret",
}
# Rules that stand for none: an address that no packet has.
NOBODY = {"127.0.0.1/32", "255.255.255.255/32"}
COMPARED = {
    "AWS::EC2::VPC": ("CidrBlock", "EnableDnsSupport", "EnableDnsHostnames"),
    "AWS::Lambda::Function": (
        "Architectures",
        "Environment",
        "Handler",
        "LoggingConfig",
        "MemorySize",
        "Runtime",
        "Timeout",
    ),
    "AWS::Logs::LogGroup": ("RetentionInDays",),
    "AWS::RDS::DBInstance": (
        "AllocatedStorage",
        "CACertificateIdentifier",
        "DBInstanceClass",
        "DBName",
        "EnableIAMDatabaseAuthentication",
        "Engine",
        "EngineVersion",
        "ManageMasterUserPassword",
        "MasterUserPassword",
        "PubliclyAccessible",
        "StorageEncrypted",
    ),
    "AWS::RDS::DBParameterGroup": ("Family", "Parameters"),
    "AWS::SecretsManager::Secret": ("GenerateSecretString",),
}


def statements(resources: Resources, *, stack: str) -> set[Statement]:
    """Return all that the resources of a stack say."""
    return Graph(resources, stack).statements()


class Graph:
    """The resources of one template, with the names that they have for each other."""

    def __init__(self, resources: Resources, stack: str) -> None:
        self._resources = resources
        self._stack = stack
        self._names = self._name()

    def statements(self) -> set[Statement]:
        parts = (
            self._properties,
            self._subnets,
            self._routes,
            self._rules,
            self._endpoints,
            self._carried,
            self._policies,
        )
        return {statement for part in parts for statement in part()}

    def _of(self, *kinds: str) -> list[tuple[str, dict[str, Any]]]:
        return [
            (name, resource.get("Properties", {}))
            for name, resource in self._resources.items()
            if resource["Type"] in kinds
        ]

    def _name(self) -> dict[str, str]:
        names = {name: alone for kind, alone in ALONE.items() for name, _ in self._of(kind)}
        names |= {name: given["CidrBlock"] for name, given in self._of("AWS::EC2::Subnet")}
        for name, given in self._of("AWS::EC2::VPCEndpoint"):
            names[name] = f"{_service(given)} endpoint"
            names |= {_target(group): "endpoint group" for group in given.get("SecurityGroupIds", [])}
        for _, given in self._of("AWS::Lambda::Function"):
            names |= {_target(group): "function group" for group in given["VpcConfig"]["SecurityGroupIds"]}
            names[_target(given["Role"])] = "role"
        for _, given in self._of("AWS::RDS::DBInstance"):
            names |= {_target(group): "database group" for group in given["VPCSecurityGroups"]}
        return names

    def _called(self, value: Any) -> Any:
        """Return the name of what a value refers to, or the value itself."""
        target = _target(value)
        return self._names.get(target, target) if target else value

    def _text(self, value: Any) -> str:
        """Return a value as text, with a name for each reference in it."""
        match value:
            case str():
                text = value
            case {"Ref": target}:
                text = self._reference(target)
            case {"Fn::GetAtt": _}:
                text = self._reference(*_attribute(value))
            case {"Fn::Join": [separator, parts]}:
                text = separator.join(map(self._text, parts))
            case {"Fn::Sub": [pattern, named]}:
                for name, part in named.items():
                    pattern = pattern.replace(f"${{{name}}}", self._text(part))
                text = self._text({"Fn::Sub": pattern})
            case {"Fn::Sub": pattern}:
                text = REFERENCE_RE.sub(lambda match: self._reference(*match[1].split(".", 1)), pattern)
            case {"Fn::Select": [index, {"Fn::Split": [_, whole]}]}:
                text = f"<part {index} of {self._text(whole)}>"
            case _:
                message = f"not compared here: {value}"
                raise NotImplementedError(message)
        return text

    def _reference(self, target: str, attribute: str = "") -> str:
        if target == "AWS::StackName":
            return self._stack
        name = self._names.get(target, target)
        return f"<{name}.{attribute}>" if attribute and attribute != "GroupId" else f"<{name}>"

    def _plain(self, value: Any) -> Any:
        """Return a property as something that compares: names for references, no order of keys."""
        if isinstance(value, dict) and (set(value) & {"Ref", "Fn::Sub", "Fn::Join", "Fn::GetAtt"}):
            return self._text(value)
        if isinstance(value, dict):
            return {key: self._plain(item) for key, item in value.items()}
        return [self._plain(item) for item in value] if isinstance(value, list) else value

    def _properties(self) -> list[Statement]:
        return [
            (kind, key, json.dumps(self._plain(given[key]), sort_keys=True))
            for kind, keys in COMPARED.items()
            for _, given in self._of(kind)
            for key in keys
            if key in given
        ]

    def _subnets(self) -> list[Statement]:
        return [
            (
                "subnet",
                given["CidrBlock"],
                json.dumps(given["AvailabilityZone"]),
                given.get("MapPublicIpOnLaunch", False),
            )
            for _, given in self._of("AWS::EC2::Subnet")
        ]

    def _routes(self) -> list[Statement]:
        targets: dict[str, list[Statement]] = {}
        for _, given in self._of("AWS::EC2::Route"):
            destination = given.get("DestinationCidrBlock") or given["DestinationIpv6CidrBlock"]
            (kind,) = (key for key in given if key.endswith(("GatewayId", "InterfaceId")))
            targets.setdefault(_target(given["RouteTableId"]), []).append((destination, kind))
        for name, given in self._of("AWS::EC2::VPCEndpoint"):
            for table in given.get("RouteTableIds", []):
                targets.setdefault(_target(table), []).append(("its prefix list", self._names[name]))
        return [
            ("route", self._called(given["SubnetId"]), *route)
            for _, given in self._of("AWS::EC2::SubnetRouteTableAssociation")
            for route in targets.get(_target(given["RouteTableId"]), [])
        ]

    def _rules(self) -> list[Statement]:
        found = []
        for name, given in self._of("AWS::EC2::SecurityGroup"):
            group, out = self._names.get(name, name), given.get("SecurityGroupEgress", [])
            alone = [rule for _, rule in self._of("AWS::EC2::SecurityGroupEgress") if _target(rule["GroupId"]) == name]
            found += [self._rule("out", group, rule) for rule in (*out, *alone)]
            found += [self._rule("in", group, rule) for rule in given.get("SecurityGroupIngress", [])]
            if not out and not alone:
                found.append(("out", group, "everything"))
        found += [
            self._rule("in", self._called(rule["GroupId"]), rule)
            for _, rule in self._of("AWS::EC2::SecurityGroupIngress")
        ]
        return [rule for rule in found if rule[-1] not in NOBODY]

    def _rule(self, direction: str, group: str, rule: dict[str, Any]) -> Statement:
        ends = ("SourceSecurityGroupId", "DestinationSecurityGroupId", "CidrIp", "CidrIpv6")
        (end,) = (self._called(rule[key]) for key in ends if key in rule)
        return (direction, group, rule["IpProtocol"], rule.get("FromPort"), rule.get("ToPort"), end)

    def _endpoints(self) -> list[Statement]:
        found: list[Statement] = []
        for name, given in self._of("AWS::EC2::VPCEndpoint"):
            endpoint = self._names[name]
            found.append(("endpoint", endpoint, given["VpcEndpointType"], given.get("PrivateDnsEnabled", False)))
            found += [("lies in", endpoint, self._called(subnet)) for subnet in given.get("SubnetIds", [])]
            found += [("carries", endpoint, self._called(group)) for group in given.get("SecurityGroupIds", [])]
            found += self._document("endpoint policy", endpoint, given["PolicyDocument"])
        return found

    def _carried(self) -> list[Statement]:
        found: list[Statement] = []
        for _, given in self._of("AWS::Lambda::Function"):
            found += [("lies in", "function", self._called(subnet)) for subnet in given["VpcConfig"]["SubnetIds"]]
            found += [("carries", "function", self._called(group)) for group in given["VpcConfig"]["SecurityGroupIds"]]
        for _, given in self._of("AWS::RDS::DBInstance"):
            group = self._resources[_target(given["DBSubnetGroupName"])]["Properties"]
            found += [("lies in", "database", self._called(subnet)) for subnet in group["SubnetIds"]]
            found += [("carries", "database", self._called(group)) for group in given["VPCSecurityGroups"]]
        return found

    def _policies(self) -> list[Statement]:
        found: list[Statement] = []
        for name, given in self._of("AWS::IAM::Role"):
            role = self._names.get(name, name)
            found += self._document("trust", role, given["AssumeRolePolicyDocument"])
            found += [("managed policy", role, self._text(arn)) for arn in given.get("ManagedPolicyArns", [])]
            for policy in given.get("Policies", []):
                found += self._document("policy", role, policy["PolicyDocument"])
        for _, given in self._of("AWS::IAM::Policy", "AWS::IAM::RolePolicy"):
            for role in given.get("Roles") or [given["RoleName"]]:
                found += self._document("policy", self._called(role), given["PolicyDocument"])
        return found

    def _document(self, kind: str, holder: str, document: dict[str, Any]) -> list[Statement]:
        return [
            (
                kind,
                holder,
                statement["Effect"],
                action,
                self._text(statement.get("Resource", "")),
                _everybody(json.dumps(self._plain(statement.get("Principal", "")), sort_keys=True)),
                json.dumps(self._plain(statement.get("Condition", {})), sort_keys=True),
            )
            for statement in document["Statement"]
            for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
        ]


def _everybody(principal: str) -> str:
    return '"*"' if principal == '{"AWS": "*"}' else principal


def _target(value: Any) -> str:
    """Return the resource that a value refers to, or nothing."""
    if isinstance(value, dict) and "Ref" in value:
        return value["Ref"]
    return _attribute(value)[0] if isinstance(value, dict) and "Fn::GetAtt" in value else ""


def _attribute(value: dict[str, Any]) -> list[str]:
    found = value["Fn::GetAtt"]
    return found.split(".", 1) if isinstance(found, str) else found


def _service(endpoint: dict[str, Any]) -> str:
    return re.sub(r"\W+$", "", json.dumps(endpoint["ServiceName"])).rpartition(".")[2]
