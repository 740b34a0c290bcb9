"""What these tests share lies beside them: `reachability` itself is the package that they test."""

from __future__ import annotations

import sys
from pathlib import Path

# Last, so that it hides nothing: another conftest is here too.
sys.path.append(str(Path(__file__).parent))
