"""What the execution role of a function allows, as far as the template says."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from reachability.template.resolve import SAM_ROLE, NotDecidedError, Reference, Unknown, undecided
from reachability.template.source import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reachability.template.stack import Resource, Stack

MAKES_INTERFACES = "ec2:CreateNetworkInterface"
LAMBDA = "lambda"
SPARES_LAMBDA = "lambda:SourceFunctionArn"
# Managed policies that matter here; what others allow the template does not say.
MANAGED = {
    "AWSLambdaVPCAccessExecutionRole": ("ec2:CreateNetworkInterface", "logs:*"),
    "AWSLambdaENIManagementAccess": ("ec2:CreateNetworkInterface",),
    "AWSLambdaBasicExecutionRole": ("logs:*",),
    "AdministratorAccess": ("*",),
}
# Policy templates of SAM, and managed policies, by how their names begin: what they let the code call.
BEGINNINGS = {
    "VPCAccessPolicy": MAKES_INTERFACES,
    "DynamoDB": "dynamodb:*",
    "DynamoDBStreamReadPolicy": "dynamodb:GetRecords",
    "AmazonDynamoDB": "dynamodb:*",
    "S3": "s3:*",
    "AmazonS3": "s3:*",
    "AmazonRDSData": "rds-data:*",
    "AWSLambdaExecute": "s3:*",
    "AWSSecretsManager": "secretsmanager:*",
    "SecretsManagerReadWrite": "secretsmanager:*",
    "LambdaInvokePolicy": "lambda:InvokeFunction",
    "SQSSendMessagePolicy": "sqs:SendMessage",
    "SNSPublishMessagePolicy": "sns:Publish",
    "SSMParameterReadPolicy": "ssm:GetParameter",
}
# What Lambda calls by itself, from its own network, or a service for the code; and what is no call of a service.
FOR_OTHERS = (
    "ec2:*NetworkInterface*", "ec2:*PrivateIpAddresses", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups",
    "ec2:DescribeVpcs", "ec2:[*]", "logs:*", "xray:*", "kms:*", "rds-db:*", "rds:connect", "iam:PassRole", "iam:[*]",
    "kafka:*", "mq:*", "elasticfilesystem:*",
    "sqs:ReceiveMessage", "sqs:DeleteMessage*", "sqs:ChangeMessageVisibility*", "sqs:GetQueueAttributes",
    "kinesis:Get*", "kinesis:Describe*", "kinesis:List*", "kinesis:SubscribeToShard",
    "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams",
)  # fmt: skip
# Policies that stand beside the role, and where each says whose it is.
ATTACHED = {"AWS::IAM::Policy": "Roles", "AWS::IAM::ManagedPolicy": "Roles", "AWS::IAM::RolePolicy": "RoleName"}
SAM_FUNCTION = "AWS::Serverless::Function"


def allows(stack: Stack, function: Resource, action: str) -> bool:
    """Whether the role allows an action on something; on which resources is not compared."""
    if action == MAKES_INTERFACES and _made_by_sam(function):
        _refuse_boundary(stack, function)
        return True
    unread: list[NotDecidedError] = []
    found = False
    for statement, line in _statements(stack, function, unread):
        if not _names(statement, action) or (action == MAKES_INTERFACES and _denies_the_code_only(statement)):
            continue
        if statement.get("Effect") != "Allow" or "Condition" in statement:
            undecided(f"a statement about {action} with a condition or a denial", line)
        found = True
    if not found and unread:
        raise unread[0]
    if found:
        _refuse_boundary(stack, function)
    if found and action == MAKES_INTERFACES:
        _refuse_strangers(stack.one(function, "Role"))
    return found


def _refuse_strangers(role: Resource) -> None:
    """Raise `NotDecidedError` where the role does not name Lambda as the one who may take it."""
    trusted = role.get("AssumeRolePolicyDocument")
    if trusted and f"{LAMBDA}." not in str(trusted):
        undecided(f"whether Lambda may take {role.name}", role.at("AssumeRolePolicyDocument"))


def refuse_doubt(stack: Stack, function: Resource, service: str) -> None:
    """Raise `NotDecidedError` where a denial, a condition or a boundary may stop what the role allows of a service."""
    for statement, line in _statements(stack, function, []):
        about = any(_may_be(action, f"{service}:") for action in _listed(statement.get("Action", "*")))
        if about and (statement.get("Effect") != "Allow" or "Condition" in statement):
            undecided(f"a statement about {service} with a condition or a denial", line)
    _refuse_boundary(stack, function)


# What calls of a service meet beside the role, and which property is the policy.
THERE = {
    "s3": ("AWS::S3::BucketPolicy", "PolicyDocument"),
    "secretsmanager": ("AWS::SecretsManager::ResourcePolicy", "ResourcePolicy"),
    "dynamodb": ("AWS::DynamoDB::Table", "ResourcePolicy"),
}


def refuse_policies_there(stack: Stack, service: str) -> None:
    """Raise `NotDecidedError` where a policy of what is called may deny it."""
    kind, key = THERE.get(service, ("", ""))
    for holder in stack.of(kind):
        policy = holder.get(key)
        policy = policy.get("PolicyDocument", policy) if isinstance(policy, Mapping) else policy
        statements = _listed(policy.get("Statement") if isinstance(policy, Mapping) else policy)
        if not all(
            isinstance(each, Mapping) and (each.get("Effect") == "Allow" or _asks_for_tls(each)) for each in statements
        ):
            undecided(f"whom the policy of {holder.name} denies", holder.at(key))


def _asks_for_tls(statement: Mapping) -> bool:
    """Whether a denial is of calls without TLS alone, which no SDK makes."""
    return _only_condition(statement) in {("bool", "aws:securetransport"), ("boolifexists", "aws:securetransport")}


def refuse_another(stack: Stack, function: Resource, action: str, database: Resource) -> None:
    """Raise `NotDecidedError` where the role allows a login, and perhaps not at this database."""
    this = re.compile(rf"(?:[^*]*:dbuser:)?(?:{re.escape(database.name)}(?=[/*])|\*).*")
    found = [statement for statement, _ in _statements(stack, function, []) if _names(statement, action)]
    named = [str(each) for statement in found for each in _listed(statement.get("Resource", "*"))]
    if not any(this.fullmatch(each) for each in named):
        undecided(f"whether {action} is for {database.name}", found[0].line)


def _may_be(action: Any, prefix: str) -> bool:
    """Whether an action as it is written may be one of the service."""
    written = str(action).lower()
    return written.startswith(prefix) or fnmatchcase(prefix, written.partition(":")[0] + ":")


def _refuse_boundary(stack: Stack, function: Resource) -> None:
    owner = function if _made_by_sam(function) else stack.one(function, "Role")
    if owner.get("PermissionsBoundary"):
        undecided(f"what the boundary of {owner.name} leaves of its role", owner.at("PermissionsBoundary"))


def _made_by_sam(function: Resource) -> bool:
    return function.kind == SAM_FUNCTION and not function.get("Role")


def services(stack: Stack, function: Resource) -> set[str]:
    """Return the services that the role lets the code call by name."""
    actions = (
        str(action).lower()
        for statement, _ in _statements(stack, function, [])
        if statement.get("Effect") == "Allow"
        for action in _listed(statement.get("Action"))
    )
    return {action.partition(":")[0] for action in actions if ":" in action and not _for_others(action)}


def _for_others(action: str) -> bool:
    return any(fnmatchcase(action, pattern.lower()) for pattern in FOR_OTHERS)


def mentions(stack: Stack, function: Resource, service: str) -> bool:
    """Whether a statement names an action of the service: then the code is meant to call it."""
    return bool(_about(stack, function, service))


def passes(stack: Stack, function: Resource, service: str, policy: Any) -> bool:
    """Whether an endpoint's policy surely lets through all that the role allows of the service."""
    wanted = [_listed(statement.get("Resource")) for statement in _about(stack, function, service)]
    actions = _actions(stack, function, service)
    statements = _listed(policy.get("Statement") if isinstance(policy, Mapping) else None)
    if not all(isinstance(statement, Mapping) and statement.get("Effect") == "Allow" for statement in statements):
        return False
    return any(
        _admits(statement, function)
        and all(_names(statement, action) for action in actions)
        and (_listed(statement.get("Resource")) == ["*"] or all(_is_in(own, statement) for own in wanted))
        for statement in statements
    )


