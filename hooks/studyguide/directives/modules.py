"""Our directives by their names.

A directive is a module with its ``NAME``, the ``OPTIONS`` it may have and ``make(block, parent, page)``; a new one is a
file, a name here and a row in ``studyguide.kinds``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.directives import checkpoint, example, figure, objective, term

if TYPE_CHECKING:
    from types import ModuleType

MODULES: dict[str, ModuleType] = {module.NAME: module for module in (figure, checkpoint, term, objective, example)}
