"""`python -m reachability`."""

import os
import sys

from reachability.cli import main

if __name__ == "__main__":
    try:
        state = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has enough, as `head` has, and not all was said; Python must not try again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        state = 2
    sys.exit(state)
