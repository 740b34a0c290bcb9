"""Overlays laid over the template, as a reader does it: by the program that lies beside them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from example import template
from samtranslator.yaml_helper import yaml_parse

PROGRAM = template.FOLDER / "overlays/lay.py"
FILES = ("template.yaml", "overlays/nat.yaml", "overlays/proxy.yaml")


def lay(*names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, PROGRAM, *names], capture_output=True, text=True, check=False)


def test_what_the_overlays_do_not_name_stays() -> None:
    plain, nat, proxy = (yaml_parse((template.FOLDER / file).read_text("utf-8")) for file in FILES)
    run = lay("nat", "proxy")
    assert (run.returncode, run.stderr) == (0, "")
    laid = yaml_parse(run.stdout)
    assert set(laid["Resources"]) == {*plain["Resources"], *nat["Resources"], *proxy["Resources"]}
    for part in ("Transform", "Parameters", "Conditions", "Outputs"):
        assert laid[part] == plain[part]
    for name, resource in plain["Resources"].items():
        if name not in {*nat["Resources"], *proxy["Resources"]}:
            assert laid["Resources"][name] == resource


def test_an_overlay_goes_into_what_it_names() -> None:
    plain, laid = template.read()["Resources"], yaml_parse(lay("proxy").stdout)["Resources"]
    variables = laid["Orders"]["Properties"]["Environment"]["Variables"]
    assert variables["DB_HOST"] == {"Fn::GetAtt": ["Proxy", "Endpoint"]}
    assert variables["DB_USER"] == plain["Orders"]["Properties"]["Environment"]["Variables"]["DB_USER"]
    (rule,) = laid["FunctionGroup"]["Properties"]["SecurityGroupEgress"]  # a list takes the place of a list
    assert rule["DestinationSecurityGroupId"] == {"Ref": "ProxyGroup"}


@pytest.mark.parametrize(
    ("names", "found"), [((), "nothing"), (("nta",), "nta"), (("nat", "../template", "x"), "../template, x")]
)
def test_a_name_that_is_none_is_said(names: tuple[str, ...], found: str) -> None:
    run = lay(*names)
    told = f"{found} is no overlay; name one or more of ipv6, nat, proxy\n"
    assert (run.returncode, run.stdout, run.stderr) == (1, "", told)