def _is_in(own: list[Any], statement: Mapping) -> bool:
    return all(resource in _listed(statement.get("Resource")) for resource in own)


def _admits(statement: Mapping, function: Resource) -> bool:
    """Whether a statement allows the function's role, on no condition."""
    principal = statement.get("Principal")
    who = principal.get("AWS") if isinstance(principal, Mapping) else principal
    everybody = _listed(who) == ["*"]
    role = function.properties.get("Role")
    return (
        statement.get("Effect") == "Allow"
        and "Condition" not in statement
        and (everybody or (isinstance(role, Reference) and role in _listed(who)))
    )


def _about(stack: Stack, function: Resource, service: str) -> list[Mapping]:
    prefix = f"{service}:"
    return [
        statement
        for statement, _ in _statements(stack, function, [])
        if any(_is_called(str(action).lower(), prefix) for action in _listed(statement.get("Action")))
    ]


def _is_called(action: str, prefix: str) -> bool:
    return action.startswith(prefix) and not _for_others(action)


def _actions(stack: Stack, function: Resource, service: str) -> set[str]:
    return {str(action) for part in _about(stack, function, service) for action in _listed(part.get("Action"))}


def _statements(stack: Stack, function: Resource, unread: list[NotDecidedError]) -> Iterator[tuple[Mapping, int]]:
    if _made_by_sam(function):
        yield from _policies(stack, function, function.get("Policies"), unread)
        yield from _beside(stack, [Reference(f"{function.name}{SAM_ROLE}")], unread)
        return
    role = stack.one(function, "Role")
    yield from _policies(stack, role, role.get("ManagedPolicyArns"), unread)
    for policy in _listed(role.get("Policies")):
        if isinstance(policy, Mapping):
            yield from _document(role, policy.get("PolicyDocument"), unread)
        else:
            why = policy.why if isinstance(policy, Unknown) else "it is no mapping"
            unread.append(NotDecidedError(f"a policy of {role.name}: {why}", role.at("Policies")))
    yield from _beside(stack, [Reference(role.name), role.get("RoleName")], unread)


