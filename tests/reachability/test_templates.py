from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from reachability.cli import main
from reachability.settings import UnknownError
from reachability.template.report import State, of_template, report
from reachability.template.source import UnreadableError, read
from studyguide.text import quickyaml

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent / "templates"
TEMPLATES = sorted(HERE.glob("*.yaml"))
EXPECTED = quickyaml.load((HERE / "expected.yml").read_text(encoding="utf-8"))
EXAMPLE = Path(__file__).parents[2] / "docs/example"
UNDECIDED = quickyaml.load((HERE / "undecided.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.stem)
def test_every_blocker_has_its_line_and_the_change_that_mends_it(template: Path) -> None:
    said, state = report(template.read_text(encoding="utf-8"), template.name, {})
    assert said + "\n" == EXPECTED[template.stem]
    assert state == (State.REACHED if template.stem.startswith("right") else State.NOT_REACHED)


def test_at_least_twelve_faults_are_told_apart() -> None:
    faults = {said.split("\n")[1] for name, said in EXPECTED.items() if not name.startswith("right")}
    assert len(faults) >= 12


@pytest.mark.parametrize("case", UNDECIDED, ids=lambda case: case["name"])
def test_what_is_not_told_is_not_decided(case: dict[str, Any]) -> None:
    text = (HERE / f"{case['template']}.yaml").read_text(encoding="utf-8")
    for old, new in case.get("change", {}).items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    said, state = report(text + case.get("add", ""), "t.yaml", case.get("parameters", {}))
    assert said.split("\n") == case["said"]
    assert state == State[case.get("state", "NOT_DECIDED")]


DATABASE, SECRETS = "Orders -> Database: ", "Orders -> Secrets Manager: "


@pytest.mark.parametrize(
    ("login", "old", "new", "said"),
    [
        # What its page claims: either login gets through, and no call has another way.
        ("secret", "", "", [f"{DATABASE}reached", f"{SECRETS}reached"]),
        ("token", "", "", [f"{DATABASE}reached"]),
        # And what each part is there for.
        ("token", "Action: rds-db:connect", "Action: rds:connect", [f"{DATABASE}not reached, denied at role-call"]),
        (
            "secret",
            "DestinationSecurityGroupId: !Ref DatabaseGroup",
            "CidrIp: 192.0.2.0/24",
            [f"{DATABASE}not reached, timeout at egress", f"{SECRETS}reached"],
        ),
        (
            "secret",
            "DestinationSecurityGroupId: !Ref EndpointGroup",
            "CidrIp: 192.0.2.0/24",
            [f"{DATABASE}reached", f"{SECRETS}not reached, timeout at egress"],
        ),
        ("token", "SourceSecurityGroupId: !Ref FunctionGroup", "CidrIp: 192.0.2.0/24", [f"{DATABASE}not reached, timeout at ingress"]),
        (
            "secret",
            "PrivateDnsEnabled: true",
            "PrivateDnsEnabled: false",
            [f"{DATABASE}reached", f"{SECRETS}not reached, timeout at egress"],
        ),
        ("token", "ec2:CreateNetworkInterface", "ec2:DescribeVpcs", [f"{DATABASE}not reached, cannot-start at start"]),
    ],
)  # fmt: skip
def test_claims_of_the_worked_example(login: str, old: str, new: str, said: list[str]) -> None:
    text = (EXAMPLE / "template.yaml").read_text(encoding="utf-8")
    assert old in text
    found, state = report(text.replace(old, new) if old else text, "t.yaml", {"Login": login})
    assert [line.partition(": ")[2] for line in found.split("\n") if line.startswith("t.yaml:")] == said
    assert state == (State.REACHED if not old else State.NOT_REACHED)


HOSTS = quickyaml.load((HERE / "hosts.yml").read_text(encoding="utf-8"))


def of_host(host: dict[str, Any], *, port: int, **changed: str) -> tuple[list[str], State]:
    """Return what is said of the right template with another host in the database's place, and rules for a port."""
    text = (HERE / "right.yaml").read_text(encoding="utf-8")
    before, after = text.index("  DatabaseSubnets:"), text.index("  Orders:")
    made = host["resources"]
    for old, new in changed.items():
        assert old in made
        made = made.replace(old, new)
    text = (text[:before] + made + text[after:]).replace("Port: 3306", f"Port: {port}")
    text = text.replace("${Database.DbiResourceId}", "*").replace("rds-db:connect", "rds-db:none")
    said, state = report(text, "t.yaml", {})
    return [line.partition(": ")[2] for line in said.split("\n") if line.startswith("t.yaml")], state


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host["name"])
def test_other_private_hosts_are_ports_in_a_group(host: dict[str, Any]) -> None:
    said, state = of_host(host, port=host["port"])
    assert (said, state) == ([f"Orders -> Host: {host['said']}"], State[host["state"]])
    said, state = of_host(host, port=host["port"] + 1)
    assert (said, state) == (["Orders -> Host: not reached, timeout at egress"], State.NOT_REACHED)


def test_brokers_with_several_ways_in_and_a_domain_outside_a_vpc_are_not_decided() -> None:
    hosts = {host["name"]: host for host in HOSTS}
    both = {"{Scram: {Enabled: true}}": "{Scram: {Enabled: true}, Iam: {Enabled: true}}"}
    said, state = of_host(hosts["MSK with passwords"], port=9096, **both)
    assert (said, state) == (
        ["Orders -> Host: not decided: on which of its ports Host is called (t.yaml:46)"],
        State.NOT_DECIDED,
    )
    outside = {"VPCOptions": "Options"}
    said, state = of_host(hosts["OpenSearch"], port=443, **outside)
    assert (said, state) == (["Orders -> Host: not decided: which subnets Host is in (t.yaml:46)"], State.NOT_DECIDED)


@pytest.mark.parametrize(
    ("named", "reached"),
    [("!Ref Role", True), ("!Sub 'orders-${Stage}'", True), ("orders-test", True), ("billing", False)],
)
def test_policy_that_stands_beside_its_role(named: str, *, reached: bool) -> None:
    text = (EXAMPLE / "template.yaml").read_text(encoding="utf-8")
    text = text.replace("RoleName: !Ref Role", f"RoleName: {named}")
    text = text.replace(
        "    Type: AWS::IAM::Role\n    Properties:\n",
        "    Type: AWS::IAM::Role\n    Properties:\n      RoleName: !Sub 'orders-${Stage}'\n",
    )
    text = text.replace("Parameters:\n", "Parameters:\n  Stage: {Type: String, Default: test}\n", 1)
    _, state = report(text, "t.yaml", {"Login": "token"})
    assert state == (State.REACHED if reached else State.NOT_REACHED)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "t.yaml:1:5: this is no YAML: expected the node content, but found '<stream end>'"),
        ("a: b", "t.yaml:1:1: this is no template: it has no mapping named Resources."),
        ("Resources: []", "t.yaml:1:1: this is no template: it has no mapping named Resources."),
        ("Resources: {A: &a {}, B: *a}", "t.yaml:1:26: this is no YAML: CloudFormation reads no aliases"),
        ("[" * 1500, "t.yaml: this is no template: it is nested too deep"),
        ("", "t.yaml:1:1: this is no template: it has no mapping named Resources."),
        ("\0", "t.yaml: this is no YAML: unacceptable character #x0000: special characters are not allowed"),
    ],
)
def test_what_is_no_template_is_refused(text: str, said: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(text, "t.yaml")
    assert str(refused.value).split("\n")[0] == said


def test_an_empty_template_is_not_called_right() -> None:
    said, state = report("Resources: {}", "t.yaml", {})
    assert (said, state) == ("t.yaml: not decided: there is no function with a target", State.NOT_DECIDED)


def test_the_command_prints_and_exits_by_what_it_found(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    right, fault = HERE / "right.yaml", HERE / "no-inbound-rule.yaml"
    assert main(["from-template", str(right)]) == 0
    assert capsys.readouterr().out == f"{right}:60: Orders -> Database: reached\n"
    assert main(["from-template", str(fault)]) == 1
    assert main(["from-template", str(tmp_path / "none.yaml")]) == 2
    assert "none.yaml: cannot be read: " in capsys.readouterr().err
    assert main(["from-template", str(HERE / "right-endpoint.yaml"), "--parameter", "Range=narrow"]) == 0
    assert main(["from-template", str(right), "--parameter", "Range"]) == 2
    assert capsys.readouterr().err == "`Range` gives no parameter a value. Write name=value, such as Stage=test.\n"


def test_a_parameter_that_the_template_does_not_have_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    template = str(HERE / "right-endpoint.yaml")
    assert main(["from-template", template, "--parameter", "Rnge=narrow"]) == 2
    assert capsys.readouterr().err == "`Rnge` is no parameter. Did you mean `Range`?\n"
    assert main(["from-template", template, "--parameter", "AWS::Region=eu-west-1"]) == 0


def test_a_value_that_a_parameter_does_not_allow_is_refused() -> None:
    text = (HERE / "right-endpoint.yaml").read_text(encoding="utf-8") + "    AllowedValues: [wide, narrow]\n"
    assert report(text, "t.yaml", {"Range": "narrow"})[1] == State.REACHED
    with pytest.raises(UnknownError, match=r"`bogus` is no value of Range\. Known: wide, narrow\."):
        report(text, "t.yaml", {"Range": "bogus"})


def test_json_is_read_like_yaml() -> None:
    template = '{"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": {"Environment": {"Variables": {"HOST": {"Fn::GetAtt": ["D", "Endpoint.Address"]}}}}}, "D": %s}}'
    database = '{"Type": "AWS::RDS::DBInstance", "Properties": {"Engine": "mysql"}}'
    said, state = report(template % database, "t.json", {})
    assert said.split("\n")[0] == "t.json:1: F -> D: not reached, timeout at route"
    assert state == State.NOT_REACHED
    indented = json.dumps(json.loads(template % database), indent="\t")
    assert report(indented, "t.json", {})[0].split("\n")[0] == "t.json:3: F -> D: not reached, timeout at route"


JUNK = """
  [null, "", x, "-1", 7, -1, true, [], [x], [[]], [null], [{}], {}, {x: 1}, {Ref: Orders}, {Ref: []}, {"Fn::If": 1},
  {"Fn::If": [[], 1, 2]}, {"Fn::Sub": "${A.b}"}, {"Fn::Join": [x, 1]}, {"Fn::GetAtt": []}, {"Fn::Nothing": x}]
"""


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.stem)
def test_no_template_makes_it_fail(template: Path) -> None:
    """Take one value after the other for any other: it says something, and raises nothing."""
    parsed = read(template.read_text(encoding="utf-8"), "t.yaml")
    junk = read(f"Resources: {{}}\nJunk: {JUNK}", "junk")["Junk"]
    places = list(_holders(parsed["Resources"]))
    tries = Random(template.stem).sample([(place, value) for place in places for value in junk], 60)  # noqa: S311
    for (holder, key), value in tries:
        kept, holder[key] = holder[key], value
        said, _ = of_template(parsed, "t.yaml", {})
        assert said
        holder[key] = kept


def _holders(node: Any) -> Iterator[tuple[Any, Any]]:
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield node, key
        if isinstance(value, dict | list):
            yield from _holders(value)
