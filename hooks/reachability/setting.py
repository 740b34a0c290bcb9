"""What a setting, a target and a combination that cannot be are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Settings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Setting:
    """``moves`` says which values a fix may change to, where that is not every other value."""

    name: str
    values: tuple[str, ...]
    means: str
    moves: Mapping[str, tuple[str, ...]] | None = None

    @property
    def default(self) -> str:
        return self.values[0]

    def others(self, value: str) -> tuple[str, ...]:
        """Return the values that a fix may choose instead of ``value``."""
        if self.moves is not None:
            return self.moves.get(value, ())
        return tuple(other for other in self.values if other != value)


@dataclass(frozen=True, slots=True)
class Target:
    """What the function calls: ``host`` and ``port`` as its code writes them, ``denied`` what a refusal reads like."""

    name: str
    title: str
    host: str
    port: int
    denied: str = ""
    tags: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Impossible:
    """Values that AWS does not allow together, for the targets that it concerns."""

    when: Mapping[str, tuple[str, ...]]
    because: str
    sources: tuple[str, ...]
    targets: tuple[str, ...] = ()

    def holds(self, target: str, read: Settings) -> bool:
        return (not self.targets or target in self.targets) and all(
            read[name] in values for name, values in self.when.items()
        )
