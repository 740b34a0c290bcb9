"""Names of AWS exist: over cases, and over the real guide."""

from __future__ import annotations

import pytest
from aws import models, names
from prose import guide
from studyguide.text import quickyaml
from studyguide.text.source import Source

CITED = Source("docs/reference/sources.yml", (guide.DOCS / "reference/sources.yml").read_text("utf-8"))
SOURCES = quickyaml.load(CITED.text)
LIST = "Mend it, or add it with its source to tests/aws/names.yml."
FENCE = "```{}\n{}\n```\n"
# A page includes it, part by part.
STACK = "docs/example/template.yaml"
TEMPLATE = Source(STACK, FENCE.format("yaml", (guide.DOCS.parent / STACK).read_text("utf-8")))


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "It is an `ENILimitReachException`.",
            ["1:11: `ENILimitReachException` is in no service model. Did you mean `ENILimitReachedException`?"],
        ),
        ("Set `Vpcconfig`.", ["1:6: `Vpcconfig` is in no service model. Did you mean `VpcConfig`?"]),
        (
            "Call `GetFunctionConfiguraton`.",
            ["1:7: `GetFunctionConfiguraton` is in no service model. Did you mean `GetFunctionConfiguration`?"],
        ),
        (
            "Wait by `function_active_v3`.",
            ["1:10: `function_active_v3` is in no service model. Did you mean `function_active_v2`?"],
        ),
        ("A `Zzyzx`.", [f"1:4: `Zzyzx` is in no service model. {LIST}"]),
        (
            "It needs `ec2:CreateNetworkInterfaces`.",
            [
                (
                    "1:11: IAM has no action or condition key `ec2:CreateNetworkInterfaces`. "
                    "Did you mean `ec2:CreateNetworkInterface`?"
                )
            ],
        ),
        ("It needs `ec2:DescribeVPCs`.", ["1:11: `ec2:DescribeVPCs` is spelt `ec2:DescribeVpcs`."]),
        (
            "It needs `lambda:VpcId`.",
            ["1:11: IAM has no action or condition key `lambda:VpcId`. Did you mean `lambda:VpcIds`?"],
        ),
        (
            "It needs `rds-db:conect`.",
            ["1:11: IAM has no action or condition key `rds-db:conect`. Did you mean `rds-db:connect`?"],
        ),
        ("It needs `lamda:Invoke`.", ["1:11: IAM has no prefix `lamda`. Did you mean `lambda`?"]),
        ("An `AWS::Lambda::Functon`.", ["1:5: CloudFormation has no resource type `AWS::Lambda::Functon`."]),
        ("`EFSIOException`, HTTP 408", ["1:2: `EFSIOException` has the HTTP status 410, not 408."]),
        (
            "    alt: It raises EFSException.",
            ["1:20: `EFSException` is in no service model. Did you mean `EFSIOException`?"],
        ),
        (
            FENCE.format("json", '{\n  "Action": "lambda:CreateFunctions"\n}'),
            [
                (
                    "3:14: IAM has no action or condition key `lambda:CreateFunctions`. "
                    "Did you mean `lambda:CreateFunction`?"
                )
            ],
        ),
        (
            FENCE.format("console", "$ aws lambda get-functions\n$ aws lambda wait function-active-v3"),
            [
                "2:14: The AWS CLI has no command `aws lambda get-functions`.",
                "3:14: The AWS CLI has no command `aws lambda wait function-active-v3`.",
            ],
        ),
        (
            FENCE.format("console", "$ aws lambda get-function \\\n    --function-nam x"),
            ["2:14: `aws lambda get-function` has no option `--function-nam`. Did you mean `function-name`?"],
        ),
        (
            FENCE.format(
                "yaml",
                "Resources:\n  A:\n    Type: AWS::Lambda::Function\n    Properties:\n"
                "      Memory: !Ref M\n      VpcConfig:\n        SubnetId: [a]",
            ),
            [
                "6:7: `AWS::Lambda::Function` has no property `Memory`. Did you mean `MemorySize`?",
                "8:9: `VpcConfig` of `AWS::Lambda::Function` has no property `SubnetId`.",
            ],
        ),
    ],
)
def test_no_such_name(text: str, messages: list[str]) -> None:
    assert names.problems(Source("a.md", text)) == [f"a.md:{message}" for message in messages]


@pytest.mark.parametrize(
    "text",
    [
        "`ENILimitReachedException`, 502: `EFSIOException` with 410",
        "`Invoke`, `VpcConfig`, `StateReasonCode`, `VPC_SUBNET`, `function_active_v2`",
        "`EndpointConnectionError`, `TimeoutError`, `DependencyViolation`",
        "`ec2:DescribeVpcs`, `rds-db:connect`, `lambda:VpcIds`, `aws:SourceVpce`",
        "`AWS::Lambda::Function`",
        "`value`, `db.example.com`, `10.0.0.0/16`, `localhost:2773`",
        "Vpcconfig, outside code style",
        FENCE.format("json", '{"Resource": "arn:aws:rds-db:eu-west-1:1:dbuser:db-A/orders"}'),
        FENCE.format("console", "$ aws lambda wait function-active-v2 --function-name x --region eu-west-1"),
        FENCE.format("console", "$ aws ec2 modify-vpc-attribute --vpc-id v --enable-dns-support '{}'"),
        FENCE.format(
            "yaml",
            "Resources:\n  A:\n    Type: AWS::Serverless::Function\n    Properties:\n"
            "      CodeUri: !Ref M\n      VpcConfig:\n        SubnetIds: [a]",
        ),
    ],
)
def test_name_exists(text: str) -> None:
    assert names.problems(Source("a.md", text)) == []


def test_every_name_of_the_guide_exists() -> None:
    problems = [problem for page in (*guide.pages(authors=False), CITED, TEMPLATE) for problem in names.problems(page)]
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def test_the_guide_holds_such_names() -> None:
    pages = guide.pages(authors=False)
    assert sum(len(list(names.spans(page))) for page in pages) > 300
    assert sum(len(names.statuses(page)) for page in pages) > 10
    assert sum(len(list(names.commands(page))) for page in pages) > 5
    assert len(list(names.templates(TEMPLATE))) > 10


def test_a_listed_name_says_whose_it_is() -> None:
    given = [group["source"] for group in models.LISTED["others"].values()]
    keys = [key for source in given if isinstance(source, list) for key in source]
    assert all(given)
    assert {*keys, *models.LISTED["conditions"].values()} <= set(SOURCES)


def test_a_listed_name_is_needed() -> None:
    written = "\n".join(page.text for page in guide.pages(authors=False))
    listed = [name for group in models.LISTED["others"].values() for name in group["names"]]
    assert [name for name in (*listed, *models.LISTED["conditions"]) if name not in written] == []
