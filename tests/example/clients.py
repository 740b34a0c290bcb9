"""Clients of AWS's services, each made once: making one reads the model of its service."""

from __future__ import annotations

from functools import cache
from typing import Any

import boto3

REGION = "us-east-1"  # moto's zones are this region's, wherever a stack is


@cache
def client(service: str, region: str = REGION) -> Any:
    """Return the client of a service. It calls nobody: moto stands between, in whatever account is there."""
    return boto3.client(service, region_name=region, aws_access_key_id="testing", aws_secret_access_key="testing")  # noqa: S106
