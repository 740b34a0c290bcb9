"""Databases and caches: which groups and subnets one has, and on which port it listens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from reachability.template.resolve import undecided

if TYPE_CHECKING:
    from reachability.template.stack import Resource, Stack

SUBNETS: Final = "SubnetIds"


class Kind(NamedTuple):
    """Where the groups of a kind of target stand, and its subnets: in a subnet group, or in itself."""

    groups: str
    subnets: str


CLUSTER: Final = "AWS::RDS::DBCluster"
RDS: Final = {
    "AWS::RDS::DBInstance": Kind("VPCSecurityGroups", "DBSubnetGroupName"),
    CLUSTER: Kind("VpcSecurityGroupIds", "DBSubnetGroupName"),
}
CACHES: Final = {
    "AWS::ElastiCache::CacheCluster": Kind("VpcSecurityGroupIds", "CacheSubnetGroupName"),
    "AWS::ElastiCache::ReplicationGroup": Kind("SecurityGroupIds", "CacheSubnetGroupName"),
    "AWS::ElastiCache::ServerlessCache": Kind("SecurityGroupIds", SUBNETS),
    "AWS::MemoryDB::Cluster": Kind("SecurityGroupIds", "SubnetGroupName"),
}
KINDS: Final = {**RDS, **CACHES}
# How such a property is called elsewhere; CloudFormation takes none of them here.
ELSEWHERE: Final = ("vpcsecuritygroups", "vpcsecuritygroupids", "securitygroupids", "dbsecuritygroups")
PORTS: Final = {
    "aurora": 3306,
    "mariadb": 3306,
    "memcached": 11211,
    "mysql": 3306,
    "oracle": 1521,
    "postgres": 5432,
    "redis": 6379,
    "sqlserver": 1433,
    "valkey": 6379,
}


def groups_property(database: Resource) -> str:
    """Return what the groups stand under; raises `NotDecidedError` where they stand under a name that is none."""
    right = KINDS[database.kind].groups
    wrong = [key for key in database.properties if key != right and key.lower() in ELSEWHERE]
    if wrong and right not in database.properties:
        undecided(f"{wrong[0]} is no property of {database.name}, {right} is", database.at(wrong[0]))
    return right


def subnets(stack: Stack, database: Resource) -> list[Resource]:
    key = KINDS[database.kind].subnets
    if not database.get(key):
        undecided(f"which subnets {database.name} is in", database.line)
    found = stack.several(database if key == SUBNETS else stack.one(database, key), SUBNETS)
    return found or undecided(f"which subnets {database.name} is in", database.line)


def port(database: Resource) -> int:
    if database.get("Port"):
        return database.number("Port")
    engine = str(database.get("Engine", "redis" if database.kind in CACHES else "")).lower()
    if database.kind == CLUSTER and engine == "aurora-postgresql":
        # https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/281: it has been 3306.
        undecided(f"the port of {database.name}, for which CloudFormation and RDS name other defaults", database.line)
    name = engine.removeprefix("aurora-").partition("-")[0]
    found = PORTS.get(name) or PORTS.get(name.removesuffix("ql"))
    return found or undecided(f"the port of {database.name}", database.line)
