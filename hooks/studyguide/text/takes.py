"""Marks that ask for the questions in a file: a line of a page -> the file's name.

<!-- studyguide: take questions.apkg -->   ->   questions.apkg
"""

from __future__ import annotations

import re

from studyguide.text.comments import written

# The files that the build makes.
FORMATS = ("questions.apkg", "questions.txt", "questions.gift", "questions.csv", "questions.json")
MARK_RE = re.compile(written(r"take (?P<name>\S+)"))
