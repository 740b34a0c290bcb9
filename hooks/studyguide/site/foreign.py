r"""Syntax that other programs read, and what looks like syntax and is written with other characters.

    {{< figure src="a.png" >}}     ->  "shortcode": Hugo reads it
    a) one \n b) two               ->  "lettered": readers see one line
    {{ .Site.Title }}              ->  "filled": nothing here fills it in
    -(U+00A0)an item               ->  "alike": behind the mark is no space

Each kind by what is left of it in the text of a page, as in ``site.syntax``, and by what a text has to hold for it to be
worth looking for.
"""

from __future__ import annotations

import re

from studyguide.site import formats
from studyguide.site.grammar import ADDRESS, END, FIRST, START

# Spaces that end no mark, and characters that nobody sees.
SPACE = "[\u00a0\u2002-\u200a\u202f\u3000]"
UNSEEN = "[\u00ad\u200b-\u200f\u2060\ufeff]"
# As wide as a letter of Chinese or Japanese, and what each stands for; quotation marks that end no title.
WIDE = {chr(ord(sign) + 0xFEE0): sign for sign in "#*+-!?:=|()[]"}
QUOTES = dict.fromkeys("“”„«»", '"')
ODD_RE = re.compile(rf"{SPACE}|{UNSEEN}|[{''.join(map(re.escape, {**WIDE, **QUOTES}))}]")
# What a text processor has for the mark of an item, and what each stands for; dashes that begin what somebody says are none.
ITEMS = dict.fromkeys("\u2010\u2011\u2012\u2043\u2212\ufe63", "-") | dict.fromkeys("\u204e\u2217\u2731\ufe61", "*")
_ITEMS = "".join(ITEMS)
# Bullets of every shape, boxes and ticks, and those of a font that Word has for them alone.
_BULLETS = "•·◦‣▪●○■・∙⋅▫□▶▸►⦁⦿⦾➢➤❖◆◇☐☑☒✓✔✗✘\uf0a7\uf0b7\uf0d8\uf0fc"
# Kinds of notes that nearly every theme and program knows.
NOTES = "note|abstract|summary|info|todo|tip|hint|important|success|check|question|faq|warning|caution|attention|failure|danger|error|bug|example|quote|admonition|seealso"
_WIDE_ADDRESS = ADDRESS.replace("()", r"()\uff08\uff09")
_MARK = r"(?:!!!|\?{3}\+?|===[+!]?)"
# The first word of a line, and the rest of it.
_WORD, _LINE = r"[^\s\x1e]+", r"[^\n\x1e]*\n[ ]*"
# What templates of other programs begin an expression with: a path, a call, a filter, a member; words before a text or a
# path, as Go has them; and the marks of Handlebars.
_EXPRESSION = (
    r"\$?\.[A-Za-z_]|\.[ ]*-?(?=\})|\$[A-Za-z_]|[A-Za-z_]\w*(?:\.\w+)+[ ]*(?=[}|\[(=!<>+?-])|[A-Za-z_]\w*\(|[A-Za-z_][\w.]*[ ]*\||[A-Za-z_]\w*\[[\w\"'\u2018]"
    r"|[\"'\u201c\u2018][^{}\n\x1e]*[\"'\u201d\u2019][ ]*\||(?:[A-Za-z_]\w*[ ]+){1,3}(?:\.[A-Za-z_ ]|[$\"\u201c])|#[a-z]+[ ]|/[a-z*]|&?>[ ]|![-A-Za-z ]"
)


def _pair(first: str, second: str) -> str:
    """Return a pattern of the first of two lines that begin so."""
    return rf"{first}{_WORD}(?={_LINE}{second})"


