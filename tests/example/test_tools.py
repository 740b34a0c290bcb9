"""CDK and Terraform say the same as the template: resource by resource, as a graph."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest
from example import graph, template, terraform
from example.fixtures import missing
from moto import mock_aws

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from pathlib import Path

STACK = "shop"
MAIN = template.FOLDER / "terraform/main.tf"
# Both stacks in one process, because most of the time goes into starting it.
SYNTHESISE = """
import sys
import aws_cdk
from app import Shop
for login in sys.argv[2:]:
    app = aws_cdk.App(outdir=f"{sys.argv[1]}/{login}")
    Shop(app, "shop", login=login)
    app.synth()
"""

Said = frozenset[graph.Statement]


@cache
def said(login: str, *overlays: Path) -> Said:
    """Return what the template says, after SAM has translated it."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        made = template.translated(template.read(*overlays), login=login)
    return frozenset(graph.statements(template.resolved(made, login=login)["Resources"], stack=STACK))


def difference(expected: AbstractSet[graph.Statement], found: AbstractSet[graph.Statement]) -> list[str]:
    return [f"- {each}" for each in sorted(map(str, expected - found))] + [
        f"+ {each}" for each in sorted(map(str, found - expected))
    ]


@pytest.fixture(scope="session")
def synthesised(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Said]:
    if not shutil.which("node"):
        missing("CDK needs Node.js (Debian: apt install nodejs)")
    out = tmp_path_factory.mktemp("cdk")
    command = [sys.executable, "-c", SYNTHESISE, str(out), *template.LOGINS]
    run = subprocess.run(
        command,
        cwd=template.FOLDER / "cdk",
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    # What it says of an old Node.js is not about the stack.
    assert [line for line in run.stderr.splitlines() if line.lower().startswith("[warning")] == []

    def read(login: str) -> Said:
        made = json.loads((out / login / "shop.template.json").read_text("utf-8"))
        return frozenset(graph.statements(made["Resources"], stack=STACK))

    return read


@pytest.mark.parametrize("login", template.LOGINS)
def test_cdk_says_the_same(synthesised: Callable[[str], Said], login: str) -> None:
    assert difference(said(login), synthesised(login)) == []


@pytest.mark.parametrize("login", template.LOGINS)
def test_terraform_says_the_same(login: str) -> None:
    assert difference(said(login), graph.statements(terraform.resources(MAIN, login=login), stack=STACK)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "lost", "told"),
    [
        (
            "security_group_id            = aws_security_group.database.id",
            "security_group_id            = aws_security_group.function.id",
            "('in', 'database group', 'tcp', 3306, 3306, 'function group')",
            "('in', 'function group', 'tcp', 3306, 3306, 'function group')",
        ),
        (
            "publicly_accessible                 = false",
            "publicly_accessible                 = true",
            "('AWS::RDS::DBInstance', 'PubliclyAccessible', 'false')",
            "('AWS::RDS::DBInstance', 'PubliclyAccessible', 'true')",
        ),
        (
            'Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]',
            'Action   = ["logs:CreateLogStream", "logs:*"]',
            "('policy', 'role', 'Allow', 'logs:PutLogEvents', '<log group.Arn>', '\"\"', '{}')",
            "('policy', 'role', 'Allow', 'logs:*', '<log group.Arn>', '\"\"', '{}')",
        ),
        (
            "private_dns_enabled = true",
            "private_dns_enabled = false",
            "('endpoint', 'secretsmanager endpoint', 'Interface', True)",
            "('endpoint', 'secretsmanager endpoint', 'Interface', False)",
        ),
    ],
)
def test_a_difference_is_found(tmp_path: Path, right: str, wrong: str, lost: str, told: str) -> None:
    text = MAIN.read_text("utf-8")
    assert right in text
    (tmp_path / "main.tf").write_text(text.replace(right, wrong), "utf-8")
    found = graph.statements(terraform.resources(tmp_path / "main.tf", login="secret"), stack=STACK)
    assert difference(said("secret"), found) == [f"- {lost}", f"+ {told}"]


def test_what_is_not_understood_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        MAIN.read_text("utf-8").replace("local.name\n", "upper(local.name)\n", 1), "utf-8"
    )
    with pytest.raises(NotImplementedError, match=r"not evaluated here: upper\(local.name\)"):
        terraform.resources(tmp_path / "main.tf", login="secret")


def test_an_unknown_attribute_is_an_error(tmp_path: Path) -> None:
    text = MAIN.read_text("utf-8").replace("publicly_accessible ", "publicly_reachable ", 1)
    (tmp_path / "main.tf").write_text(text, "utf-8")
    with pytest.raises(KeyError, match="publicly_reachable"):
        terraform.resources(tmp_path / "main.tf", login="secret")


# What each overlay adds to the graph.


def overlay(name: str, login: str) -> list[str]:
    return difference(said(login), said(login, template.FOLDER / f"overlays/{name}.yaml"))


@pytest.mark.parametrize("login", template.LOGINS)
def test_nat_adds_a_route_and_a_rule(login: str) -> None:
    assert overlay("nat", login) == [
        "+ ('out', 'function group', 'tcp', 443, 443, '0.0.0.0/0')",
        "+ ('route', '10.0.0.0/20', '0.0.0.0/0', 'NatGatewayId')",
        "+ ('route', '10.0.16.0/20', '0.0.0.0/0', 'NatGatewayId')",
    ]


@pytest.mark.parametrize("login", template.LOGINS)
def test_ipv6_adds_a_route_and_a_rule(login: str) -> None:
    assert overlay("ipv6", login) == [
        "+ ('out', 'function group', 'tcp', 443, 443, '::/0')",
        "+ ('route', '10.0.0.0/20', '::/0', 'EgressOnlyInternetGatewayId')",
        "+ ('route', '10.0.16.0/20', '::/0', 'EgressOnlyInternetGatewayId')",
    ]


def test_proxy_stands_between() -> None:
    changes = overlay("proxy", "token")
    assert (
        "+ ('policy', 'role', 'Allow', 'rds-db:connect', 'arn:<AWS::Partition>:rds-db:<AWS::Region>:<AWS::AccountId>:dbuser:<part 6 of <Proxy.DBProxyArn>>/orders_app', '\"\"', '{}')"
        in changes
    )
    rules = [change for change in changes if change.startswith(("- ('in'", "- ('out'", "+ ('in'", "+ ('out'"))]
    assert rules == [
        "- ('in', 'database group', 'tcp', 3306, 3306, 'function group')",
        "- ('out', 'function group', 'tcp', 3306, 3306, 'database group')",
        "+ ('in', 'ProxyGroup', 'tcp', 3306, 3306, 'function group')",
        "+ ('in', 'database group', 'tcp', 3306, 3306, 'ProxyGroup')",
        "+ ('out', 'ProxyGroup', 'tcp', 3306, 3306, 'database group')",
        "+ ('out', 'function group', 'tcp', 3306, 3306, 'ProxyGroup')",
    ]
