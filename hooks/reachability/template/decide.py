"""One function, one subnet, one target -> the settings of the model, each decided when the rules read it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from reachability.settings import SETTINGS, TARGETS
from reachability.template import databases, files, groups, network, roles
from reachability.template.resolve import DEFAULT_GROUP, NotDecidedError, Reference, references, undecided
from reachability.template.source import Mapping
from reachability.template.stack import GROUP, SUBNET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reachability.template.stack import Resource, Stack

FUNCTIONS: Final = ("AWS::Lambda::Function", "AWS::Serverless::Function")
# Private targets too, of which the model knows nothing, and templates of their own, which may hold some.
UNREAD: Final = (
    "AWS::AmazonMQ::Broker",
    "AWS::CloudFormation::Stack",
    "AWS::DAX::Cluster",
    "AWS::DocDBElastic::Cluster",
    "AWS::Elasticsearch::Domain",
    "AWS::MSK::ServerlessCluster",
    "AWS::NeptuneGraph::PrivateGraphEndpoint",
    "AWS::OpenSearchServerless::VpcEndpoint",
    "AWS::RDS::DBProxyEndpoint",
    "AWS::Serverless::Application",
    "AWS::Serverless::Connector",
    "AWS::Timestream::InfluxDBInstance",
)
# These are of use for much else, so they are targets of a function that names them alone.
UNREAD_IF_NAMED: Final = (
    "AWS::EC2::Instance",
    "AWS::ElasticLoadBalancing::LoadBalancer",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
)
# The service's name in an action of a policy, and in the name of an endpoint.
SERVICES: Final = {"secrets": "secretsmanager", "s3": "s3", "dynamodb": "dynamodb", "lambda": "lambda"}
LOGIN: Final = "rds-db:connect"
PROVIDER: Final = "CapacityProviderConfig"
PASSWORDS: Final = ("pass", "pwd", "secret", "url", "dsn", "credential")


def calls(stack: Stack) -> Iterator[list[Call]]:
    """Yield every function with every target, as a call from each of its subnets."""
    for function in stack.of(*FUNCTIONS):
        for database in stack.of(*databases.CALLED):
            if not _is_in_a_cluster(stack, database) and not _is_another_way(stack, function, database):
                yield list(_from_each_subnet(stack, function, "rds", database))
        yield from _mounts(stack, function)
        for target, service in SERVICES.items():
            if _mentions(stack, function, service):
                yield list(_from_each_subnet(stack, function, target, None))


def _mounts(stack: Stack, function: Resource) -> Iterator[list[Call]]:
    """Yield each file system that a function mounts, as a call from each subnet; what is not known is in `unmounted`."""
    if not unmounted(stack, function):
        yield from _mounted(stack, function)


def unmounted(stack: Stack, function: Resource) -> NotDecidedError | None:
    """Return why it is not known what a function mounts by which targets."""
    try:
        list(_mounted(stack, function))
    except NotDecidedError as unread:
        return unread
    return None


def _mounted(stack: Stack, function: Resource) -> Iterator[list[Call]]:
    for mounted in files.mounted(stack, function):
        subnets = Call(stack, function, "rds", None, None).subnets
        if not subnets:
            undecided(f"which subnet {function.name} is in", function.line)
        yield [Call(stack, function, "rds", files.target(stack, mounted, subnet), subnet) for subnet in subnets]


def _is_in_a_cluster(stack: Stack, database: Resource) -> bool:
    """Whether it is an instance of a cluster that the template makes: then the cluster is what is called."""
    cluster = database.properties.get("DBClusterIdentifier")
    return database.kind != databases.CLUSTER and isinstance(cluster, Reference) and bool(stack.find(cluster.name))


def _is_another_way(stack: Stack, function: Resource, proxy: Resource) -> bool:
    """Whether it is a proxy that the function does not name, before a database that it may call itself."""
    others = any(stack.of(*databases.RDS))
    return proxy.kind == databases.PROXY and others and not _names(function.properties, proxy.name)


def unread_hosts(stack: Stack, function: Resource) -> list[Resource]:
    """Return the hosts that a function names and that are not read."""
    environment = function.properties.get("Environment")
    return [host for host in stack.of(*UNREAD_IF_NAMED) if _names(environment, host.name)]


def _mentions(stack: Stack, function: Resource, service: str) -> bool:
    try:
        return roles.mentions(stack, function, service)
    except NotDecidedError:
        # A role from elsewhere does not say what the code calls.
        return False


def _may_log_in(stack: Stack, function: Resource) -> bool:
    try:
        return roles.allows(stack, function, LOGIN)
    except NotDecidedError:
        return False


def _from_each_subnet(stack: Stack, function: Resource, target: str, database: Resource | None) -> Iterator[Call]:
    call = Call(stack, function, target, database, None)
    try:
        subnets = call.subnets
    except NotDecidedError:
        subnets = []
    if subnets:
        yield from (Call(stack, function, target, database, subnet) for subnet in subnets)
    else:
        yield call


@dataclass(frozen=True)
class Call:
    """Answers what the rules ask of one call; `NotDecidedError` where the template does not tell."""

    stack: Stack
    function: Resource
    target: str
    database: Resource | None
    subnet: Resource | None

    def read(self, name: str) -> str:
        return DECIDE[name](self)

    @cached_property
    def vpc_config(self) -> Mapping:
        if self.function.get(PROVIDER):
            undecided(f"the network of {self.function.name} is that of a capacity provider", self.function.at(PROVIDER))
        given = self.function.get("VpcConfig")
        return given if isinstance(given, Mapping) else Mapping(self.function.line)

    @cached_property
    def subnets(self) -> list[Resource]:
        return self.stack.several(self.function, "VpcConfig", self.vpc_config.get("SubnetIds") or [], SUBNET)

    @cached_property
    def here(self) -> Resource:
        if self.subnet is None:
            # Asking again tells why there is none.
            _ = self.subnets
            undecided(f"which subnet {self.function.name} is in", self.function.line)
        return self.subnet

    @cached_property
    def vpc(self) -> Resource:
        return self.stack.one(self.here, "VpcId")

    @cached_property
    def groups(self) -> list[Resource]:
        """The groups of the function that are in the template."""
        found = [group for group in self._groups if not isinstance(group, NotDecidedError)]
        if not found:
            self._refuse_more_groups()
        return found or undecided(f"which security group {self.function.name} has", self.function.line)

    @cached_property
    def _groups(self) -> list[Resource | NotDecidedError]:
        """The groups of the function, or why one is not known."""
        given = self.vpc_config.get("SecurityGroupIds") or []
        return [self._group(each) for each in (given if isinstance(given, list) else [given])]

    def _group(self, given: object) -> Resource | NotDecidedError:
        try:
            return self.stack.several(self.function, "VpcConfig", [given], GROUP)[0]
        except NotDecidedError as unread:
            return unread

    def _refuse_more_groups(self) -> None:
        """Raise `NotDecidedError` where the function has another group, which may let the call through."""
        for group in self._groups:
            if isinstance(group, NotDecidedError):
                raise group

    @cached_property
    def endpoint(self) -> Resource | None:
        """The interface endpoint of the service, in the function's VPC."""
        if self.database:
            return None
        return next(network.endpoints(self.stack, self.vpc, SERVICES[self.target], "Interface"), None)

    @cached_property
    def gateways(self) -> list[Resource]:
        if not self.gateway_too:
            return []
        return list(network.endpoints(self.stack, self.vpc, SERVICES[self.target], "Gateway"))

    @cached_property
    def gateway(self) -> Resource | None:
        """The gateway endpoint that the subnet's table has, if any has it."""
        table = network.table_of(self.stack, self.here)
        mine = (each for each in self.gateways if table and each.lists("RouteTableIds", table))
        return next(mine, next(iter(self.gateways), None))

    @cached_property
    def private_endpoint(self) -> Resource | None:
        """The interface endpoint, if the usual name leads there."""
        named = self.endpoint and self.read("private-dns") == "on" and self.read("dns-hostnames") == "on"
        return self.endpoint if named else None

    @cached_property
    def port(self) -> int:
        if self.database is None:
            return TARGETS[self.target].port
        return databases.port(self.stack, self.database)

    @cached_property
    def target_groups(self) -> list[Resource]:
        """The groups of the database or the interface endpoint; none means the VPC's default group."""
        if self.database:
            if self.database.kind == "AWS::RDS::DBInstance" and "DBClusterIdentifier" in self.database.properties:
                undecided(f"which cluster {self.database.name} belongs to", self.database.at("DBClusterIdentifier"))
            return databases.groups(self.stack, self.database)
        return self.stack.several(self.endpoint, "SecurityGroupIds") if self.endpoint else []

    @cached_property
    def target_subnets(self) -> list[Resource]:
        if self.database:
            return databases.subnets(self.stack, self.database)
        return self.stack.several(self.endpoint, "SubnetIds") if self.endpoint else []

    @cached_property
    def proxy(self) -> Resource | None:
        """The proxy that the function names and calls in the database's place."""
        return next((each for each in self.proxies if _names(self.function.properties, each.name)), None)

    @property
    def proxies(self) -> list[Resource]:
        """The proxies that may stand before the database."""
        return list(self.stack.of(databases.PROXY)) if self.database and self.database.kind in databases.RDS else []

    @property
    def data_api(self) -> bool:
        """Whether the function may call the database without a connection."""
        return bool(
            self.database
            and self.database.kind == databases.CLUSTER
            and self.database.flag("EnableHttpEndpoint", default=False)
            and _mentions(self.stack, self.function, "rds-data")
        )

    @cached_property
    def unrelated(self) -> bool:
        """Whether nothing says that the function is meant to call the database."""
        return bool(
            self.database
            and not self.vpc_config.get("SubnetIds")
            and not _names(self.function.properties, self.database.name)
            and not _may_log_in(self.stack, self.function)
        )

    # What the rules ask.

    def attached(self) -> str:
        if self.database and databases.is_public(self.database) and not self.subnets:
            undecided(f"the way to public {self.database.name}", self.database.at("PubliclyAccessible"))
        return _yes(bool(self.subnets))

    def dns(self) -> str:
        network.refuse_other_names(self.stack, self.vpc)
        return _on(self.vpc.flag("EnableDnsSupport", default=True))

    def route6(self) -> str:
        return SETTINGS["route6"].default  # No target of a template is called over IPv6.

    def ipv6(self) -> str:
        return SETTINGS["ipv6"].default

    def egress(self) -> str:
        target = self.target_groups if self.database or self.private_endpoint else []
        found = groups.egress(self.stack, self.groups, self.port, target, lambda: self.target_ranges)
        if found == "other-port":
            self._refuse_more_groups()
        return found

    def port_goes_elsewhere(self, key: str) -> bool:
        """Whether the group lets the port out, where that is not enough."""
        return key == "egress-other-port" and groups.lets_port(self.stack, self.groups, self.port)

    @cached_property
    def target_ranges(self) -> list[str]:
        """Where the target may be: in its subnets, or anywhere."""
        if self.database or self.private_endpoint:
            return [network.range_of(subnet) for subnet in self.target_subnets]
        return [groups.EVERYWHERE[0]]

    def ingress(self) -> str:
        target = self.target_groups or self._default_group()
        if not target:
            # An endpoint that is yet to be made will have a group.
            return "group"
        found = groups.ingress(self.stack, target, self.port, self.groups, lambda: [network.range_of(self.here)])
        if found == "other-group":
            self._refuse_more_groups()
        return found

    def _default_group(self) -> list[Resource]:
        """Return the group of a database or an endpoint that names none: the default one of its VPC."""
        if self.endpoint:
            return [self._default_group_of(self.vpc)]
        return [self._default_group_of(self.stack.one(self.target_subnets[0], "VpcId"))] if self.database else []

    def _default_group_of(self, vpc: Resource) -> Resource:
        group = Reference(f"{vpc.name}.{DEFAULT_GROUP}")
        return self.stack.named(group, f"the default group of {vpc.name}", vpc.line)

    def nacl(self) -> str:
        return next(iter(self.nacl_faults), "default")

    @cached_property
    def nacl_faults(self) -> list[str]:
        """What the ACLs close. The model knows one at a time; a template may have several."""
        mine, port = network.acl_of(self.stack, self.here), (self.port, self.port)
        there, faults = self.target_ranges, []
        if mine and not groups.acl_lets(self.stack, mine, port, there, out=True):
            faults.append("no-out")
        if self._target_closed(port):
            faults.append("target-no-in")
        if mine and not groups.acl_lets(self.stack, mine, groups.EPHEMERAL, there, out=False):
            faults.append("no-ephemeral")
        return faults

    @cached_property
    def target_acl(self) -> Resource | None:
        # A packet that stays in its subnet meets no ACL.
        acls = {None if other is self.here else network.acl_of(self.stack, other) for other in self.target_subnets}
        if len(acls) > 1:
            undecided("which ACL the target is behind", self.target_subnets[0].line)
        return next(iter(acls), None)

    def _target_closed(self, port: tuple[int, int]) -> bool:
        acl = self.target_acl
        if acl is None:
            return False
        here = [network.range_of(self.here)]
        if not groups.acl_lets(self.stack, acl, port, here, out=False):
            return True
        if not groups.acl_lets(self.stack, acl, groups.EPHEMERAL, here, out=True):
            undecided(f"{acl.name} lets no reply out", acl.line)
        return False

    def place(self) -> str:
        if self.database is None:
            return "same"
        found = network.place(self.stack, self.here, self.target_subnets)
        if found != "same" and databases.is_public(self.database):
            undecided(f"the way to public {self.database.name}", self.database.at("PubliclyAccessible"))
        return found

    def gateway_endpoint(self) -> str:
        if self.gateway is None:
            return "none"
        table = network.table_of(self.stack, self.here)
        return "this-table" if table and self.gateway.lists("RouteTableIds", table) else "other-table"

    def interface_endpoint(self) -> str:
        if self.private_endpoint:
            network.refuse_detour(self.stack, self.here, self.target_subnets)
        return "yes" if self.endpoint else "none"

    def private_dns(self) -> str:
        if self.endpoint and self.endpoint.get("PrivateDnsEnabled") is None:
            undecided(f"PrivateDnsEnabled of {self.endpoint.name} is not given", self.endpoint.line)
        if self.endpoint is None:
            return "on"
        on = self.endpoint.flag("PrivateDnsEnabled", default=False)
        return _on(on and (not self.gateway_too or network.is_for_all(self.endpoint)))

    @property
    def gateway_too(self) -> bool:
        """Whether the service has endpoints of both kinds."""
        return "gateway" in TARGETS[self.target].tags

    def endpoint_policy(self) -> str:
        used = self.private_endpoint or self.gateway
        policy = used.get("PolicyDocument") if used else None
        if used and policy and not roles.passes(self.stack, self.function, SERVICES[self.target], policy):
            undecided(f"whether the policy of {used.name} allows this call", used.at("PolicyDocument"))
        return "full"

    def role_call(self) -> str:
        """Decide the login; a role that reads a secret may have a password instead of a token."""
        if not self.database:
            roles.refuse_doubt(self.stack, self.function, SERVICES[self.target])
            roles.refuse_policies_there(self.stack, SERVICES[self.target])
        if self.database:
            databases.refuse_doubt(self.database)
            if self.database.kind == databases.MOUNT:
                files.refuse_policy(self.stack, self.database)
        if not self.database:
            return "yes"
        return self._login(self.database)

    def _login(self, database: Resource) -> str:
        token = databases.asks_for_a_token(database)
        if not token and not (database.kind in databases.RDS and _may_log_in(self.stack, self.function)):
            return "yes"
        by_token = roles.allows(self.stack, self.function, LOGIN)
        by_password = not databases.takes_no_password(database)
        if by_password and roles.mentions(self.stack, self.function, "secretsmanager"):
            return "yes"
        if by_password and self._password():
            undecided(f"whether {self.function.name} logs in by a token", self.function.at("Environment"))
        if by_token and not token:
            undecided(f"how {self.function.name} logs in, as {database.name} takes no token", database.line)
        if by_token:
            roles.refuse_another(self.stack, self.function, LOGIN, database)
        return _yes(by_token)

    def _password(self) -> bool:
        """Whether a variable of the function may hold a password."""
        given = self.function.properties.get("Environment")
        variables = given.get("Variables") if isinstance(given, Mapping) else None
        names = [name.lower() for name in variables] if isinstance(variables, Mapping) else []
        return any(word in name for name in names for word in PASSWORDS)


