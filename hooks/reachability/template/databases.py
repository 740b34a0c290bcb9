"""Databases, caches and other private hosts: which groups and subnets one has, and on which port it listens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reachability.template.resolve import Unknown, undecided
from reachability.template.source import Mapping
from reachability.template.stack import Resource

if TYPE_CHECKING:
    from reachability.template.stack import Stack

SUBNETS: Final = ("SubnetIds", "ClientSubnets", "VpcSubnetIds", "SubnetId")


class Kind(NamedTuple):
    """Where the groups of a kind of target stand, and its subnets: in a subnet group, or in itself.

    Both may be ``inside`` another property. ``port`` is what it listens on by itself, ``listens`` where another is given.
    """

    groups: str
    subnets: str
    inside: str = ""
    port: int = 0
    listens: str = "Port"


CLUSTER: Final = "AWS::RDS::DBCluster"
RDS: Final = {
    "AWS::RDS::DBInstance": Kind("VPCSecurityGroups", "DBSubnetGroupName"),
    CLUSTER: Kind("VpcSecurityGroupIds", "DBSubnetGroupName"),
}
CACHES: Final = {
    "AWS::ElastiCache::CacheCluster": Kind("VpcSecurityGroupIds", "CacheSubnetGroupName"),
    "AWS::ElastiCache::ReplicationGroup": Kind("SecurityGroupIds", "CacheSubnetGroupName"),
    "AWS::ElastiCache::ServerlessCache": Kind("SecurityGroupIds", "SubnetIds"),
    "AWS::MemoryDB::Cluster": Kind("SecurityGroupIds", "SubnetGroupName"),
}
PROXY: Final = "AWS::RDS::DBProxy"
KAFKA, SEARCH, GRAPH = "AWS::MSK::Cluster", "AWS::OpenSearchService::Domain", "AWS::Neptune::DBCluster"
HOSTS: Final = {
    "AWS::DocDB::DBCluster": Kind("VpcSecurityGroupIds", "DBSubnetGroupName", port=27017),
    KAFKA: Kind("SecurityGroups", "ClientSubnets", "BrokerNodeGroupInfo"),
    GRAPH: Kind("VpcSecurityGroupIds", "DBSubnetGroupName", port=8182, listens="DBPort"),
    PROXY: Kind("VpcSecurityGroupIds", "VpcSubnetIds"),
    SEARCH: Kind("SecurityGroupIds", "SubnetIds", "VPCOptions", port=443),
    "AWS::Redshift::Cluster": Kind("VpcSecurityGroupIds", "ClusterSubnetGroupName", port=5439),
    "AWS::RedshiftServerless::Workgroup": Kind("SecurityGroupIds", "SubnetIds", port=5439),
}
# Called only by functions that mount it.
MOUNT: Final = "AWS::EFS::MountTarget"
CALLED: Final = {**RDS, **CACHES, **HOSTS}
KINDS: Final = {**CALLED, MOUNT: Kind("SecurityGroups", "SubnetId", port=2049)}
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
# https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/281: it has been 3306.
DEFAULTS: Final = (3306, 5432)
FAMILIES: Final = {"MYSQL": 3306, "POSTGRESQL": 5432, "SQLSERVER": 1433}
# https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
PLAIN, TLS, SCRAM, IAM = 9092, 9094, 9096, 9098


def groups(stack: Stack, database: Resource) -> list[Resource]:
    """Return its groups; raises `NotDecidedError` where they stand under a name that is none."""
    holder, right = _holder(database), KINDS[database.kind].groups
    wrong = [key for key in holder.properties if key != right and key.lower() in ELSEWHERE]
    if wrong and right not in holder.properties:
        undecided(f"{wrong[0]} is no property of {database.name}, {right} is", holder.at(wrong[0]))
    return stack.several(holder, right)


def subnets(stack: Stack, database: Resource) -> list[Resource]:
    holder, key = _holder(database), KINDS[database.kind].subnets
    if not holder.get(key):
        undecided(f"which subnets {database.name} is in", database.line)
    found = (
        stack.several(holder, key) if key in SUBNETS else stack.several(_subnet_group(stack, holder, key), "SubnetIds")
    )
    return found or undecided(f"which subnets {database.name} is in", database.line)


def _subnet_group(stack: Stack, holder: Resource, key: str) -> Resource:
    """Return the subnet group, which may be given by the name that the template gives it; capitals make no other name."""
    given = holder.get(key)
    service = holder.kind.rpartition("::")[0]
    kinds = (f"{service}::DBSubnetGroup", f"{service}::SubnetGroup")
    named = (group for group in stack.of(*kinds) if isinstance(given, str) and _is_called(group, key, given))
    return next(named, None) or stack.one(holder, key)


def _is_called(group: Resource, key: str, name: str) -> bool:
    own = group.properties.get(key)
    return isinstance(own, str) and own.lower() == name.lower()


def _holder(database: Resource) -> Resource:
    """Return what holds the groups and subnets: the target, or a property of it."""
    inside = KINDS[database.kind].inside
    if not inside:
        return database
    given = database.get(inside)
    if not isinstance(given, Mapping):
        undecided(f"which subnets {database.name} is in", database.line)
    return Resource(database.name, database.kind, given, database.line)


def port(stack: Stack, database: Resource) -> int:
    """Return the port on which it listens, or the one that ``stack`` takes for it."""
    kind = KINDS[database.kind]
    if database.name in stack.ports:
        return stack.ports[database.name]
    if database.kind == KAFKA:
        return _broker_port(database)
    if database.kind == PROXY:
        found = FAMILIES.get(str(database.get("EngineFamily")).upper())
        return found or undecided(f"the port of {database.name}", database.line)
    if database.kind != SEARCH and database.get(kind.listens):
        return database.number(kind.listens)
    if kind.port:
        return kind.port
    engine = str(database.get("Engine", "redis" if database.kind in CACHES else "")).lower()
    if database.kind == CLUSTER and engine == "aurora-postgresql":
        stack.open_ports.add(database.name)
        undecided(f"the port of {database.name}, for which CloudFormation and RDS name other defaults", database.line)
    name = engine.removeprefix("aurora-").partition("-")[0]
    found = PORTS.get(name) or PORTS.get(name.removesuffix("ql"))
    return found or undecided(f"the port of {database.name}", database.line)


def _broker_port(cluster: Resource) -> int:
    """Return the port of the one way in that the brokers offer; of several the code chooses."""
    ways = {
        SCRAM: ("ClientAuthentication", "Sasl", "Scram", "Enabled"),
        IAM: ("ClientAuthentication", "Sasl", "Iam", "Enabled"),
        TLS: ("ClientAuthentication", "Tls", "Enabled"),
    }
    found = [port for port, path in ways.items() if str(_within(cluster, *path)).lower() == "true"]
    if not found or str(_within(cluster, "ClientAuthentication", "Unauthenticated", "Enabled")).lower() == "true":
        open_ = _within(cluster, "EncryptionInfo", "EncryptionInTransit", "ClientBroker") or "TLS"
        found += {"TLS": [TLS], "PLAINTEXT": [PLAIN]}.get(str(open_), [PLAIN, TLS])
    if len(set(found)) > 1:
        undecided(f"on which of its ports {cluster.name} is called", cluster.line)
    return found[0]


def _within(resource: Resource, *path: str) -> Any:
    """Return what stands at a path of properties; None where nothing does."""
    value: Any = resource.get(path[0])
    for key in path[1:]:
        value = (
            Resource(resource.name, resource.kind, value, resource.line).get(key)
            if isinstance(value, Mapping)
            else None
        )
    return value


def refuse_doubt(database: Resource) -> None:
    """Raise `NotDecidedError` where a host asks for more than a way: policies of its kind are not read."""
    asks = {
        GRAPH: ("IamAuthEnabled",),
        KAFKA: ("ClientAuthentication", "Sasl", "Iam", "Enabled"),
    }.get(database.kind)
    if asks and str(_within(database, *asks)).lower() == "true":
        undecided(f"whether {database.name} lets the role in", database.at(asks[0]))
    if database.kind == SEARCH:
        undecided(f"whether {database.name} lets the role in", database.at("AccessPolicies"))


def asks_for_a_token(database: Resource) -> bool:
    """Return whether a login may be by a token."""
    if database.kind == PROXY:
        return "REQUIRED" in _logins(database)
    return database.flag("EnableIAMDatabaseAuthentication", default=False)


def takes_no_password(database: Resource) -> bool:
    """Return whether a login has to be by a token: a proxy may want that, a database takes passwords too."""
    return database.kind == PROXY and set(_logins(database)) == {"REQUIRED"}


def _logins(proxy: Resource) -> list[str]:
    ways = proxy.get("Auth") or []
    if not isinstance(ways, list):
        return []
    if unread := next((way for way in ways if isinstance(way, Unknown)), None):
        undecided(f"Auth of {proxy.name}: {unread.why}", proxy.at("Auth"))
    return [str(way.get("IAMAuth", "DISABLED")) for way in ways if isinstance(way, Mapping)]


def is_public(database: Resource) -> bool:
    """Return whether it may be called from outside its VPC too."""
    if database.kind == SEARCH:
        return not database.get("VPCOptions")
    if database.kind == KAFKA:
        kind = _within(database, "BrokerNodeGroupInfo", "ConnectivityInfo", "PublicAccess", "Type")
        return kind not in {None, "DISABLED"}
    return database.flag("PubliclyAccessible", default=False)
