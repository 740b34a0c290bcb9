"""Every action of the role has a line that needs it, and every call of the code has its action."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from example import template

NEEDS = yaml.safe_load((Path(__file__).parent / "needs.yml").read_text("utf-8"))
# Signed on the spot: a client's method that calls nothing. The database asks IAM for this one.
LOCAL = {"rds:GenerateDbAuthToken": "rds-db:connect"}


@cache
def allowed() -> set[str]:
    """Return the actions that the role may have, with either login."""
    roles = [template.resolved(template.read(), login=login)["Resources"]["Role"] for login in template.LOGINS]
    return set().union(*map(actions, roles))


def actions(role: dict[str, Any]) -> set[str]:
    found = set()
    for policy in role["Properties"]["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement["Effect"] == "Allow":
                found |= {statement["Action"]} if isinstance(statement["Action"], str) else set(statement["Action"])
    return found


def unneeded(role_actions: set[str], needs: dict[str, Any]) -> set[str]:
    """Return the actions that no line needs."""
    return {action for action in role_actions if action not in needs or not line(needs[action])}


def line(need: dict[str, str]) -> int | None:
    """Return the number of the line that a need names."""
    lines = (template.FOLDER / need["file"]).read_text("utf-8").splitlines()
    return next((number for number, text in enumerate(lines, 1) if need["line"] in text), None)


def test_every_action_is_needed() -> None:
    assert unneeded(allowed(), NEEDS) == set()


def test_every_need_is_of_an_action() -> None:
    assert set(NEEDS) <= allowed()


@pytest.mark.parametrize("action", ["ec2:DetachNetworkInterface", "logs:CreateLogGroup", "secretsmanager:*", "*"])
def test_an_action_without_a_line_is_found(action: str) -> None:
    assert unneeded({*allowed(), action}, NEEDS) == {action}


def test_a_line_that_went_away_is_found() -> None:
    needs = {**NEEDS, "rds-db:connect": {**NEEDS["rds-db:connect"], "line": "generate_token("}}
    assert unneeded(allowed(), needs) == {"rds-db:connect"}


def test_no_action_has_a_wildcard() -> None:
    assert not any("*" in action for action in allowed())


def test_every_call_of_the_code_is_allowed() -> None:
    made = set().union(*(calls(file.read_text("utf-8")) for file in (template.FOLDER / "app").glob("*.py")))
    assert made == {"rds:GenerateDbAuthToken", "secretsmanager:GetSecretValue"}
    assert {LOCAL.get(action, action) for action in made} <= allowed()


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
