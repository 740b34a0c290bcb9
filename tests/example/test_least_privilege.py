"""Every action of a role has a line that needs it, and every call of the code has its action."""

from __future__ import annotations

import ast
import copy
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from example import template

if TYPE_CHECKING:
    from collections.abc import Iterable

NEEDS = yaml.safe_load((Path(__file__).parent / "needs.yml").read_text("utf-8"))
# Signed on the spot: a client's method that calls nothing. The database asks IAM for this one.
LOCAL = {"rds:GenerateDbAuthToken": "rds-db:connect"}

Template = dict[str, Any]
Right = tuple[str, str]  # a role, and an action that it may do


@cache
def allowed() -> frozenset[Right]:
    """Return what the roles may do, with either login, and with each overlay."""
    templates = [template.read(), *(template.read(overlay) for overlay in template.OVERLAYS)]
    return frozenset().union(*map(rights, templates))


def rights(source: Template) -> set[Right]:
    """Return what the roles of a template may do; a managed policy counts as an action that nobody has listed."""
    found = set()
    for login in template.LOGINS:
        for name, resource in template.resolved(source, login=login)["Resources"].items():
            given = resource.get("Properties", {})
            if resource["Type"] == "AWS::IAM::Role":
                documents = [policy["PolicyDocument"] for policy in given.get("Policies", [])]
                found |= {(name, action) for document in documents for action in actions(document)}
                found |= {(name, str(arn)) for arn in given.get("ManagedPolicyArns", [])}
            elif resource["Type"] == "AWS::IAM::RolePolicy":
                found |= {(given["RoleName"]["Ref"], action) for action in actions(given["PolicyDocument"])}
    return found


def actions(document: dict[str, Any]) -> set[str]:
    given = [statement["Action"] for statement in document["Statement"] if statement["Effect"] == "Allow"]
    return {action for each in given for action in ([each] if isinstance(each, str) else each)}


def unneeded(roles_may: Iterable[Right], needs: dict[str, Any]) -> set[Right]:
    """Return what the roles may do although no line needs it."""
    return {(role, action) for role, action in roles_may if not line(needs.get(role, {}).get(action))}


def line(need: dict[str, str] | None) -> int | None:
    """Return the number of the line that a need names."""
    if not need:
        return None
    lines = (template.FOLDER / need["file"]).read_text("utf-8").splitlines()
    return next((number for number, text in enumerate(lines, 1) if need["line"] in text), None)


@pytest.mark.parametrize(("role", "action"), sorted(allowed()))
def test_action_is_needed(role: str, action: str) -> None:
    assert unneeded([(role, action)], NEEDS) == set()


def test_every_need_is_of_an_action() -> None:
    assert {(role, action) for role, needs in NEEDS.items() for action in needs} == allowed()


def mutant(*path: Any, value: Any) -> Template:
    """Return the template with a value in another place."""
    source = copy.deepcopy(template.read())
    place = source["Resources"]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return source


ROLE = ("Role", "Properties")
LOG = (*ROLE, "Policies", 0, "PolicyDocument", "Statement", 2, "Action")
POLICY = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (LOG, ["logs:CreateLogStream", "logs:PutLogEvents", "logs:CreateLogGroup"], "logs:CreateLogGroup"),
        (LOG, "logs:*", "logs:*"),
        (
            ("MoreRights",),
            {"Type": "AWS::IAM::RolePolicy", "Properties": {"RoleName": {"Ref": "Role"}, "PolicyDocument": POLICY}},
            "s3:GetObject",
        ),
        ((*ROLE, "ManagedPolicyArns"), ["arn:aws:iam::aws:policy/Everything"], "arn:aws:iam::aws:policy/Everything"),
    ],
)
def test_an_action_without_a_line_is_found(path: tuple[Any, ...], value: Any, found: str) -> None:
    assert unneeded(rights(mutant(*path, value=value)), NEEDS) == {("Role", found)}


def test_a_need_of_another_role_does_not_count() -> None:
    assert unneeded([("ProxyRole", "logs:PutLogEvents")], NEEDS) == {("ProxyRole", "logs:PutLogEvents")}


def test_a_line_that_went_away_is_found() -> None:
    gone = {"Role": {**NEEDS["Role"], "rds-db:connect": {**NEEDS["Role"]["rds-db:connect"], "line": "generate_token("}}}
    assert unneeded([("Role", "rds-db:connect")], gone) == {("Role", "rds-db:connect")}


def test_no_action_has_a_wildcard() -> None:
    assert not any("*" in action for _, action in allowed())


def test_every_call_of_the_code_is_allowed() -> None:
    made = set().union(*(calls(file.read_text("utf-8")) for file in (template.FOLDER / "app").glob("*.py")))
    assert made == {"rds:GenerateDbAuthToken", "secretsmanager:GetSecretValue"}
    assert {("Role", LOCAL.get(action, action)) for action in made} <= allowed()


def test_a_call_that_is_not_allowed_is_found() -> None:
    code = 'client = boto3.client("secretsmanager", config=config)\nclient.put_secret_value(SecretId=it)'
    assert calls(code) == {"secretsmanager:PutSecretValue"}


def calls(code: str) -> set[str]:
    """Return the calls of AWS in code: methods of what `boto3.client` made, named or not."""
    tree = ast.parse(code)
    clients = {
        target.id: _service(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _service(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    methods = [
        node.func for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    made = [
        (
            _service(method.value) or clients.get(method.value.id if isinstance(method.value, ast.Name) else ""),
            method.attr,
        )
        for method in methods
    ]
    return {f"{service}:{_pascal(method)}" for service, method in made if service}


def _service(node: ast.expr) -> str | None:
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "boto3.client":
        return ast.literal_eval(node.args[0])
    return None


def _pascal(method: str) -> str:
    return re.sub(r"(?:^|_)(\w)", lambda match: match[1].upper(), method)
