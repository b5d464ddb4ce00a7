"""From a command line to a verb and an exit code. A person sees sentences, never a traceback.

Exit codes: 0 published, or all is well; 1 published with deliveries refused or figures held; 2 not published, or it
could not be done; 3 wrong use.
"""

import argparse
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

from cs_pipeline.cli import (
    catalogue,
    commentary,
    disclosure,
    figures,
    look,
    query,
    reconcile,
    report,
    run,
    samples,
    service,
    template,
)
from cs_pipeline.words.settings import read_settings

WRONG_USE = 3

# Families in the order in which `cs --help` lists them.
FAMILIES = (run, look, figures, commentary, reconcile, report, disclosure, query, template, samples, catalogue, service)


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and ends with the code for wrong use."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"cs: {message}. Run {self.prog} --help for an example.\n")


def make_parser() -> Parser:
    parser = Parser(
        prog="cs",
        description="Community safety figures a council can defend.",
        epilog="example: cs run && cs status",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=Parser, required=True)
    for family in FAMILIES:
        family.add_verbs(verbs)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb; returns its exit code."""
    asked = make_parser().parse_args(arguments)
    try:
        return int(asked.do(asked))
    except KeyboardInterrupt:
        print(
            "\ncs: stopped. What was published before still stands; run it again when you like.",
            file=sys.stderr,
        )
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except report.WrongUse as trouble:
        print(f"cs: {trouble}", file=sys.stderr)
        return WRONG_USE
    except Exception as trouble:  # noqa: BLE001 (the last place before a person)
        print(f"cs: {_said(asked, trouble)}", file=sys.stderr)
        return 2


def _said(asked: argparse.Namespace, trouble: Exception) -> str:
    """Our own exceptions speak for themselves; any other's traceback goes to a file, and the person gets its path."""
    if type(trouble).__module__.startswith("cs_pipeline.") or isinstance(trouble, FileNotFoundError):
        return str(trouble.args[0]) if trouble.args and not isinstance(trouble, OSError) else str(trouble)
    settings = read_settings(getattr(asked, "sources", None), getattr(asked, "warehouse", None))
    told, what = settings.warehouse / "fault.txt", type(trouble).__name__
    try:
        settings.warehouse.mkdir(parents=True, exist_ok=True)
        # Where it happened and what kind it is, never the exception's own text: it may quote a cell.
        told.write_text("".join([*traceback.format_tb(trouble.__traceback__), what, "\n"]))
    except OSError:
        return f"a fault of the program ({what}), and {settings.warehouse} cannot be written to. Check the disk."
    return f"a fault of the program ({what}). What is needed to mend it is in {told}; send that to whoever keeps it."
