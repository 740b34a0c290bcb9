"""The templates as readers use them: read, laid over each other, translated by SAM."""

from __future__ import annotations

import copy
import runpy
from typing import TYPE_CHECKING, Any

from example.clients import client
from example.cloud import APP
from samtranslator.translator.managed_policy_translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = APP.parent
OVERLAYS = sorted((FOLDER / "overlays").glob("*.yaml"))
LOGINS = ("secret", "token")
LAY = runpy.run_path(str(FOLDER / "overlays/lay.py"))


def read(*overlays: Path) -> dict[str, Any]:
    """Return the template with overlays, as the example's own program lays them."""
    return yaml_parse(LAY["lay"](*(overlay.stem for overlay in overlays)))


def translated(template: dict[str, Any], *, login: str) -> dict[str, Any]:
    """Return what SAM makes of a template whose code has been uploaded."""
    packaged = copy.deepcopy(template)
    packaged["Resources"]["Orders"]["Properties"]["CodeUri"] = "s3://code/app.zip"  # as `sam package` writes it
    loader = ManagedPolicyLoader(client("iam"))
    return transform(packaged, {"Login": login}, loader)


def resolved(template: dict[str, Any], *, login: str) -> dict[str, Any]:
    """Return a template with its conditions decided: what a login does not have is gone."""
    holds = {"BySecret": login == "secret"}
    assert set(template["Conditions"]) == set(holds)
    kept = {
        name: {key: _decide(value, holds) for key, value in resource.items() if key != "Condition"}
        for name, resource in template["Resources"].items()
        if holds.get(resource.get("Condition"), True)
    }
    return {"Resources": kept, "Outputs": template["Outputs"]}


def _decide(value: Any, holds: dict[str, bool]) -> Any:
    if isinstance(value, list):
        return [item for item in (_decide(item, holds) for item in value) if item != {"Ref": "AWS::NoValue"}]
    if not isinstance(value, dict):
        return value
    if "Fn::If" in value:
        condition, yes, no = value["Fn::If"]
        return _decide(yes if holds[condition] else no, holds)
    decided = {key: _decide(item, holds) for key, item in value.items()}
    return {key: item for key, item in decided.items() if item != {"Ref": "AWS::NoValue"}}
