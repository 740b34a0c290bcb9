"""Long names in code -> the places where a line may break: at their humps and joints, not in a word.

    <code>SubnetIPAddressLimitReachedException</code>
    <code>Subnet<wbr>IPAddress<wbr>Limit<wbr>Reached<wbr>Exception</code>

A phone is narrower than many of AWS's names. What is copied is the name as it was.
"""

from __future__ import annotations

import re

# Code in a line of text: a block of code starts its lines with a mark of the highlighter's.
INLINE_RE = re.compile(r"(?<!</span>)<code>(?P<name>[^<>\n]{15,})</code>")
JOINT_RE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[:/._=])(?=\w)")


def with_breaks(html: str) -> str:
    """Return a page's content with a break allowed at each joint of a long name."""
    return INLINE_RE.sub(lambda match: f"<code>{JOINT_RE.sub('<wbr>', match['name'])}</code>", html)
