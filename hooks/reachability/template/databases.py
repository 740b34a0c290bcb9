"""Databases: which groups one is behind, and on which port it listens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reachability.template.resolve import undecided

if TYPE_CHECKING:
    from reachability.template.stack import Resource

CLUSTER: Final = "AWS::RDS::DBCluster"
GROUPS: Final = {"AWS::RDS::DBInstance": "VPCSecurityGroups", CLUSTER: "VpcSecurityGroupIds"}
# How the property is called elsewhere; CloudFormation takes none of them here.
ELSEWHERE: Final = ("vpcsecuritygroups", "vpcsecuritygroupids", "securitygroupids", "dbsecuritygroups")
PORTS: Final = {"aurora": 3306, "mysql": 3306, "mariadb": 3306, "postgres": 5432, "oracle": 1521, "sqlserver": 1433}


def groups_property(database: Resource) -> str:
    """Return what the groups stand under; raises `NotDecidedError` where they stand under a name that is none."""
    right = GROUPS[database.kind]
    wrong = [key for key in database.properties if key != right and key.lower() in ELSEWHERE]
    if wrong and right not in database.properties:
        undecided(f"{wrong[0]} is no property of {database.name}, {right} is", database.at(wrong[0]))
    return right


def port(database: Resource) -> int:
    if database.get("Port"):
        return database.number("Port")
    engine = str(database.get("Engine", "")).lower()
    if database.kind == CLUSTER and engine == "aurora-postgresql":
        # https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/281: it has been 3306.
        undecided(f"the port of {database.name}, for which CloudFormation and RDS name other defaults", database.line)
    name = engine.removeprefix("aurora-").partition("-")[0]
    found = PORTS.get(name) or PORTS.get(name.removesuffix("ql"))
    return found or undecided(f"the port of {database.name}", database.line)