def _names(value: object, name: str) -> bool:
    """Whether a value names a resource anywhere in it."""
    if isinstance(value, dict | list):
        return any(_names(part, name) for part in (value.values() if isinstance(value, dict) else value))
    return Reference(name) in references(value)


def _yes(truth: bool) -> str:  # noqa: FBT001 - it is what it turns into a word
    return "yes" if truth else "no"


def _on(truth: bool) -> str:  # noqa: FBT001
    return "on" if truth else "off"


DECIDE: Final[dict[str, Callable[[Call], str]]] = {
    "attached": Call.attached,
    "route4": lambda call: network.route4(call.stack, call.here),
    "nat": lambda call: network.nat(call.stack, call.here),
    "igw": lambda call: _yes(network.has_igw(call.stack, call.vpc)),
    "ipv6": Call.ipv6,
    "route6": Call.route6,
    "egress": Call.egress,
    "ingress": Call.ingress,
    "nacl": Call.nacl,
    "place": Call.place,
    "gateway-endpoint": Call.gateway_endpoint,
    "interface-endpoint": Call.interface_endpoint,
    "private-dns": Call.private_dns,
    "endpoint-policy": Call.endpoint_policy,
    "dns": Call.dns,
    "dns-hostnames": lambda call: _on(call.vpc.flag("EnableDnsHostnames", default=False)),
    "role-eni": lambda call: _yes(roles.allows(call.stack, call.function, roles.MAKES_INTERFACES)),
    "role-call": Call.role_call,
    "server": lambda _call: "up",
}
