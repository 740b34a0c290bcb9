r"""The second TikZ engine, opt-in: the machine's own ``latex`` and ``dvisvgm``.

It reads and writes nothing outside its temporary folder and runs no other program; what
``\special`` lets a figure write into the SVG is taken out afterwards, as with every engine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 30
_PREAMBLE = re.compile(r"\\(?:usetikzlibrary|usepgfplotslibrary|pgfplotsset)\s*\{[^{}]*\}")
_DOCUMENT = (
    r"\def\pgfsysdriver{pgfsys-dvisvgm.def}\documentclass{article}\usepackage[utf8]{inputenc}"
    r"\usepackage{amsmath,amssymb}\usepackage{tikz}%(libraries)s"
    "\n\\begin{document}\\setbox0=\\hbox{%%\n%(body)s%%\n}\\shipout\\box0\\end{document}\n"
)
_LINES_BEFORE = 2
_WRONG = re.compile(r"^! (?P<message>.*)$", re.MULTILINE)
_LINE = re.compile(r"^l\.(?P<line>\d+)", re.MULTILINE)


class LatexError(Exception):
    """TeX gave no drawing: a finding in the making."""

    def __init__(self, message: str, fix: str = "", *, line: int = 1, code: str = "FIG010") -> None:
        super().__init__(message)
        self.message, self.fix, self.line, self.code = message, fix, line, code


def available() -> bool:
    """Tell whether both programs are installed."""
    return bool(shutil.which("latex") and shutil.which("dvisvgm"))


def draw(source: str) -> str:
    """Return the SVG that TeX makes of a figure."""
    if not available():
        message = "The programs latex and dvisvgm are not installed."
        raise LatexError(message, "Unset STUDYGUIDE_TIKZ.", code="FIG011")
    with tempfile.TemporaryDirectory(prefix="studyguide-tex-") as folder:
        _compile(source, Path(folder))
        arguments = ["dvisvgm", "--no-fonts", "--exact-bbox", "--bbox=2pt", "--stdout", "--verbosity=0", "figure.dvi"]
        return _run(arguments, folder).stdout


def _compile(source: str, folder: Path) -> None:
    # A library is loaded before the document begins, on one line, so that the lines before the body are known.
    libraries = "".join(match[0].replace("\n", " ") for match in _PREAMBLE.finditer(source))
    body = _PREAMBLE.sub(lambda match: "\n" * match[0].count("\n"), source)
    skipped = len(body) - len(body.lstrip("\n"))
    document = _DOCUMENT % {"libraries": libraries, "body": body.strip("\n")}
    (folder / "figure.tex").write_text(document, encoding="utf-8")
    options = ["-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "-no-parse-first-line"]
    done = _run(["latex", *options, "figure.tex"], str(folder))
    if done.returncode or not (folder / "figure.dvi").exists():
        wrong, line = _WRONG.search(done.stdout), _LINE.search(done.stdout)
        message = f"TeX does not draw this: {wrong['message'] if wrong else 'no reason given'}"
        raise LatexError(
            message,
            "Look at the line that TeX names, and at the one before it.",
            line=max(1, int(line["line"]) - _LINES_BEFORE + skipped) if line else 1,
        )


def _run(arguments: list[str], folder: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "openin_any": "p", "openout_any": "p", "shell_escape": "f", "TEXMFOUTPUT": folder}
    try:
        return subprocess.run(
            arguments,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        message = f"TeX was stopped after {_SECONDS} seconds."
        raise LatexError(message, "Look for a loop without an end.", code="FIG011") from None
