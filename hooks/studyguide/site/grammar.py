"""What the patterns of syntax are made of, and the two marks in the text of a page that they look for."""

from __future__ import annotations

# Between two blocks, and where code was: no page holds these as text.
BREAK, CODE = "\x1e", "\ufffc"

ADDRESS = (
    r"(?:(?:[a-z][a-z+.-]*://|mailto:|\.{0,2}/|#)[^\s()\[\]\x1e]*|www\.[^\s()\[\]\x1e]+|[^\s()\[\]\x1e]+/(?:#[^\s()\[\]\x1e]*)?"
    r"|[^\s()\[\]\x1e]*\.(?:md|html?|png|svg|jpe?g|gif|webp|pdf|css|js|json|ya?ml|csv|txt|zip|py|sh)(?:[?#][^\s()\[\]\x1e]*)?)"
)
START = r"(?:(?<=\n)|(?<=\x1e)|\A)"
END = r"(?=\n|\x1e|\Z)"
# Where a block starts, or what a line with a colon announces.
FIRST = r"(?:(?<=\x1e)|(?<=\x1e\n)|\A|(?<=:\n))"
