"""Marks that ask for the questions in a file: a line of a page -> the file's name.

<!-- studyguide: take questions.apkg -->   ->   questions.apkg
"""

from __future__ import annotations

import re

# The files that the build makes.
FORMATS = ("questions.apkg", "questions.txt", "questions.gift", "questions.csv", "questions.json")
MARK_RE = re.compile(r"<!-- studyguide: take (?P<name>\S+) -->")
# In a page it has a line for itself.
LINE_RE = re.compile(rf"^[ \t]*{MARK_RE.pattern}[ \t]*$", re.MULTILINE)
