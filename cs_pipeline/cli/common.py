"""What verbs share: their options for folders, and how they are added with a description and an example."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

Verbs = Any  # argparse keeps the type of its sub-parsers to itself.
Asked = argparse.Namespace


def add_verb(verbs: Verbs, name: str, words: str, example: str, do: Callable[[Asked], int]) -> argparse.ArgumentParser:
    """A verb with its one-sentence help, its example, and the option that every verb has."""
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=words, description=words, epilog=f"example: {example}"
    )
    parser.set_defaults(do=do)
    parser.add_argument("--warehouse", metavar="DIR", help="folder of the warehouse (default: warehouse/)")
    return parser


def add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sources", metavar="DIR", help="folder of the deliveries (default: sources/)")


def day(text: str) -> date:
    """The type of an option that is a day, as people write one: 2022-02-14 or 14/02/2022."""
    from cs_pipeline.words.days import parse_date

    read = parse_date(text)
    if read is None:
        raise ValueError(text)
    return read
