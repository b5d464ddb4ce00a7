"""`cs catalogue`: every source, column and rule on one page, made from the declarations."""

import sys
from pathlib import Path

from cs_pipeline.cli.common import Asked, Verbs, add_verb
from cs_pipeline.words.settings import PROJECT

PAGE = PROJECT / "sources" / "catalogue.html"


def add_verbs(verbs: Verbs) -> None:
    parser = add_verb(
        verbs,
        "catalogue",
        "Write the page of every source, column and rule.",
        "cs catalogue --to /tmp/catalogue.html",
        catalogue,
    )
    parser.add_argument("--to", metavar="FILE", help="file to write (default: sources/catalogue.html)")


def catalogue(asked: Asked) -> int:
    """Replaces the page, which holds nothing but what is declared. 3 when there is no folder for it."""
    path = Path(asked.to or PAGE)
    if not path.parent.is_dir() or path.is_dir():
        print(f"cs: {path} cannot be written. Give a file in a folder that exists with --to.", file=sys.stderr)
        return 3
    from cs_pipeline.declare.registry import all_sources
    from cs_pipeline.operate.catalogue import make_page

    path.write_text(make_page(all_sources()), encoding="utf-8")
    print(f"Written: {path}")
    return 0
