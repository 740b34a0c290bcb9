r"""What the command line says -> standard output or a file; what cannot be written is an error with a reason.

    write(report, None)                     text for people: what their terminal cannot show is spelled out, as `\u2192`
    write(svg, Path("a.svg"), data=True)    data for programs: UTF-8, whatever the terminal reads

Nothing is left for the interpreter to flush on its way out, where it would end in a traceback and a code of its own.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "studyguide"


class NotWrittenError(Exception):
    """Something could not be written: the message says where and why."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Take what asks this process to end as Ctrl+C is taken: it ends what it has started, and says that it was stopped.

    What whoever started it has ignored stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():  # others are told nothing of signals
        yield
        return
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    asked = [each for each in (signal.Signals[name] for name in names) if signal.getsignal(each) is signal.SIG_DFL]
    for each in asked:
        signal.signal(each, signal.default_int_handler)
    try:
        yield
    finally:
        for each in asked:
            signal.signal(each, signal.SIG_DFL)


def write(text: str, output: Path | None = None, *, data: bool = False) -> None:
    """Write a text to a file, or to standard output; a reader that has had enough of that is told once, and is no error."""
    if output:
        _to_file(text, output)
    elif sys.stdout is None:  # started with it closed
        message = "standard output is closed."
        raise NotWrittenError(message)
    else:
        encoding = "utf-8" if data else (sys.stdout.encoding or "utf-8")
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode(encoding, errors="backslashreplace"))
        except OSError as error:
            _give_up(error)
        flush()


def flush() -> None:
    """Send what was written on its way, here and not as the interpreter ends."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        _give_up(error)


def say(message: str) -> None:
    """Tell the person at the terminal, in the program's name."""
    tell(f"{NAME}: {message}")


def tell(text: str) -> None:
    """Write to standard error; where nobody can be told, nothing else can be done."""
    with suppress(OSError, AttributeError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def _to_file(text: str, output: Path) -> None:
    try:
        output.write_bytes(text.encode("utf-8", errors="backslashreplace"))
    except OSError as error:
        reason = "there is no such folder" if isinstance(error, FileNotFoundError) else error.strerror
        message = f"{output} cannot be written: {reason}."
        raise NotWrittenError(message) from error


def _give_up(error: OSError) -> None:
    """Write no more to standard output: what is left in its buffer goes nowhere."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        message = f"standard output cannot be written: {error.strerror}."
        raise NotWrittenError(message) from error
    say("standard output was closed before all was written.")
