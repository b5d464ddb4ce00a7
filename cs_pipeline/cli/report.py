"""`cs report`: the packs of a quarter, a year or an edition of the plan, from what is published."""

from pathlib import Path
from typing import TYPE_CHECKING

from cs_pipeline.cli.common import Asked, Verbs, add_verb
from cs_pipeline.reports.audiences import AUDIENCES
from cs_pipeline.reports.make import ASKED_FOR, FORMS, Ask
from cs_pipeline.words.settings import Settings, read_settings

if TYPE_CHECKING:
    from argparse import ArgumentParser


def add_verbs(verbs: Verbs) -> None:
    parser = add_verb(
        verbs,
        "report",
        "Write packs for the public, without small numbers of people: as workbook, page, document and flat files.",
        "cs report quarterly 2021-22-Q3 --for members",
        report,
    )
    add_choice(parser)
    parser.add_argument("--internal", action="store_true", help="with every number, for inside use: gmt and service")
    parser.add_argument(
        "--form",
        dest="forms",
        action="append",
        choices=FORMS,
        metavar="FORM",
        help=f"{', '.join(FORMS)} (default: all)",
    )
    parser.add_argument("--to", metavar="DIR", help="folder to write to (default: warehouse/reports/PERIOD)")


def add_choice(parser: "ArgumentParser") -> None:
    """Which packs are meant: those of a quarter, a year, an edition, or the pages of wards."""
    parser.add_argument("kind", choices=ASKED_FOR, metavar="PACK", help=f"which pack: {', '.join(ASKED_FOR)}")
    parser.add_argument("key", metavar="PERIOD", help="2021-22-Q3, the year 2021-22, or the edition 2023-26")
    parser.add_argument(
        "--for",
        dest="audiences",
        action="append",
        choices=AUDIENCES,
        metavar="AUDIENCE",
        help=f"who it is for, quarterly packs only: {', '.join(AUDIENCES)} (default: all)",
    )
    parser.add_argument("--service", metavar="NAME", help="one service alone, for example Licensing")
    parser.add_argument("--ward", metavar="NAME", help="one ward alone, for example Kimberley (default: all)")
    parser.add_argument("--earlier-years", type=int, metavar="N", help="earlier years beside an outturn (default: 2)")


def report(asked: Asked) -> int:
    """Writes the packs and prints each file; a publication that stands is enough, so it never waits for a run."""
    from cs_pipeline.reports.make import make_checked, open_for_packs, write_pack

    settings = read_settings(None, asked.warehouse)
    ask = read_ask(asked, settings)
    with open_for_packs(settings, internal=asked.internal, with_wards=ask.kind == "ward") as (source, protection):
        packs = make_checked(source, protection, ask)
    folder = Path(asked.to).resolve() if asked.to else settings.reports / ask.folder
    folder.mkdir(parents=True, exist_ok=True)
    print(f"Writing {len(packs)} pack{'' if len(packs) == 1 else 's'} to {folder}", flush=True)
    for pack in packs:
        for form in asked.forms or FORMS:
            print(f"  {write_pack(pack, folder, form).name}", flush=True)
    print(packs[0].notice)
    return 0


class WrongUse(Exception):
    """What is asked for does not go together; the message is two sentences for people."""


def read_ask(asked: Asked, settings: Settings) -> Ask:
    """Which packs are asked for. Raises WrongUse."""
    audiences = tuple(asked.audiences or (("service",) if asked.service else ()))
    if asked.kind != "quarterly" and audiences:
        raise WrongUse("only quarterly packs are made for an audience. Leave --for and --service out.")
    if asked.kind != "ward" and asked.ward:
        raise WrongUse("only the pages of wards are made for a ward. Leave --ward out, or ask for the pack ward.")
    if getattr(asked, "internal", False):
        from cs_pipeline.disclosure.policy import read_policy

        may_be = read_policy().may_be_internal
        if not audiences or not set(audiences) <= set(may_be):
            named = " or ".join(f"--for {name}" for name in may_be)
            raise WrongUse(f"only {named} can be asked for with --internal. All else is for the public.")
    n_earlier = settings.earlier_years if asked.earlier_years is None else asked.earlier_years
    return Ask(asked.kind, asked.key, audiences, asked.service, n_earlier, asked.ward)
