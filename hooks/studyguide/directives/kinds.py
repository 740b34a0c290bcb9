"""Our directives by their names.

A directive is a module with ``NAME``, ``PREFIX`` of its ids, ``OPTIONS`` it knows and ``make(block, key, parent, page)``;
a new one is a file and a name here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.directives import checkpoint, figure, objective, term

if TYPE_CHECKING:
    from types import ModuleType

KINDS: dict[str, ModuleType] = {module.NAME: module for module in (figure, checkpoint, term, objective)}
