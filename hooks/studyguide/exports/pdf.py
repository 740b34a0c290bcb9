"""The whole guide as one PDF, made by the Chromium that is installed here.

make(Path("site"), Path("guide.pdf"))      the links of the document are kept, and lead within it where they can

It is printed twice: on which page a chapter begins is known once it was printed, and then its contents say so. The
first is a draft on which nothing is drawn, and which nobody can have read out: that takes half the time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote

from studyguide.exports.document import NoGuideError, document, numbered
from studyguide.site.site import read_site

# Programs that are a Chromium, the likeliest first.
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SECONDS = 300
ARGUMENTS = (
    "--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-extensions", "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip
# Of the draft.
UNTAGGED = "--disable-pdf-tagging"
UNDRAWN = "<style>body * { visibility: hidden !important }</style></head>"


class NoPdfError(Exception):
    """No PDF was made; the text says why, and what to do."""


def chromium() -> str | None:
    """Return the Chromium to print with: the one that ``CHROMIUM`` names, or one that is installed."""
    named = os.environ.get("CHROMIUM", "")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def make(site: Path, output: Path) -> None:
    """Print the guide of a built site into a file."""
    program = chromium()
    if program is None:
        named = os.environ.get("CHROMIUM", "")
        found = f"CHROMIUM names {named!r}, which is no program" if named else "there is no Chromium here"
        message = f"{found}. Install it (Debian: apt install chromium), or let CHROMIUM name the program."
        raise NoPdfError(message)
    if not (site / "index.html").is_file():
        message = f"there is no site in {site}. Build it first: mkdocs build --strict."
        raise NoPdfError(message)
    try:
        text = document(read_site(site, ()), site)
    except NoGuideError as error:
        raise NoPdfError(str(error)) from None
    with tempfile.TemporaryDirectory(prefix="studyguide-") as folder:
        source, made = Path(folder) / "guide.html", Path(folder) / "guide.pdf"
        profile = Path(folder) / "profile"
        source.write_text(text.replace("</head>", UNDRAWN, 1), "utf-8")
        _print(program, source, made, profile, UNTAGGED)
        source.write_text(numbered(text, _pages(made)), "utf-8")
        _print(program, source, made, profile)
        _put(made, output)


def _print(program: str, source: Path, made: Path, profile: Path, *more: str) -> None:
    made.unlink(missing_ok=True)
    # Chromium's sandbox does not start for root, as whom a container works; the document is the guide's own.
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    places = [f"--user-data-dir={profile}", f"--print-to-pdf={made}", source.as_uri()]
    command = [program, *ARGUMENTS, *sandbox, *more, *places]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        message = f"{program} was not done after {SECONDS} seconds."
        raise NoPdfError(message) from None
    except OSError as error:
        message = f"{program} does not start: {error.strerror}."
        raise NoPdfError(message) from None
    if not made.is_file():
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        message = f"{program} made no PDF (exit code {done.returncode}): {last}"
        raise NoPdfError(message)


def _pages(made: Path) -> dict[str, int]:
    """Return the number of the page on which each anchor of the document stands."""
    # It takes longer to load than most checks take, and they have no use for it.
    from pypdf import PdfReader  # noqa: PLC0415 - as said above
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(made)
        found = reader.named_destinations.items()
        return {
            unquote(name.removeprefix("/")): (reader.get_destination_page_number(at) or 0) + 1 for name, at in found
        }
    except PyPdfError as error:
        message = f"the PDF that was printed cannot be read: {error}."
        raise NoPdfError(message) from None


def _put(made: Path, output: Path) -> None:
    try:
        shutil.copyfile(made, output)
    except OSError as error:
        message = f"{output} cannot be written: {error.strerror}."
        raise NoPdfError(message) from None
