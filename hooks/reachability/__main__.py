"""`python -m reachability`."""

import os
import sys

from reachability.cli import main


def run() -> int:
    """Return the exit code: 2 where what is to be said cannot be, with a line of why unless who read has enough, as `head` has."""
    if sys.stdout is None:  # started with it closed
        return _unsaid("is closed")
    try:
        try:
            state = main()
        finally:  # what asked for help was answered, too
            sys.stdout.flush()
    except OSError as error:
        # Python must not try again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2 if isinstance(error, BrokenPipeError) else _unsaid(f"cannot be written: {error.strerror}")
    return state


def _unsaid(why: str) -> int:
    sys.stderr.write(f"reachability: standard output {why}.\n")
    return 2


if __name__ == "__main__":
    sys.exit(run())
