"""Every code a problem can have: its family, how bad it is, and its name.

A *family* is what the receipt counts and what a project without our directives leaves out. Errors and
warnings fail a strict build; a hint is printed and fails nothing. Each code has a section of the same
name in ``docs/authoring/problems.md``, and a test keeps the two equal.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "hint"]

# Where every code is explained; a code in small letters is the anchor of its section.
HELP = "https://lambda-vpc-study-guide.github.io/authoring/problems/"


class Rule(NamedTuple):
    """What a code stands for."""

    family: str
    severity: Severity
    title: str


RULES: dict[str, Rule] = {
    "INP001": Rule("input", "error", "A folder that is named like a page"),
    "INP002": Rule("input", "error", "A file that is not UTF-8"),
    "INP003": Rule("input", "error", "A file that cannot be read"),
    "INP004": Rule("input", "error", "A link to a folder above itself"),
    "INP005": Rule("input", "warning", "A very large page"),
    "INP006": Rule("input", "error", "Front matter that is not read"),
    "BLD001": Rule("build", "warning", "A warning of MkDocs or a plugin"),
    "INP007": Rule("input", "error", "A character that is none"),
    "INP008": Rule("input", "error", "Two sources of one address"),
    "INP009": Rule("input", "warning", "An empty page"),
    "DIR001": Rule("directives", "error", "Unknown directive"),
    "DIR002": Rule("directives", "error", "Unknown option"),
    "DIR003": Rule("directives", "error", "No id"),
    "DIR004": Rule("directives", "error", "Options that are not YAML"),
    "DIR005": Rule("directives", "error", "An id of the wrong kind"),
    "DIR006": Rule("directives", "error", "Never closed"),
    "DIR007": Rule("directives", "error", "A directive that is not read"),
    "DIR008": Rule("directives", "error", "An option that cannot be what it says"),
    "DIR009": Rule("directives", "error", "A file that nobody makes"),
    "DIR010": Rule("directives", "error", "A note at no line of its code"),
    "ID001": Rule("ids", "error", "An id that is taken"),
    "ID002": Rule("ids", "error", "An id that its page does not show"),
    "HTM001": Rule("html", "error", "Raw HTML that does not close"),
    "FIG001": Rule("figures", "error", "No alt text"),
    "FIG002": Rule("figures", "error", "An empty figure"),
    "FIG003": Rule("figures", "error", "No caption"),
    "FIG004": Rule("figures", "error", "A drawing outside a figure"),
    "FIG005": Rule("figures", "error", "A fence that is never closed"),
    "FIG010": Rule("figures", "error", "TikZ that does not draw"),
    "FIG011": Rule("figures", "error", "TikZ that takes too much"),
    "FIG012": Rule("figures", "error", "Mermaid that does not parse"),
    "FIG013": Rule("figures", "error", "Mermaid that cannot be drawn"),
    "FIG014": Rule("figures", "error", "Drawn differently from TeX"),
    "FIG015": Rule("figures", "error", "An unknown TikZ library"),
    "FIG016": Rule("figures", "error", "No end of the picture"),
    "FIG017": Rule("figures", "error", "TeX that reads, writes or programs"),
    "FIG018": Rule("figures", "error", "Text that is hard to read"),
    "FIG019": Rule("figures", "warning", "A figure that nothing refers to"),
    "FIG020": Rule("figures", "warning", "An alt text that leaves out a node"),
    "FIG021": Rule("figures", "error", "A fence that is nearly a drawing"),
    "FIG022": Rule("figures", "error", "Two forms that are not one drawing"),
    "FIG023": Rule("figures", "error", "A label on a line"),
    "CPT001": Rule("checkpoints", "error", "No options"),
    "CPT002": Rule("checkpoints", "error", "No right option"),
    "CPT003": Rule("checkpoints", "error", "An option without a reason"),
    "CPT004": Rule("checkpoints", "error", "A heading in a checkpoint"),
    "CPT005": Rule("checkpoints", "error", "No question"),
    "CPT006": Rule("checkpoints", "error", "An answer that changed without a review"),
    "CPT007": Rule("checkpoints", "error", "An unknown kind of checkpoint"),
    "CPT008": Rule("checkpoints", "error", "Not one blank"),
    "CPT009": Rule("checkpoints", "error", "Too few to order or to match"),
    "CPT010": Rule("checkpoints", "error", "A mark where nothing is wrong"),
    "CPT011": Rule("checkpoints", "error", "An item that is not a pair"),
    "CPT012": Rule("checkpoints", "error", "Two that look the same"),
    "CPT013": Rule("checkpoints", "error", "No wrong option"),
    "CPT014": Rule("checkpoints", "error", "An option of another kind"),
    "CPT015": Rule("checkpoints", "error", "An answer that is no number"),
    "CPT016": Rule("checkpoints", "error", "A tolerance that takes in a wrong answer"),
    "CPT017": Rule("checkpoints", "error", "Not one block to find the fault in"),
    "CPT018": Rule("checkpoints", "error", "A place that is not in the block"),
    "CPT019": Rule("checkpoints", "error", "An option without words"),
    "CPT020": Rule("checkpoints", "error", "An item of another kind"),
    "QST001": Rule("questions", "warning", "An option that speaks of other options"),
    "QST002": Rule("questions", "warning", "A negation in plain text"),
    "QST003": Rule("questions", "warning", "A question that is asked twice"),
    "QST004": Rule("questions", "warning", "Two options that say the same"),
    "QST005": Rule("questions", "hint", "Options that overlap"),
    "QST006": Rule("questions", "hint", "A word that only the right option repeats"),
    "QST007": Rule("questions", "warning", "Grammar that gives the answer away"),
    "QST008": Rule("questions", "hint", "An amount that no source states"),
    "QST009": Rule("questions", "hint", "A reason of another option"),
    "QST010": Rule("questions", "hint", "A question that answers another"),
    "QST011": Rule("questions", "hint", "A question that takes long to read"),
    "QST012": Rule("questions", "warning", "A question without a source"),
    "QST013": Rule("questions", "warning", "A question without an objective"),
    "QST014": Rule("questions", "warning", "A way to guess that works"),
    "CRD001": Rule("cards", "warning", "A card with many words"),
    "CRD002": Rule("cards", "warning", "A card that gives itself away"),
    "TRM001": Rule("terms", "error", "A term without a name"),
    "TRM002": Rule("terms", "error", "A term without a definition"),
    "TRM003": Rule("terms", "warning", "A term that nothing refers to"),
    "TRM004": Rule("terms", "warning", "A term used before it is explained"),
    "TRM005": Rule("terms", "error", "A term defined twice"),
    "OBJ001": Rule("objectives", "error", "An objective that says nothing"),
    "OBJ002": Rule("objectives", "warning", "An objective without a question"),
    "OBJ003": Rule("objectives", "warning", "An objective that the guide says little about"),
    "EXM001": Rule("examples", "error", "An incomplete example"),
    "WRD001": Rule("words", "warning", "A number written by hand"),
    "WRD002": Rule("words", "warning", "Nothing of the kind below"),
    "WRD003": Rule("words", "warning", "Another count than the list has"),
    "REF001": Rule("references", "error", "Nothing has this id"),
    "REF002": Rule("references", "error", "Several pages have this anchor"),
    "REF003": Rule("references", "error", "A reference that is not read"),
    "CIT001": Rule("citations", "error", "Unknown source"),
    "CIT002": Rule("citations", "error", "A citation that is not read"),
    "SRC001": Rule("sources", "error", "A sources file that cannot be read"),
    "SRC002": Rule("sources", "error", "An incomplete source"),
    "SRC003": Rule("sources", "error", "No page of sources"),
    "SRC004": Rule("sources", "warning", "A source that nothing cites"),
    "SRC005": Rule("sources", "hint", "A source checked long ago"),
    "LAB001": Rule("lab", "error", "A state that cannot be read"),
    "LAB002": Rule("lab", "error", "An answer that the network model contradicts"),
    "LAB003": Rule("lab", "error", "An answer that a state does not find"),
    "LAB004": Rule("lab", "error", "An unknown state"),
    "LAB005": Rule("lab", "warning", "A state that nothing rests on"),
    "LNK001": Rule("links", "error", "A page link that leads nowhere"),
    "LNK002": Rule("links", "error", "An anchor that leads nowhere"),
    "LNK003": Rule("links", "error", "A missing file"),
    "LNK004": Rule("links", "error", "A link without words"),
    "LNK005": Rule("links", "error", "An address that no browser opens"),
    "LNK006": Rule("links", "error", "An address on one machine"),
    "HDG001": Rule("headings", "error", "A heading without words"),
    "HDG002": Rule("headings", "error", "A second title"),
    "TXT001": Rule("leftovers", "error", "A link that stayed text"),
    "TXT002": Rule("leftovers", "error", "Markup that stayed text"),
    "TXT003": Rule("leftovers", "error", "A block that stayed text"),
    "TXT004": Rule("leftovers", "error", "A block that came out empty"),
    "TXT005": Rule("leftovers", "warning", "A block of an unknown kind"),
    "TXT006": Rule("leftovers", "error", "A cell that is not shown"),
    "NAV001": Rule("nav", "warning", "A page outside the navigation"),
    "NAV002": Rule("nav", "error", "Navigation to no page"),
    "AST001": Rule("assets", "hint", "A file that nothing uses"),
    "FTN001": Rule("footnotes", "error", "A footnote that is not defined"),
    "FTN002": Rule("footnotes", "warning", "A footnote that nothing refers to"),
    "FTN003": Rule("footnotes", "error", "A footnote defined twice"),
    "FTN004": Rule("footnotes", "error", "A footnote in a footnote"),
    "SNP001": Rule("snippets", "error", "Nothing to include"),
    "RED001": Rule("redirects", "error", "An aliases file that cannot be read"),
    "RED002": Rule("redirects", "error", "An alias that leads nowhere"),
    "RED003": Rule("redirects", "error", "An alias of something that is still there"),
    "CON001": Rule("contract", "error", "A published page that is gone"),
    "CON002": Rule("contract", "error", "A published anchor that is gone"),
    "CON003": Rule("contract", "error", "An inventory that cannot be read"),
    "CON004": Rule("contract", "hint", "An inventory that knows less of answers"),
    "SPL001": Rule("spoilers", "error", "An answer in the search index"),
    "SPL002": Rule("spoilers", "error", "An answer in a description"),
    "SPL003": Rule("spoilers", "error", "An answer beside its question"),
    "PRT001": Rule("portability", "hint", "A link that works on the site only"),
    "WAV001": Rule("waivers", "warning", "A waiver that waives nothing"),
    "WAV002": Rule("waivers", "error", "A waiver that has expired"),
    "WAV003": Rule("waivers", "error", "A waiver without a reason or an end"),
    "WAV004": Rule("waivers", "error", "A waiver that cannot be read"),
    "EXT001": Rule("external", "error", "A web page that is gone"),
    "EXT002": Rule("external", "error", "A web page without this anchor"),
    "EXT003": Rule("external", "warning", "A web page that has moved for good"),
    "EXT004": Rule("external", "error", "A web page that was not reached"),
    "EXT005": Rule("external", "warning", "An accepted failure that is over"),
}

# Families that read our directives: off in a project that does not use the hook.
OURS = frozenset({
    "directives", "html", "figures", "checkpoints", "questions", "cards", "terms", "objectives", "examples", "references", "citations", "sources", "headings", "redirects", "spoilers", "portability", "words", "lab",
})  # fmt: skip


def help_for(code: str) -> str:
    """Return the address of the section that explains a code."""
    return f"{HELP}#{code.lower()}"
