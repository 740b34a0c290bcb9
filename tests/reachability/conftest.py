"""What these tests share lies beside them: `reachability` itself is the package that they test."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
