"""The template and its overlays: AWS's own tools find nothing, and what is deployed is closed."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from example import stack, template
from example.clients import REGION, client
from example.stack import resource, rules
from moto import mock_aws

if TYPE_CHECKING:
    from collections.abc import Iterator

REGIONS = ("eu-west-1", "us-east-1")
# The proxy takes a token.
VARIANTS = [(login, ()) for login in template.LOGINS] + [
    (login, (overlay,))
    for overlay in template.OVERLAYS
    for login in template.LOGINS
    if (overlay.stem, login) != ("proxy", "secret")
]
variants = pytest.mark.parametrize(
    ("login", "overlays"),
    VARIANTS,
    ids=[" ".join([login, *(each.stem for each in files)]) for login, files in VARIANTS],
)


@pytest.fixture(scope="module", autouse=True)
def _account() -> Iterator[None]:
    """The tools make clients, which call nobody: moto stands between."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "testing")
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        yield


# AWS's own tools.


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The template, and the template with each overlay, as files."""
    folder = tmp_path_factory.mktemp("templates")
    files = []
    for overlay in template.OVERLAYS:
        files.append(folder / f"{overlay.stem}.yaml")
        files[-1].write_text(template.LAY["lay"](overlay.stem), "utf-8")
    return [template.FOLDER / "template.yaml", *files]


def lint(*files: Path) -> tuple[int, str]:
    command = [Path(sys.executable).with_name("cfn-lint"), "--regions", *REGIONS, "--template"]
    run = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def test_cfn_lint_finds_nothing(written: list[Path]) -> None:
    assert lint(*written) == (0, "")


def test_cfn_lint_would_find(tmp_path: Path) -> None:
    text = (template.FOLDER / "template.yaml").read_text("utf-8")
    for right, wrong in (
        ("SecurityGroupIds: [!Ref EndpointGroup]", "SecurityGroups: [!Ref EndpointGroup]"),
        ("!GetAtt Role.Arn", "!GetAtt Roll.Arn"),
        ("Condition: BySecret", "Condition: ByPassword"),
    ):
        assert right in text
        text = text.replace(right, wrong)
    (tmp_path / "template.yaml").write_text(text, "utf-8")
    status, found = lint(tmp_path / "template.yaml")
    assert status
    assert {"E3002", "E1010", "E3015"} <= set(re.findall(r"^[EWI]\d{4}", found, re.MULTILINE))


@variants
def test_sam_translates_without_a_warning(
    login: str, overlays: tuple[Path, ...], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    source = template.read(*overlays)
    with mock_aws():
        made = template.translated(source, login=login)["Resources"]
    # The translator counts its own calls, and says so when nobody collects the counts.
    told = [record.message for record in caplog.records if record.name != "samtranslator.metrics.metrics"]
    assert told == []
    assert made["Orders"]["Type"] == "AWS::Lambda::Function"
    # SAM adds nothing that the template does not show, a role least of all.
    assert set(made) == set(source["Resources"])


# What is deployed.


@pytest.fixture(scope="module", params=template.LOGINS)
def login(request: pytest.FixtureRequest) -> Iterator[str]:
    with mock_aws():
        stack.deploy(template.read(), login=request.param)
        yield request.param


def test_the_function_reaches_two_groups_and_nothing_reaches_it(login: str) -> None:
    ways = [("tcp", 3306, resource("DatabaseGroup"))]
    if login == "secret":
        ways.append(("tcp", 443, resource("EndpointGroup")))
    assert rules("FunctionGroup", "IpPermissionsEgress") == ways
    assert rules("FunctionGroup", "IpPermissions") == []


def test_the_other_groups_admit_the_function_and_let_nothing_out(login: str) -> None:
    targets = {"DatabaseGroup": 3306, **({"EndpointGroup": 443} if login == "secret" else {})}
    for group, port in targets.items():
        assert rules(group, "IpPermissions") == [("tcp", port, resource("FunctionGroup"))]
        assert rules(group, "IpPermissionsEgress") == [("-1", None, "127.0.0.1/32")]


def test_there_is_no_way_to_the_internet(login: str) -> None:  # noqa: ARG001 - the stack of each login
    ec2, vpc = client("ec2"), resource("Vpc")
    tables = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
    targets = {route.get("GatewayId", "another") for table in tables for route in table["Routes"]}
    assert targets == {"local", resource("S3Endpoint")}
    attached = [{"Name": "attachment.vpc-id", "Values": [vpc]}]
    assert ec2.describe_internet_gateways(Filters=attached)["InternetGateways"] == []
    assert ec2.describe_nat_gateways(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["NatGateways"] == []


def test_every_subnet_is_private_and_zones_differ(login: str) -> None:  # noqa: ARG001
    ec2 = client("ec2")
    subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [resource("Vpc")]}])["Subnets"]
    assert len({subnet["AvailabilityZone"] for subnet in subnets}) == len(subnets) == 2
    assert not any(subnet["MapPublicIpOnLaunch"] for subnet in subnets)
    (table,) = ec2.describe_route_tables(RouteTableIds=[resource("Routes")])["RouteTables"]
    assert {each["SubnetId"] for each in table["Associations"]} == {subnet["SubnetId"] for subnet in subnets}


def test_endpoints(login: str) -> None:
    found = {
        each["ServiceName"].rpartition(".")[2]: each for each in client("ec2").describe_vpc_endpoints()["VpcEndpoints"]
    }
    assert set(found) == {"s3", *(["secretsmanager"] if login == "secret" else [])}
    assert found["s3"]["RouteTableIds"] == [resource("Routes")]
    (statement,) = json.loads(found["s3"]["PolicyDocument"])["Statement"]
    assert (statement["Action"], statement["Condition"]) == (
        "s3:GetObject",
        {"StringEquals": {"aws:ResourceAccount": "123456789012"}},
    )
    if login == "secret":
        secrets = found["secretsmanager"]
        assert secrets["PrivateDnsEnabled"]
        assert secrets["SubnetIds"] == [resource("SubnetA"), resource("SubnetB")]
        assert [group["GroupId"] for group in secrets["Groups"]] == [resource("EndpointGroup")]
        (statement,) = json.loads(secrets["PolicyDocument"])["Statement"]
        assert statement["Action"] == "secretsmanager:GetSecretValue"
        assert statement["Resource"] == resource("Secret")
        assert statement["Principal"] == {"AWS": role()["Arn"]}


def test_database(login: str) -> None:  # noqa: ARG001
    (database,) = client("rds").describe_db_instances()["DBInstances"]
    assert not database["PubliclyAccessible"]
    assert database["StorageEncrypted"]
    assert database["IAMDatabaseAuthenticationEnabled"]
    assert database["MasterUserSecret"]["SecretArn"]
    assert [group["VpcSecurityGroupId"] for group in database["VpcSecurityGroups"]] == [resource("DatabaseGroup")]
    (group,) = [group["DBParameterGroupName"] for group in database["DBParameterGroups"]]
    pages = client("rds").describe_db_parameters(DBParameterGroupName=group)["Parameters"]
    assert {each["ParameterName"]: each["ParameterValue"] for each in pages} == {"require_secure_transport": "1"}


def test_function(login: str) -> None:
    found = client("lambda").get_function_configuration(FunctionName="shop-orders")
    (database,) = client("rds").describe_db_instances()["DBInstances"]
    told = {"DB_HOST": database["Endpoint"]["Address"], "DB_NAME": "shop", "DB_CA_BUNDLE": "global-bundle.pem"}
    told |= {"DB_SECRET_ID": resource("Secret")} if login == "secret" else {"DB_USER": "orders_app"}
    assert found["Environment"]["Variables"] == told
    assert found["VpcConfig"]["SubnetIds"] == [resource("SubnetA"), resource("SubnetB")]
    assert found["VpcConfig"]["SecurityGroupIds"] == [resource("FunctionGroup")]
    assert found["Timeout"] > 3  # the default would hide every symptom


def test_secret_is_what_the_function_expects(login: str) -> None:
    if login == "secret":
        text = client("secretsmanager").get_secret_value(SecretId=resource("Secret"))["SecretString"]
        found = json.loads(text)
        assert set(found) == {"username", "password"}
        assert (found["username"], len(found["password"])) == ("orders_app", 32)


def test_log_group(login: str) -> None:  # noqa: ARG001
    (group,) = client("logs").describe_log_groups()["logGroups"]
    assert (group["logGroupName"], group["retentionInDays"]) == ("/aws/lambda/shop-orders", 30)


def role() -> dict[str, Any]:
    return client("iam").get_role(RoleName=resource("Role"))["Role"]


def test_role_is_narrow(login: str) -> None:
    iam = client("iam")
    assert iam.list_role_policies(RoleName=resource("Role"))["PolicyNames"] == ["orders", "login"]
    policies = [
        iam.get_role_policy(RoleName=resource("Role"), PolicyName=name)["PolicyDocument"]
        for name in ("orders", "login")
    ]
    statements = {statement["Sid"]: statement for policy in policies for statement in policy["Statement"]}
    wide = [sid for sid, each in statements.items() if each["Effect"] == "Allow" and each["Resource"] == "*"]
    assert wide == ["LambdaManagesInterfaces"]  # they take no resource
    assert statements["TheCodeDoesNot"]["Effect"] == "Deny"
    assert statements["TheCodeDoesNot"]["Action"] == statements["LambdaManagesInterfaces"]["Action"]
    arn = "arn:aws:lambda:us-east-1:123456789012:function:shop-orders"
    assert statements["TheCodeDoesNot"]["Condition"] == {"ArnEquals": {"lambda:SourceFunctionArn": arn}}
    # CloudFormation's ARN of a log group ends with `:*`, for its streams; moto's does not.
    assert statements["Log"]["Resource"] == "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/shop-orders"
    (database,) = client("rds").describe_db_instances()["DBInstances"]
    user = f"arn:aws:rds-db:us-east-1:123456789012:dbuser:{database['DbiResourceId']}/orders_app"
    own = {"secret": ("ReadTheSecret", resource("Secret")) if login == "secret" else None, "token": ("LogIn", user)}[
        login
    ]
    assert [(sid, each["Resource"]) for sid, each in statements.items() if sid in ("ReadTheSecret", "LogIn")] == [own]
    trusted = role()["AssumeRolePolicyDocument"]["Statement"]
    assert [statement["Principal"] for statement in trusted] == [{"Service": "lambda.amazonaws.com"}]
    assert iam.list_attached_role_policies(RoleName=resource("Role"))["AttachedPolicies"] == []
