"""What stands above or below a line -> the same in characters, for texts without elements.

10<sup>-3</sup>   ->  10⁻³, which 10-3 is not
H<sub>2</sub>O    ->  H₂O
1<sup>st</sup>    ->  1st: not every letter has such a character
"""

from __future__ import annotations

_PLAIN = "0123456789+-\u2212=()n"
SMALL = {
    "sup": str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ"),
}


def raised(tag: str, text: str) -> str:
    """Return the text of a ``sup`` or ``sub`` in characters of that place; as it is where one has none."""
    return text.translate(SMALL[tag]) if set(text) <= set(_PLAIN) else text
