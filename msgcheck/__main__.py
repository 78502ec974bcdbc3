"""`python -m msgcheck`."""

import sys

from msgcheck.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
