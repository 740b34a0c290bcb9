"""The names of AWS, as its own descriptions have them: botocore's service models, and cfn-lint's schemas and policies.

A model is read when it is first asked for; ``names.yml`` says which services the guide speaks of, and which names
no description holds.
"""

from __future__ import annotations

import builtins
import json
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore.exceptions
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import UnknownServiceError
from botocore.loaders import Loader
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Iterator

REGION = "us-east-1"  # has every resource type
LISTED = quickyaml.load(Path(__file__).with_name("names.yml").read_text("utf-8"))
# Models that come with botocore, and not those in somebody's home.
LOADER = Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)


@cache
def model(service: str) -> dict[str, Any]:
    """Return the description of a service's API."""
    return dict(LOADER.load_service_model(service, "service-2"))


@cache
def waiters(service: str) -> dict[str, str]:
    """Return a service's waiters by their name in the SDK for Python, each with the operation that it asks."""
    try:
        found = LOADER.load_service_model(service, "waiters-2")
    except UnknownServiceError:
        return {}
    return {xform_name(name): waiter["operation"] for name, waiter in found["waiters"].items()}


@cache
def names() -> frozenset[str]:
    """Return every name that code style may hold: of services, of the SDK for Python, and the listed ones."""
    listed = (name for group in LISTED["others"].values() for name in group["names"])
    python = (
        name
        for module in (builtins, botocore.exceptions)
        for name in vars(module)
        if name.endswith(("Error", "Exception"))
    )
    services = (name for service in LISTED["services"] for name in _of(service))
    return frozenset((*services, *python, *Config.OPTION_DEFAULTS, *listed))


def _of(service: str) -> Iterator[str]:
    described = model(service)
    yield from described["operations"]
    yield from waiters(service)
    for name, shape in described["shapes"].items():
        yield name
        yield from shape.get("members", ())
        yield from shape.get("enum", ())
        if code := shape.get("error", {}).get("code"):
            yield code


@cache
def statuses(service: str) -> dict[str, int]:
    """Return the HTTP status of each exception of a service."""
    shapes = model(service)["shapes"].items()
    return {
        name: shape["error"]["httpStatusCode"] for name, shape in shapes if "httpStatusCode" in shape.get("error", {})
    }


@cache
def actions() -> dict[str, frozenset[str]]:
    """Return the IAM actions of each prefix, in small letters: IAM does not mind the case."""
    file = resources.files("cfnlint.data.AdditionalSpecs") / "Policies.json"
    found = json.loads(file.read_text("utf-8"))
    return {prefix: frozenset(service["Actions"]) for prefix, service in found.items()}


@cache
def operations() -> dict[str, str]:
    """Return the operations of the services by their name in small letters."""
    return {name.lower(): name for service in LISTED["services"] for name in model(service)["operations"]}


@cache
def properties(resource: str) -> dict[str, frozenset[str]] | None:
    """Return the properties of a CloudFormation resource type with those inside each; None where there is no such type."""
    if resource in LISTED["transforms"]:
        known = LISTED["transforms"][resource]
        return {**dict.fromkeys(known["own"], frozenset()), **(properties(known["as"]) or {})}
    # It takes a second to load, and every process that lists the tests would.
    from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER, ResourceNotFoundError  # noqa: PLC0415 - as said above

    try:
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, resource).schema
    except ResourceNotFoundError:
        return None
    return {name: _inside(found, schema) for name, found in schema["properties"].items()}


def _inside(found: dict[str, Any], schema: dict[str, Any]) -> frozenset[str]:
    definition = found.get("$ref", "").removeprefix("#/definitions/")
    return frozenset((schema["definitions"][definition] if definition else found).get("properties", ()))


@cache
def options(service: str, command: str) -> frozenset[str] | None:
    """Return the options of a command of the AWS CLI, None where there is no such command."""
    commands = {xform_name(name, "-"): name for name in model(service)["operations"]}
    waits = {f"wait {name.replace('_', '-')}": operation for name, operation in waiters(service).items()}
    operation = {**commands, **waits}.get(command)
    if operation is None:
        return None
    shape = model(service)["operations"][operation].get("input", {}).get("shape")
    members = model(service)["shapes"][shape]["members"] if shape else ()
    added = (*LISTED["cli"]["every command"], *LISTED["cli"].get(command, ()))
    return frozenset((*added, *(xform_name(member, "-") for member in members)))
