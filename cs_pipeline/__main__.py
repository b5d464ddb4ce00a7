"""The person's door: `cs`, or `python -m cs_pipeline`. Parsing and printing live in `cli/`."""

import sys

from cs_pipeline.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
