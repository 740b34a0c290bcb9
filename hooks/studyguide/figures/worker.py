"""A child process that answers JSON lines, reused, and replaced when it hangs or dies.

The command's standard error is kept out of the build; what matters comes back as the answer.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import tempfile
import threading
from contextlib import suppress
from typing import IO, Any, cast


class WorkerError(Exception):
    """The child gave no answer; the text says why, ready to follow "The engine"."""


def _read(stream: IO[str], lines: queue.Queue[str | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)


class Worker:
    """One child at a time, in an empty folder of its own."""

    def __init__(self, command: list[str], *, seconds: float = 10.0) -> None:
        self._command = command
        self.seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reader: threading.Thread | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def ask(self, question: object) -> dict[str, Any]:
        """Return the child's answer; start the child first where there is none."""
        if self._process and self._process.poll() is not None:  # it died after its last answer
            self.stop()
        process = self._process or self._start()
        try:
            stdin = cast("IO[str]", process.stdin)  # a pipe, as asked for in _start
            stdin.write(json.dumps(question) + "\n")
            stdin.flush()
            line = self._lines.get(timeout=self.seconds)
        except queue.Empty:
            self.stop()
            message = f"was stopped after {self.seconds:g} seconds"
            raise WorkerError(message) from None
        except OSError:
            line = None
        if line is None:
            self.stop()
            message = "ended without an answer (out of memory, or a crash)"
            raise WorkerError(message)
        try:
            found: dict[str, Any] = json.loads(line)
        except ValueError:
            self.stop()
            message = "gave an answer that cannot be read"
            raise WorkerError(message) from None
        return found

    def _start(self) -> subprocess.Popen[str]:
        self._folder = tempfile.TemporaryDirectory(prefix="studyguide-")
        # No variable of the build's is of use to the child, and some could change what it does.
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        process = subprocess.Popen(
            self._command,
            cwd=self._folder.name,
            env={**kept, "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self._lines = queue.Queue()
        self._reader = threading.Thread(target=_read, args=(process.stdout, self._lines), daemon=True)
        self._reader.start()
        self._process = process
        return process

    def stop(self) -> None:
        """End the child and remove its folder; the next question starts another."""
        if process := self._process:
            process.kill()
            process.wait()
            if self._reader:
                self._reader.join()
            for stream in (process.stdin, process.stdout):
                if stream:
                    with suppress(OSError):
                        stream.close()
        if self._folder:
            self._folder.cleanup()
        self._process = self._folder = None
