"""YAML read by PyYAML's loader in C where there is one: ten times as fast, and as safe.

Its errors are worded otherwise than those of the loader in Python, so a problem always quotes the latter.
"""

from __future__ import annotations

import re

import yaml

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The loader in C takes the whole process down where values are nested too deep: in brackets, or in blocks.
BRACKETS = 1000
BLOCKS_RE = re.compile(r"(?:[-?:][ \t]+){200}|^[ ]{500}", re.MULTILINE)
TOO_DEEP = "values are nested too deep"


def loader(text: str) -> yaml.SafeLoader:
    """Return a loader of a YAML text: the fast one, unless the text could break it."""
    deep = text.count("[") + text.count("{") >= BRACKETS or BLOCKS_RE.search(text) is not None
    found: yaml.SafeLoader = (yaml.SafeLoader if deep else Loader)(text)
    return found


def load(text: str) -> object:
    """Return the value of a YAML text; raise YAMLError or ValueError, in the same words everywhere."""
    try:
        return loader(text).get_single_data()
    except (yaml.YAMLError, ValueError):
        return yaml.safe_load(text)
    except RecursionError as error:
        raise yaml.YAMLError(TOO_DEEP) from error


def fault(text: str) -> tuple[str, int, int]:
    """Return why a text is not YAML, and the line and column where that shows, both from 0."""
    try:
        yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = str(getattr(error, "problem", None) or error)
        return reason, mark.line if mark else 0, mark.column if mark else 0
    except RecursionError:
        return TOO_DEEP, 0, 0
    return "", 0, 0