def _beside(stack: Stack, names: list[Any], unread: list[NotDecidedError]) -> Iterator[tuple[Mapping, int]]:
    """Yield the statements of policies that stand beside the role of one of these names."""
    for policy in stack.of(*ATTACHED):
        if any(named is not None and named in names for named in _listed(policy.get(ATTACHED[policy.kind]))):
            yield from _document(policy, policy.get("PolicyDocument"), unread)


def _policies(
    stack: Stack, owner: Resource, given: Any, unread: list[NotDecidedError]
) -> Iterator[tuple[Mapping, int]]:
    for policy in _listed(given):
        made = stack.find(policy.name) if isinstance(policy, Reference) else None
        if made and made.kind == "AWS::IAM::ManagedPolicy":
            yield from _document(made, made.get("PolicyDocument"), unread)
            continue
        if isinstance(policy, str):
            name = policy.rpartition("/")[2]
            if name in MANAGED:
                yield _granting(MANAGED[name], owner.line), owner.line
                continue
            yield from _named(name, owner)
        elif isinstance(policy, Mapping) and "Statement" in policy:
            yield from _document(owner, policy, unread)
            continue
        elif isinstance(policy, Mapping) and len(policy) == 1:
            granted = list(_named(next(iter(policy)), owner))
            yield from granted
            if granted:
                continue
        shown = (
            policy
            if isinstance(policy, str)
            else next(iter(policy), "a policy")
            if isinstance(policy, Mapping)
            else "a policy"
        )
        unread.append(NotDecidedError(f"what {shown} of {owner.name} allows", owner.line))


def _named(name: str, owner: Resource) -> Iterator[tuple[Mapping, int]]:
    """Yield what a policy of this name lets the code call; of a managed one, which may allow more, at the least."""
    beginning = max((each for each in BEGINNINGS if name.startswith(each)), key=len, default="")
    if beginning:
        yield _granting((BEGINNINGS[beginning],), owner.line), owner.line


def _granting(actions: tuple[str, ...], line: int) -> Mapping:
    statement = Mapping(line)
    statement.update(Effect="Allow", Action=list(actions))
    return statement


def _document(owner: Resource, given: Any, unread: list[NotDecidedError]) -> Iterator[tuple[Mapping, int]]:
    for statement in _listed(given.get("Statement") if isinstance(given, Mapping) else given):
        actions = _listed(statement.get("Action")) if isinstance(statement, Mapping) else []
        if unknown := next((action for action in actions if isinstance(action, Unknown)), None):
            unread.append(NotDecidedError(f"a policy of {owner.name}: {unknown.why}", statement.line))
        if isinstance(statement, Mapping):
            yield statement, statement.line
        else:
            why = statement.why if isinstance(statement, Unknown) else "a policy that is no mapping"
            unread.append(NotDecidedError(f"a policy of {owner.name}: {why}", owner.line))


def _names(statement: Mapping, action: str) -> bool:
    if "NotAction" in statement:
        return not any(_fits(action, pattern) for pattern in _listed(statement["NotAction"]))
    return any(_fits(action, pattern) for pattern in _listed(statement.get("Action")))


def _denies_the_code_only(statement: Mapping) -> bool:
    """Whether a denial spares Lambda itself: the key is there only when the function's code calls."""
    only = {("arnequals", SPARES_LAMBDA.lower()), ("arnlike", SPARES_LAMBDA.lower())}
    return statement.get("Effect") == "Deny" and _only_condition(statement) in only


def _only_condition(statement: Mapping) -> tuple[str, str] | None:
    """Return operator and key of a condition that has one of each, in small letters."""
    condition = statement.get("Condition")
    if not isinstance(condition, Mapping) or len(condition) != 1:
        return None
    operator, keys = next(iter(condition.items()))
    return (operator.lower(), next(iter(keys)).lower()) if isinstance(keys, Mapping) and len(keys) == 1 else None


def _fits(action: str, pattern: Any) -> bool:
    return fnmatchcase(action.lower(), str(pattern).lower())


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [] if given is None else [given]
