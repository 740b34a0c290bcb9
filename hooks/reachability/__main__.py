"""`python -m reachability`."""

import sys

from reachability.cli import main

if __name__ == "__main__":
    sys.exit(main())
