"""The template, deployed: what is there is asked of the services, not of the template."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from example import more_moto, template
from example.clients import client
from example.cloud import APP

NAME = "shop"


def deploy(source: dict[str, Any], *, login: str) -> None:
    """Upload the code, translate the template, and make the stack."""
    made = template.resolved(template.translated(source, login=login), login=login)
    more_moto.install()
    client("s3").create_bucket(Bucket="code")
    client("s3").put_object(Bucket="code", Key="app.zip", Body=package())
    client("cloudformation").create_stack(
        StackName=NAME, TemplateBody=json.dumps(made), Capabilities=["CAPABILITY_IAM"]
    )
    status = client("cloudformation").describe_stacks(StackName=NAME)["Stacks"][0]["StackStatus"]
    assert status == "CREATE_COMPLETE"


def package() -> bytes:
    """Return the folder of the function as `sam package` zips it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for file in sorted(APP.glob("*.py")):
            archive.write(file, file.name)
    return data.getvalue()


def resource(name: str) -> str:
    """Return the id of what the template calls by a name."""
    listed = client("cloudformation").list_stack_resources(StackName=NAME)["StackResourceSummaries"]
    (found,) = [each["PhysicalResourceId"] for each in listed if each["LogicalResourceId"] == name]
    return found


def rules(group: str, direction: str) -> list[tuple[Any, ...]]:
    """Return the rules of a group: protocol, port, and the group or address at the other end."""
    (found,) = client("ec2").describe_security_groups(GroupIds=[resource(group)])["SecurityGroups"]
    return [
        (rule["IpProtocol"], rule.get("FromPort"), *ends)
        for rule in found[direction]
        if (
            ends := [pair["GroupId"] for pair in rule["UserIdGroupPairs"]]
            + [block["CidrIp"] for block in rule["IpRanges"]]
            + [block["CidrIpv6"] for block in rule["Ipv6Ranges"]]
        )
    ]
