"""What may be known of something that is gone: ``history`` asks git, and a project without it knows nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Memory(Protocol):
    """What the project's history knows of something that is gone; "" where it knows nothing."""

    def blame(self, path: str, key: str = "") -> str:
        """Say who removed or renamed a file below the project's root, or an id that was on it."""

    def became(self, path: str, key: str = "") -> str:
        """Return the new path of a file, or the new words of a heading on it."""

    def above(self, path: str, key: str) -> Sequence[str]:
        """Return the headings above an id that is gone from a file, by their anchors, the nearest first."""

    def is_sure(self, path: str) -> bool:
        """Return whether the file that one became has so much of its text that it is the same."""

    def was(self, path: str) -> Sequence[tuple[str, str]]:
        """Return the paths that a file had before, each with its text there; the latest first."""


class NoMemory:
    """The history of a project that has none to ask."""

    def blame(self, path: str, key: str = "") -> str:  # noqa: ARG002
        """Return nothing."""
        return ""

    def became(self, path: str, key: str = "") -> str:  # noqa: ARG002
        """Return nothing."""
        return ""

    def above(self, path: str, key: str) -> Sequence[str]:  # noqa: ARG002
        """Return nothing."""
        return ()

    def is_sure(self, path: str) -> bool:  # noqa: ARG002
        """Return that nothing is."""
        return False

    def was(self, path: str) -> Sequence[tuple[str, str]]:  # noqa: ARG002
        """Return nothing."""
        return ()
