r"""The child process that draws TikZ: one JSON line in, one JSON line out, until its input ends.

``"\tikz \draw (0,0) circle (1);"`` becomes ``{"svg": "<svg ...", "words": "...", "warnings": []}``.
It is started by its path, in an empty folder and without the guide's packages on its path, so that
whatever a figure makes the engine do, the build goes on.
"""

from __future__ import annotations

import json
import sys

import tikra

if sys.platform != "win32":
    import resource

MEMORY = 1 << 30


def limit_memory() -> None:
    """Let a figure that grows without end fail here, not on the whole machine."""
    if sys.platform == "win32":  # it has no such limit; the time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(source: str) -> dict[str, object]:
    """Draw one figure; an engine that panics raises a BaseException, which is an answer too."""
    try:
        drawn = tikra.render(source)
    except (KeyboardInterrupt, SystemExit):
        raise
    except ValueError as error:
        return {"error": str(error)}
    except BaseException as error:  # noqa: BLE001  a Rust panic is no Exception
        return {"crash": f"{type(error).__name__}: {error}"}
    return {"svg": drawn["svg"], "words": drawn["description"], "warnings": drawn["warnings"]}


def main() -> None:
    """Serve until the parent closes the pipe."""
    limit_memory()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
