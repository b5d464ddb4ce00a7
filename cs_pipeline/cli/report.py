"""`cs report`: the packs of a quarter, a year or an edition of the plan, from what is published."""

import sys
from pathlib import Path

from cs_pipeline.cli.common import Asked, Verbs, add_verb
from cs_pipeline.reports.audiences import AUDIENCES
from cs_pipeline.reports.make import FORMS, KINDS, Ask
from cs_pipeline.words.settings import read_settings


def add_verbs(verbs: Verbs) -> None:
    parser = add_verb(
        verbs,
        "report",
        "Write packs that go to a meeting: as a workbook, a page, a document and flat files.",
        "cs report quarterly 2021-22-Q3 --for members",
        report,
    )
    parser.add_argument("kind", choices=KINDS, metavar="PACK", help=f"which pack: {', '.join(KINDS)}")
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
    parser.add_argument("--earlier-years", type=int, metavar="N", help="earlier years beside an outturn (default: 2)")
    parser.add_argument(
        "--form",
        dest="forms",
        action="append",
        choices=FORMS,
        metavar="FORM",
        help=f"{', '.join(FORMS)} (default: all)",
    )
    parser.add_argument("--to", metavar="DIR", help="folder to write to (default: warehouse/reports/PERIOD)")


def report(asked: Asked) -> int:
    """Writes the packs and prints each file; a publication that stands is enough, so it never waits for a run."""
    from cs_pipeline.publish.release import open_publication
    from cs_pipeline.reports.make import make_packs, write_pack

    settings = read_settings(None, asked.warehouse)
    audiences = tuple(asked.audiences or (("service",) if asked.service else ()))
    if asked.kind != "quarterly" and audiences:
        print("cs: only quarterly packs are made for an audience. Leave --for and --service out.", file=sys.stderr)
        return 3
    n_earlier = settings.earlier_years if asked.earlier_years is None else asked.earlier_years
    ask = Ask(asked.kind, asked.key, audiences, asked.service, n_earlier)
    with open_publication(settings) as publication:
        packs = make_packs(publication, ask)
    folder = Path(asked.to).resolve() if asked.to else settings.reports / ask.folder
    folder.mkdir(parents=True, exist_ok=True)
    print(f"Writing {len(packs)} pack{'' if len(packs) == 1 else 's'} to {folder}", flush=True)
    for pack in packs:
        for form in asked.forms or FORMS:
            print(f"  {write_pack(pack, folder, form).name}", flush=True)
    print(packs[0].notice)
    return 0
