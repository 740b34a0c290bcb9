"""Every pair of function and target -> reached, not reached and what to change, or not decided and why."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from reachability.fixes import blockers
from reachability.model import evaluate, walk
from reachability.outcomes import OUTCOMES
from reachability.settings import SETTINGS, TARGETS, UnknownError, impossible, unknown
from reachability.template import databases, network, roles
from reachability.template.cases import PORT, cases, given, matters, others, ports
from reachability.template.decide import FUNCTIONS, LOGIN, SERVICES, UNREAD, calls, unmounted, unread_hosts
from reachability.template.resolve import PSEUDO, NotDecidedError, section
from reachability.template.source import read, text_of
from reachability.template.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reachability.template.cases import Case
    from reachability.template.decide import Call
    from reachability.template.source import Mapping
    from reachability.template.stack import Resource


# May have a macro make a function, which calls the database and Secrets Manager.
ROTATION: Final = "AWS::SecretsManager::RotationSchedule"


class State(IntEnum):
    """How a pair came out; the highest is the exit code."""

    REACHED = 0
    NOT_REACHED = 1
    NOT_DECIDED = 2


class Finding(NamedTuple):
    """A pair and what is said of it; ``lines`` are the blockers."""

    state: State
    said: str
    lines: tuple[str, ...] = ()


Answers: TypeAlias = "dict[str, tuple[Finding, ...]]"


GROUPS: Final = ("egress", "ingress")
# The model's words are about the port; in a template it may be the address.
ELSEWHERE: Final = "The outbound rules let port {port} out to others, not to {title}."
CHANGES: Final[dict[str, Callable[[Call], str]]] = {
    "attached": lambda call: f"Give {call.function.name} a VpcConfig with subnets of the VPC of {_target(call)}.",
    "route4": lambda call: f"Route 0.0.0.0/0 of {call.here.name} to a NAT gateway.",
    "nat": lambda call: (
        "Make a NAT gateway in a public subnet."
        if call.read("nat") == "none"
        else "Move the NAT gateway to a public subnet."
    ),
    "igw": lambda call: f"Attach an internet gateway to {call.vpc.name}.",
    "egress": lambda call: f"Let {_own_groups(call)} send to {_target(call)} on port {_port(call)}.",
    "ingress": lambda call: f"{_admitting(call)} {_own_groups(call)} on port {_port(call)}.",
    "nacl": lambda call: f"Open {_acl(call).name} for this call and its replies.",
    "place": lambda call: f"Route the range of the other VPC to the peering, from {call.here.name} and back.",
    "gateway-endpoint": lambda call: (
        f"Give the gateway endpoint the route table of {call.here.name}."
        if call.gateway
        else f"Make a gateway endpoint for {_target(call)}, with the route table of {call.here.name}."
    ),
    "interface-endpoint": lambda call: f"Make an interface endpoint for {_target(call)}, with private DNS.",
    "private-dns": lambda _call: "Set PrivateDnsEnabled of the endpoint to true.",
    "dns": lambda call: f"Set EnableDnsSupport of {call.vpc.name} to true.",
    "dns-hostnames": lambda call: f"Set EnableDnsHostnames of {call.vpc.name} to true.",
    "role-eni": lambda call: f"Attach AWSLambdaVPCAccessExecutionRole to the role of {call.function.name}.",
    "role-call": lambda call: f"Allow {LOGIN} in the role of {call.function.name}.",
}


def report(text: str, path: str, parameters: dict[str, str]) -> tuple[str, State]:
    """Return what to print of a template, and the exit code."""
    template = read(text, path)
    for name, value in parameters.items():
        known = [*section(template, "Parameters"), *PSEUDO]
        if name not in known:
            raise UnknownError(unknown(name, "parameter", known))
        allowed = section(section(template, "Parameters"), name).get("AllowedValues")
        if isinstance(allowed, list) and value not in map(text_of, allowed):
            raise UnknownError(unknown(value, f"value of {name}", list(map(text_of, allowed))))
    return of_template(template, path, parameters)


def of_template(template: Mapping, path: str, parameters: dict[str, str]) -> tuple[str, State]:
    findings = _findings(template, path, parameters)
    if not findings:
        findings = [Finding(State.NOT_DECIDED, f"{path}: not decided: there is no function with a target")]
    printed = "\n".join("\n".join((finding.said, *finding.lines)) for finding in findings)
    return printed, max(finding.state for finding in findings)


def _findings(template: Mapping, path: str, parameters: dict[str, str]) -> list[Finding]:
    stack = Stack(template, parameters)
    # What a macro may make could change any answer, so then none is given.
    answers = {} if stack.undecided else _answers(stack, path)
    findings = [finding for answer in answers.values() for finding in answer]
    unread = [Finding(State.NOT_DECIDED, f"{path}:{each.line}: not decided: {each.why}") for each in stack.undecided]
    if not unread and all(finding.state != State.NOT_DECIDED for finding in findings):
        return findings
    return _agreed(template, path, parameters, stack, answers) or unread or findings


def _answers(stack: Stack, path: str) -> Answers:
    """Return what is said of every pair, by function and target, and of what is not read."""
    answers = {}
    for pair in calls(stack):
        function = pair[0].function
        answers[f"{path}:{function.line}: {function.name} -> {_target(pair[0])}"] = tuple(_pair(pair, path))
    return answers | {finding.said: (finding,) for finding in _unread(stack, path)}


def _agreed(template: Mapping, path: str, parameters: dict[str, str], stack: Stack, plain: Answers) -> list[Finding]:
    """Return what is the same in every case of what is not told; none, where that is not to be found."""
    answers: dict[Case, Answers] = {}
    for case in cases(stack, len(plain)):
        made = Stack(template, parameters | given(case), others(case, stack), ports(case))
        answers[case] = _answers(made, path)
        if made.undecided:
            return []
    pairs = dict.fromkeys(pair for answer in answers.values() for pair in answer)
    return [finding for pair in pairs for finding in _in_every_case(pair, answers, plain)]


def _in_every_case(pair: str, answers: dict[Case, Answers], plain: Answers) -> tuple[Finding, ...]:
    """Return what is said of a pair in every case in which the stack has both, or on what it depends."""
    found = {case: answer[pair] for case, answer in answers.items() if pair in answer}
    asked = matters(found)
    options = [f"--parameter {name}=..." for name in asked if not name.startswith(PORT)]
    if not asked:
        return next(iter(found.values()))
    if not options and pair in plain:
        return plain[pair]
    how = f"; give {'it' if len(options) == 1 else 'them'} by {' '.join(options)}" if options else ""
    return (Finding(State.NOT_DECIDED, f"{pair}: not decided: it depends on {' and '.join(asked)}{how}"),)


def _unread(stack: Stack, path: str) -> Iterator[Finding]:
    """Yield what is not read and could be called: services, by attached functions, and private targets."""
    for function in stack.of(*FUNCTIONS):
        for service in _unread_services(stack, function):
            said = f"{function.name} -> {service}: not decided: calls of this service are not read"
            yield Finding(State.NOT_DECIDED, f"{path}:{function.line}: {said}")
        for host in unread_hosts(stack, function):
            said = f"{function.name} -> {host.name}: not decided: {host.kind.removeprefix('AWS::')} is not read"
            yield Finding(State.NOT_DECIDED, f"{path}:{function.line}: {said}")
        if unread := unmounted(stack, function):
            said = f"{function.name} -> a file system: not decided: {unread.why} ({path}:{unread.line})"
            yield Finding(State.NOT_DECIDED, f"{path}:{function.line}: {said}")
    if any(stack.of(*FUNCTIONS)):
        for target in (*stack.of(*UNREAD), *stack.modules()):
            kind = target.kind.removeprefix("AWS::")
            yield Finding(
                State.NOT_DECIDED, f"{path}:{target.line}: not decided: {target.name}, for {kind} is not read"
            )
    for schedule in stack.of(ROTATION):
        if schedule.properties.get("HostedRotationLambda"):
            said = f"not decided: {schedule.name}, for the function that it has made is not read"
            yield Finding(State.NOT_DECIDED, f"{path}:{schedule.line}: {said}")


def _unread_services(stack: Stack, function: Resource) -> list[str]:
    if not function.properties.get("VpcConfig"):
        return []
    try:
        return sorted(roles.services(stack, function) - set(SERVICES.values()))
    except NotDecidedError:
        return []  # A role from elsewhere does not say what the code calls.


def _pair(pair: list[Call], path: str) -> Iterator[Finding]:
    """Yield one finding, or one for each subnet where the subnets differ."""
    findings = [_call(call, path) for call in pair]
    same = len({(_target(call), finding) for call, finding in zip(pair, findings, strict=True)}) == 1
    for call, (state, said, lines) in zip(pair[:1] if same else pair, findings, strict=False):
        origin = call.function.name if same or call.subnet is None else f"{call.function.name} from {call.subnet.name}"
        yield Finding(state, f"{path}:{call.function.line}: {origin} -> {_target(call)}: {said}", lines)


def _call(call: Call, path: str) -> Finding:
    try:
        if aside := _aside(call):
            return aside
        keys = walk(TARGETS[call.target], call.read)
    except NotDecidedError as unread:
        return _surely_stopped(call, unread, path) or Finding(
            State.NOT_DECIDED, f"not decided: {unread.why} ({path}:{unread.line})"
        )
    chosen = {name: _known(call, name) for name in SETTINGS}
    if refused := impossible(call.target, chosen):
        return Finding(State.NOT_DECIDED, f"not decided: {refused[0].because}")
    if OUTCOMES[keys[-1]].allowed:
        return Finding(State.REACHED, "reached")
    return _stopped(call, chosen, path)


def _surely_stopped(call: Call, unread: NotDecidedError, path: str) -> Finding | None:
    """Return what stops a call of a private host whatever is not known: security groups, which no way goes round."""
    try:
        if not call.database or databases.is_public(call.database):
            return None
    except NotDecidedError:
        return None
    chosen = {name: row.default for name, row in SETTINGS.items()} | {name: _known(call, name) for name in GROUPS}
    if evaluate(call.target, chosen).reached:
        return None
    finding = _stopped(call, chosen, path)
    if finding.state != State.NOT_REACHED:
        return finding
    more = f"  {path}:{unread.line}: What else stops it is not decided: {unread.why}"
    return finding._replace(lines=(*finding.lines, more))


def _stopped(call: Call, chosen: dict[str, str], path: str) -> Finding:
    if call.proxies:
        return Finding(
            State.NOT_DECIDED, f"not decided: it may call {call.proxies[0].name}, and what a proxy reaches is not read"
        )
    if call.data_api:
        return Finding(
            State.NOT_DECIDED, f"not decided: it may call {_target(call)} by the Data API, which needs no way to it"
        )
    verdict = evaluate(call.target, chosen)
    return Finding(
        State.NOT_REACHED,
        f"not reached, {verdict.symptom} at {verdict.blocked_at}",
        tuple(dict.fromkeys(_blocked(call, chosen, path))),
    )


def _aside(call: Call) -> Finding | None:
    """Return what is said of a call that is not followed."""
    if call.unrelated:
        return Finding(State.REACHED, f"left out: it is not attached, and does not name {_target(call)}")
    if call.proxy:
        return Finding(
            State.NOT_DECIDED, f"not decided: it calls {call.proxy.name}, and what a proxy reaches is not read"
        )
    return None


def _known(call: Call, name: str) -> str:
    """Return a setting; behind the first block one that is not known counts as right."""
    try:
        return call.read(name)
    except NotDecidedError:
        return SETTINGS[name].default


def _blocked(call: Call, chosen: dict[str, str], path: str) -> Iterator[str]:
    """Yield every blocker with its line and its change, for each fault of the ACLs in turn."""
    try:
        faults = call.nacl_faults
    except NotDecidedError:
        faults = []
    for fault in faults or [chosen["nacl"]]:
        for blocker in blockers(call.target, {**chosen, "nacl": fault}):
            changes = " ".join(_change(call, name) for name in blocker.changes)
            because = ELSEWHERE if call.port_goes_elsewhere(blocker.hop.key) else blocker.hop.outcome.because
            said = because.format(title=_target(call), port=_port(call))
            yield f"  {path}:{_line(call, blocker.hop.outcome.hop)}: {said} {changes}"


def _change(call: Call, name: str) -> str:
    try:
        return CHANGES[name](call)
    except NotDecidedError as unread:
        return f"What to change is not decided: {unread.why}."


def _line(call: Call, hop: str) -> int:
    """Return the line of what stands at a hop."""
    try:
        return PLACES[hop](call).line
    except (NotDecidedError, KeyError):
        return call.function.line


def _table(call: Call) -> Resource:
    return network.table_of(call.stack, call.here) or call.here


def _acl(call: Call) -> Resource:
    mine = None if call.nacl() == "target-no-in" else network.acl_of(call.stack, call.here)
    return mine or call.target_acl or call.here


PLACES: Final[dict[str, Callable[[Call], Resource]]] = {
    "start": lambda call: call.function,
    "dns": lambda call: call.vpc,
    "egress": lambda call: call.groups[0],
    "nacl-out": _acl,
    "route": lambda call: call.function if call.subnet is None else _table(call),
    "nat": lambda call: call.stack.one(
        network.default_route(call.stack, call.here, ipv6=False) or call.here, "NatGatewayId"
    ),
    "igw": lambda call: network.default_route(call.stack, call.here, ipv6=False) or call.here,
    "nacl-in": _acl,
    "ingress": lambda call: (call.target_groups or [call.database or call.endpoint or call.here])[0],
    "reply": _acl,
    "role-call": lambda call: call.function,
}


def _target(call: Call) -> str:
    return call.database.name if call.database else TARGETS[call.target].title


def _admitting(call: Call) -> str:
    if call.target_groups:
        return f"Let {_names(call.target_groups)} admit"
    return f"Give {(call.database or call.endpoint or call.here).name} a security group that admits"


def _own_groups(call: Call) -> str:
    try:
        return _names(call.groups)
    except NotDecidedError:
        return f"the group of {call.function.name}"


def _port(call: Call) -> str:
    try:
        return str(call.port)
    except NotDecidedError:
        return "of the database"


def _names(resources: list[Resource]) -> str:
    return " and ".join(resource.name for resource in resources)