PATTERNS: dict[str, re.Pattern[str]] = {
    # A list of two lines at least, which begin with a bullet, a letter, or a mark without a space.
    "bulleted": re.compile(rf"{FIRST}[ ]*(?P<shown>(?P<mark>[{_BULLETS}])[ \t\u00a0\u3000]*(?P<words>{_WORD}))(?={_LINE}(?P=mark))"),
    "item": re.compile(rf"{FIRST}[ ]*(?P<shown>(?P<mark>[{_ITEMS}])[ \t\u00a0]+(?P<words>(?!\d){_WORD}))(?={_LINE}(?P=mark)[ \t\u00a0])"),
    "lettered": re.compile(
        rf"{FIRST}[ ]*(?P<shown>{_pair(r'[(]a[)] ', r'[(]b[)] ')}|{_pair(r'a[)] ', r'b[)] ')}|{_pair(r'a[.] ', r'b[.] ')}|{_pair(r'A[.)] ', r'B[.)] ')}"
        rf"|{_pair(r'[(]i[)] ', r'[(]ii[)] ')}|{_pair(r'i[.)] ', r'ii[.)] ')}|{_pair(r'[(]1[)] ', r'[(]2[)] ')})"
    ),
    # What explains the word above it, in a block of nothing else.
    "defined": re.compile(
        r"(?:(?<=\x1e)|(?<=\x1e\n)|\A)[ ]{0,3}[^\s:\x1e][^\n\x1e]{0,80}(?<![.:;,!?])\n[ ]{0,3}(?P<shown>:(?![\w+-]+:)(?P<words>[^\W\d_][^\n\x1e]*))(?=\n[ ]{0,3}:|\s*(?:\x1e|\Z))"
    ),
    "touched": re.compile(
        rf"{FIRST}[ ]*(?P<shown>(?P<dash>[-+])[^\W\d_]{{2}}[^\s\x1e]*(?={_LINE}(?P=dash)[^\W\d_]{{2}})|1[.)][^\W\d_]{{2}}[^\s\x1e]*(?={_LINE}2[.)][^\W\d_]{{2}}))"
    ),
    "ticking": re.compile(rf"(?:{START}[ ]*|(?<=[-*+.)] ))(?P<shown>\[(?:|[ ]+[xX]|[ ]{{2,}}|[xX][ ]+|[ ]+[xX][ ]+)\][ ](?P<words>\S[^\n\x1e]*))"),
    # Links.
    "rounded": re.compile(rf"(?<![\w\ufffc)\]\\])\((?P<words>[^()\x1e]{{1,300}})\)\((?P<dest>{ADDRESS})\)(?!\()"),
    "unparted": re.compile(rf"(?<![\w\ufffc)\]\\])!?\[(?P<words>[^\[\]()\x1e]{{1,200}})\((?P<dest>{ADDRESS})\)(?![^\[\]\x1e]*\])"),
    "curly": re.compile(rf"(?<![\w\ufffc)\]\\])!?\[(?P<words>[^\[\]\x1e]{{1,300}})\]\{{(?P<dest>{ADDRESS})\}}"),
    "alike-link": re.compile(
        rf"(?P<shown>!?(?:\uff3b(?P<wide>[^\uff3b\uff3d\[\]\x1e]{{1,300}})\uff3d[ ]?[\uff08(]|\[(?P<words>[^\[\]\x1e]{{1,300}})\][ ]?\uff08)(?P<dest>{_WIDE_ADDRESS})[\uff09)])", re.IGNORECASE
    ),
    # Marks with other characters in them.
    "alike": re.compile(
        rf"{FIRST}(?P<shown>(?:[ ]*{UNSEEN}+[ ]*(?:#{{1,6}}[ ]+|[-*+][ ]+|\d+[.][ ]+|>[ ])|(?:\uff03{{1,6}}|[-*+]{SPACE}|[\uff0d\uff0a\uff0b][ \u3000])[ \u3000]*"
        rf"|\d+[.]{SPACE}(?=[^\n\x1e]*\n\d+[.]{SPACE})){_WORD}|[ ]*\uff5c[^\n\x1e]*\uff5c[ \u3000]*(?=\n[ ]*\uff5c))"
    ),
    "alike-block": re.compile(
        rf"{START}[ \t]*(?P<shown>(?:{UNSEEN}+{_MARK}[ ]*[\w\"]|{_MARK}{SPACE}+[\w\"]|(?:\uff01{{3}}|\uff1f{{3}}|\uff1a{{3}}|\uff1d{{3}})[ \u3000]*\w|(?:\?{{3}}\+?|===[+!]?)[ ]+[“”„«])[^\n\x1e]*)"
    ),
    "miscounted": re.compile(rf"{START}[ ]*(?:!!|!{{4,}}|\?\?|\?{{4,}})\+?[ ]+(?P<words>(?:{NOTES})(?:[ ]+\"[^\"\n\x1e]*\")?){END}", re.IGNORECASE),
    # What other programs read.
    "shortcode": re.compile(r"\{\{[<%][^\x1e{}]{1,300}?[%>]\}\}"),
    "filled": re.compile(
        rf"(?<![\\{{$])\{{\{{(?:-[ ]*\w+[ ]*-?|-?[ ]*(?:{_EXPRESSION})[^{{}}\x1e]{{0,300}})\}}\}}(?!\}})"
    ),
    "module": re.compile(
        rf"{START}(?:import[ ]+(?:[\w*{{][^\n\x1e]{{0,200}}[ ]from[ ]+)?[\"'\u2018\u2019\u201c\u201d][^\n\"'\x1e]+[\"'\u2018\u2019\u201c\u201d];?{END}|export[ ]+(?:(?:const|let|var)[ ]+[\w{{\[][^\n=\x1e]*=|default[ ]+(?:(?:async|class|function)\b|[{{(]|\w+;)|(?:async[ ]+)?function[ ]+\w+\()[^\n\x1e]*)|(?<!\{{)\{{/\*[^\x1e]{{0,500}}?\*/\}}"
    ),
    "contents": re.compile(rf"(?<![{{$\\])\{{:[ ]?toc(?:[ ][^{{}}\n\x1e]*)?\}}|{START}[ ]*(?:\[[Tt]oc\]|\[\[_?(?i:toc)_?\]\]|\$\{{(?i:toc)\}})[ ]*{END}"),
    "kramdown": re.compile(r"(?<![{$\\])\{:(?:/(?:[a-z]+)?|:[a-z]+(?:[ ][^{}\n\x1e]*)?/?|[a-z][\w-]*:[ ][^{}\n\x1e]*)\}"),
    "role": re.compile(r"(?<![\w\\$])(?:\{(?P<words>[a-z][\w:+-]*)\}|:(?:[a-z][\w+-]*:){1,2})(?=\ufffc)"),
    "named-link": re.compile(r"(?:\ufffc+ )*\ufffc+__?(?=[\s.,;:)\x1e]|\Z)"),
    "rst": re.compile(rf"{START}[ ]*(?:\.\.[ ]+(?:_[^\n\x1e:]+:|[a-z][\w:-]*::)[^\n\x1e]*|\([\w:.-]+\)={END})"),
    "unseen": re.compile(r"(?<![%\w])%%(?=[^%\x1e]*[A-Za-z])[^%\x1e]{1,500}%%(?![%\w])"),
    "blocked": re.compile(rf"(?<=[ \n])\^(?=[a-z]*[0-9])(?=[0-9]*[a-z])[a-z0-9]{{6}}{END}"),
    "within": re.compile(r"(?<=[^\s\^\x1e])\^\[(?P<words>[A-Za-z\"'(\u201c][^\[\]\x1e]*[ ][^\[\]\x1e]*)(?:\](?!\()|(?=\x1e|\Z))"),
    "grid": re.compile(rf"{FIRST}[ ]*(?:\|[^\n\x1e]*\|[ ]*\n[ ]*)?(?P<shown>\+(?:[-:]{{2,}}\+)+[ ]*){END}|{START}[ ]*-{{3,}}(?:[ ]{{2,}}-{{3,}})+[ ]*{END}"),
    # Where one version of two that Git did not merge begins; nothing else begins with seven such signs and a space.
    "conflict": re.compile(rf"{START}<{{7}}[ ][^\s\x1e][^\n\x1e]*"),
    "tabbed": re.compile(rf"{START}[ ]*(?:==|={{4,}})[+!]?[ ]+(?P<words>\"[^\"\n\x1e]+\"){END}"),
    # A page shows each cell as a block; a text parts them with bars.
    "celled": re.compile(r"(?:(?<=\x1e)|(?<=\|))[ ]*(?P<shown>[-*+][ ]\[[ xX]\][ ][^|\n\x1e]+)(?=\||\x1e|\Z)"),
    # No brace follows it in its block: `{--one, --two}` is one of the options of a command.
    "critic-open": re.compile(r"(?P<shown>\{(?:\+\+|--|>>|==|~~)[ ]?[^\W\d_]{2}[^\s{}\x1e]*)(?=[^}\x1e]*(?:\x1e|\Z))"),
    "critic": re.compile(
        r"\{(?P<open>\+\+|--|>>|==|~~)(?P<words>(?![ ]?\})[^{}\x1e]{1,500}?)(?:(?<=\+\+)|(?<=--)|(?<=<<)|(?<===)|(?<=~~))\}"
    ),
    **formats.PATTERNS,
}  # fmt: skip
NEEDS: dict[str, tuple[str, ...] | re.Pattern[str]] = {
    "bulleted": tuple(_BULLETS), "item": tuple(ITEMS), "lettered": re.compile(r"\n *(?:\(?(?:b|B|ii)[.)]|\(2\)) "),
    "defined": re.compile(r"\n *:[^\W\d_]"), "touched": re.compile(r"\n *(?:[-+]|2[.)])[^\W\d_]"), "ticking": ("[] ", "[  ", "[ x", "[ X", "[x ", "[X "),
    "rounded": (")(",), "unparted": ("[",), "curly": ("]{",), "alike-link": ("\uff3b", "]\uff08", "] \uff08"), "alike": ODD_RE,
    "alike-block": ODD_RE, "miscounted": ("!! ", "?? ", "!!+ ", "??+ "), "shortcode": ("{{<", "{{%"), "filled": ("{{",),
    "module": ("import ", "export ", "{/*"), "contents": re.compile(r"\{: ?toc|toc_?[\]}]", re.IGNORECASE), "kramdown": ("{:",),
    "role": ("}\ufffc", ":\ufffc"), "named-link": ("\ufffc_",), "rst": (".. ", ")="), "unseen": ("%%",),
    "conflict": ("<<<<<<<",), "tabbed": ("== ", "==+ ", "==! "), "celled": ("[ ] ", "[x] ", "[X] "), "blocked": ("^",), "within": ("^[",), "grid": ("---", "+--"), **dict.fromkeys(("critic-open", "critic"), ("{++", "{--", "{>>", "{==", "{~~")),
    **formats.NEEDS,
}  # fmt: skip
# A sign of one of these in the text of a page that holds none of those in ``site.syntax``.
LOOSE = (
    re.compile(
        rf"[-*+.!?=]{SPACE}|{UNSEEN}[ ]*[#*+!?=>\d-]|[\uff03\uff0a\uff0b\uff0d\uff01\uff1f\uff1a\uff1d\uff5c\uff3b]|[\uff08]|\n[ ]*(?:[{_BULLETS}]|[{_ITEMS}][ ]|\(?(?:b|B|ii)[.)] |\(2\) |2[.)][^\W\d_]|[-+][^\W\d_])"
    ),
    re.compile(
        r"\[\]|\[[Tt]oc\]|\n[ ]*:[^\W\d_]|\[ +[xX]|\[[xX] +\]|\)\(|\[[^\[\]()\n]*\(|\]\{|!! |\?\? |%%|---|<{7}|import |export |\.\. |\)="
    ),
    formats.LOOSE_RE,
)
