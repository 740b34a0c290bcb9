"""What every rule is given: what is called, and two readers, of the settings and of the further ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from reachability.further import FURTHER

if TYPE_CHECKING:
    from reachability.setting import Target

Read = Callable[[str], str]


class Call(NamedTuple):
    """A call that the rules follow. Who knows nothing of further settings leaves ``more`` as it is."""

    target: Target
    read: Read
    more: Read

    def has(self, tag: str) -> bool:
        return tag in self.target.tags


# What an update would replace.
BEFORE: Final = {
    "nat": {"attached": "yes", "route4": "nat"},
    "no-exit": {"attached": "yes", "route4": "none"},
    "unattached": {"attached": "no"},
}


def of_before(call: Call) -> Call:
    """Return the call as it goes while an update is under way or has failed: by the network of before."""
    was = BEFORE[call.more("before")]
    return call._replace(read=lambda name: was[name] if name in was else call.read(name))


Rule = Callable[[Call], Iterator[str]]


def untouched(name: str) -> str:
    """Read a further setting that nobody changed."""
    return FURTHER[name].default
