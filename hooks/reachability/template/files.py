"""File systems: which a function mounts, and by which mount target from each of its subnets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reachability.template.databases import MOUNT
from reachability.template.resolve import Unknown, undecided
from reachability.template.source import Mapping

if TYPE_CHECKING:
    from reachability.template.stack import Resource, Stack

CONFIGS = "FileSystemConfigs"
POINT = "AWS::EFS::AccessPoint"
ZONE = "AvailabilityZone"


def mounted(stack: Stack, function: Resource) -> list[Resource]:
    """Return the file systems that a function mounts; raises `NotDecidedError` where one is not in the template."""
    line, what = function.at(CONFIGS), f"{CONFIGS} of {function.name}"
    configs = function.get(CONFIGS) or []
    if not isinstance(configs, list) or not all(isinstance(each, Mapping) for each in configs):
        undecided(what, line)
    points = [stack.named(each.get("Arn"), what, line, POINT) for each in configs]
    return [stack.one(point, "FileSystemId") for point in points]


def target(stack: Stack, files: Resource, subnet: Resource) -> Resource:
    """Return the mount target of the subnet's zone, to which Lambda leads each instance of the function."""
    targets = [each for each in stack.of(MOUNT) if each.points_at("FileSystemId", files)]
    zone = subnet.properties.get(ZONE)
    near = [each for each in targets if each.points_at("SubnetId", subnet)]
    near = near or [each for each in targets if _is_same(zone, stack.one(each, "SubnetId").properties.get(ZONE))]
    why = f"which mount target of {files.name} is in the zone of {subnet.name}"
    return near[0] if near else undecided(why, subnet.line)


def _is_same(one: object, other: object) -> bool:
    return one is not None and not isinstance(one, Unknown) and one == other


def refuse_policy(stack: Stack, mount: Resource) -> None:
    """Raise `NotDecidedError` where the file system has a policy, which is not read."""
    files = stack.one(mount, "FileSystemId")
    if files.get("FileSystemPolicy"):
        undecided(f"whether the policy of {files.name} lets the role in", files.at("FileSystemPolicy"))
