r"""Syntax of AsciiDoc and LaTeX, pasted into Markdown.

    xref:p.adoc[a part]   ->  "adoc-link"
    == A title            ->  "adoc-title"
    \emph{words}          ->  "latex"
    $x^2$                 ->  "formula", but not $5 or $HOME

Each kind by what is left of it in the text of a page, as in ``site.foreign``, which takes them.
"""

from __future__ import annotations

import re

from studyguide.site.grammar import END, START

# What LaTeX has formulas in.
_FORMULAS = r"(?:equation|align|aligned|gather|multline|eqnarray|displaymath|math|array|cases|[bpvBV]?matrix|split)\*?"
# What a formula has between single signs of money, which no price and no name in a shell has: a power, an index of one
# letter, a command.
_GREEK = r"alpha|beta|gamma|delta|epsilon|theta|lambda|mu|pi|rho|sigma|phi|omega|Delta|Sigma|Phi|Omega"
_COMMAND = (
    rf"\\(?:{_GREEK}|[dt]?frac|sqrt|sum|prod|int|lim|log|ln|sin|cos|tan|cdot|times|leq?|geq?|neq?|approx|infty|in|to"
    r"|partial|nabla|math[a-z]+|text|vec|hat|bar|left)(?![A-Za-z])"
)
_SIGN = rf"(?:[\w)}}\]]\^[\w{{\\(+-]|(?<![A-Za-z0-9_])[A-Za-z]_(?:\{{|[A-Za-z0-9](?![A-Za-z0-9]))|{_COMMAND})"
# What a command of LaTeX is behind: it is no part of a path.
_BEFORE = r"(?<![\\\w:])"
_STYLED = r"(?:(?:sub)*section|chapter|text(?:bf|it|tt|sc)|emph|underline|cite[pt]?|footnote|includegraphics|caption|usepackage|documentclass)"
_NOTES = "NOTE|TIP|IMPORTANT|WARNING|CAUTION"

PATTERNS: dict[str, re.Pattern[str]] = {
    "adoc-link": re.compile(
        r"(?<![\w:/.-])(?:link|xref):(?P<dest>[^\s\[\]:\x1e][^\s\[\]\x1e]*)\[(?P<words>[^\[\]\n\x1e]*)\]"
    ),
    "adoc-image": re.compile(
        r"(?<![\w:/.-])image::?(?P<dest>[^\s\[\]:\x1e]+)\[(?P<words>[^\[\],\n\x1e]*)[^\[\]\n\x1e]*\]"
    ),
    # Three such marks are those of a tab.
    "adoc-title": re.compile(
        r"(?:(?<=\x1e)|(?<=\x1e\n)|\A)[ ]{0,3}(?P<shown>(?P<mark>==|={4,6})[ ](?P<words>[A-Z0-9][^\n\x1e=]*[^\s=.,:;?!])"
        r"(?:[ ]+(?P=mark))?)(?=\s*(?:\x1e|\Z))"
    ),
    "adoc": re.compile(
        rf"{START}[ ]*(?:include::[^\s\[\]\x1e]+\[[^\[\]\n\x1e]*\]|\[(?:source(?:,[^\[\]\n\x1e]*)?|{_NOTES})\])[ ]*{END}"
    ),
    "latex": re.compile(
        rf"{_BEFORE}\\(?:{_STYLED}\*?(?:\[[^\[\]\n\x1e]*\])?\{{[^{{}}\x1e]{{1,300}}\}}|(?:begin|end)\{{(?!{_FORMULAS}\}})[a-z]+\*?\}})"
    ),
    "formula": re.compile(
        r"(?<![\\$\w])\$\$(?=[^$\x1e;]*[\\^_=])[^$\x1e;]{1,1000}\$\$(?![\w$])"
        rf"|(?<![\\$\w])\$(?![\s$])(?=[^$\n\x1e]*{_SIGN})[^$\n\x1e]{{1,200}}(?<![\s\\])\$(?![\w$])"
        rf"|{_BEFORE}\\begin\{{(?P<env>{_FORMULAS})\}}(?:[^\x1e]{{0,1000}}?\\end\{{(?P=env)\}})?"
        rf"|{_BEFORE}\\(?:ref|eqref|label)\{{[\w:.-]+\}}"
    ),
}
_LATEX = r"\\[a-z]+\*?[\[{]"
# A sign of one of them in the text of a page.
LOOSE_RE = re.compile(
    rf"\$\$|\$[^\s$][^$\n]*[\\^_]|{_LATEX}|(?:link|xref|image|include)::?[^\s\[\]:]+\[|\[source[],]|\[(?:{_NOTES})\]|== [A-Z0-9]"
)
NEEDS: dict[str, tuple[str, ...] | re.Pattern[str]] = {
    "adoc-link": ("link:", "xref:"), "adoc-image": ("image:",), "adoc-title": ("== ",),
    "adoc": ("include::", "[source", *(f"[{name}]" for name in _NOTES.split("|"))),
    "latex": re.compile(_LATEX), "formula": re.compile(rf"\$\$|\$[^$\n\x1e]*[\\^_]|{_LATEX}"),
}  # fmt: skip
