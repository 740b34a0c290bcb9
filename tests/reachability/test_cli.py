from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from reachability.cli import main
from reachability.questions import page
from reachability.settings import EVERY, FURTHER, SETTINGS, TARGETS


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    return code, *capsys.readouterr()


def test_it_answers_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = answer(capsys, "rds", "egress=none")
    said = json.loads(out)
    assert code == 0
    assert list(said) == ["target", "reached", "symptom", "text", "blocked_at", "hops", "fixes", "cost"]
    assert said["hops"][-1] == {
        "hop": "egress",
        "at": "security group of the function",
        "allowed": False,
        "because": "The group has no outbound rule, so nothing leaves.",
        "code": "SG_HAS_NO_RULES",
        "sources": ["sg-default-egress", "to-symptom"],
        "inference": False,
    }
    assert (said["reached"], said["symptom"], said["blocked_at"]) == (False, "timeout", "egress")
    assert said["fixes"] == [{"egress": "all"}]


def test_all_names_every_blocker_with_its_change(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = answer(capsys, "rds", "egress=none", "--all", "ingress=none", "role-call=no")
    said = [(blocker["hop"], blocker["change"]) for blocker in json.loads(out)["blockers"]]
    assert said == [
        ("egress", {"egress": "all"}),
        ("ingress", {"ingress": "group"}),
        ("role-call", {"role-call": "yes"}),
    ]


def test_it_names_the_price(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = answer(capsys, "s3", "nat=public", "interface-endpoint=yes", "gateway-endpoint=this-table")
    cost = json.loads(out)["cost"]
    assert cost["monthly_usd_per_zone"] == 43.8
    assert [(item["monthly_usd"], item["usd_per_gb"]) for item in cost["items"]] == [(36.5, 0.045), (7.3, 0.01), (0, 0)]


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["rsd"], "`rsd` is no target. Did you mean `rds`?"),
        (["mars"], "`mars` is no target. Known: rds, secrets, s3, dynamodb, api4, api6, lambda."),
        (["rds", "rout4=nat"], "`rout4` is no setting. Did you mean `route4`?"),
        (["rds", "route4=natt"], "`natt` is no value of route4. Did you mean `nat`?"),
        (["rds", "forward=known"], "`forward` is no setting. Did you mean `forwarding`?"),
        (
            ["s3", "zone=record"],
            (
                "zone=record cannot be: The names of AWS services are in zones that AWS keeps, and the "
                "model has no private zone over them."
            ),
        ),
        (["rds", "route4="], "`` is no value of route4. Known: none, nat, igw."),
        (["rds", "dns"], "`dns` gives no setting a value. Write name=value, such as route4=nat."),
        (["rds", "dns=on", "dns=off"], "`dns` is given twice. Give each setting once."),
        (
            ["rds", "place=region", "nat=public", "igw=no"],
            (
                "nat=public and igw=no cannot be at the same time: EC2 makes no NAT gateway with a public address in a VPC "
                "without an internet gateway (Gateway.NotAttached), and detaches none while such addresses are mapped.\n"
                "place=region and ingress=group cannot be at the same time: A rule cannot name a security group of a VPC "
                "in another Region; it needs an address range."
            ),
        ),
        (
            ["dynamodb", "interface-endpoint=yes"],
            (
                "interface-endpoint=yes and private-dns=on cannot be at the same time: Interface endpoints for DynamoDB "
                "offer no private DNS; the code has to call the endpoint's own name."
            ),
        ),
    ],
)
def test_it_refuses_with_the_nearest_name_or_the_reason(
    capsys: pytest.CaptureFixture[str], words: list[str], refusal: str
) -> None:
    assert answer(capsys, *words) == (2, "", f"{refusal}\n")


def test_no_target_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2
    assert "no target is given; known: rds, secrets," in capsys.readouterr().err


def test_pages_that_cannot_be_written_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(page, "pages", lambda: {"a.md": ""})
    assert main(["questions", str(tmp_path / "none")]) == 2
    assert f"{tmp_path}/none: cannot be written: " in capsys.readouterr().err


def test_the_help_names_the_other_two_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "`from-template FILE`" in said
    assert "`questions FOLDER`" in said


def test_the_list_holds_every_setting_with_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = answer(capsys, "--list")
    assert code == 0
    table, _, further = out.partition("Further settings, which neither the lab nor templates have:\n")
    assert all(f"\n{name} " in table for name in SETTINGS)
    assert all(f"\n{name} " in f"\n{further}" for name in FURTHER)
    wide = max(map(len, EVERY))
    for name, setting in EVERY.items():
        assert f"{name:<{wide}}  {' | '.join(setting.values)}\n" in out
        assert setting.means in out
    assert all(f"\n{name:<{wide}}  {target.title}" in out for name, target in TARGETS.items())


def test_it_runs_as_a_module_and_needs_only_the_standard_library() -> None:
    hooks = Path(__file__).parents[2] / "hooks"
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(hooks)!r}); import reachability"]
    subprocess.run(command, check=True)
    run = subprocess.run([sys.executable, "-m", "reachability", "rds"], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout)["reached"] is True


def test_a_reader_that_has_enough_is_no_failure() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "reachability", "rds", "--all"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait() == 2


@pytest.mark.parametrize("asked", ["--list", "--help", "from-template --help", "rds"])
@pytest.mark.parametrize(
    ("stdout", "why"),
    [("> /dev/full", "cannot be written: No space left on device"), (">&-", "is closed")],
)
def test_what_cannot_be_said_is_no_answer(asked: str, stdout: str, why: str) -> None:
    command = f'"{sys.executable}" -m reachability {asked} {stdout}'
    environment = {**os.environ, "PYTHONUNBUFFERED": ""}
    run = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, env=environment)
    assert (run.returncode, run.stdout, run.stderr) == (2, "", f"reachability: standard output {why}.\n")
