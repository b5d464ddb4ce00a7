"""`cs register`, `cs disclosure`: what went out to the public, and what the information governance officer reads."""

from pathlib import Path

from cs_pipeline.cli.common import Asked, Verbs, add_sources, add_verb, day
from cs_pipeline.cli.report import add_choice, read_ask
from cs_pipeline.reports.make import FORMS
from cs_pipeline.words.settings import read_settings


def add_verbs(verbs: Verbs) -> None:
    parser = add_verb(
        verbs,
        "register",
        "Record that public packs went out: from then on what they show is known to all.",
        "cs register quarterly 2021-22-Q3 --for members --on 10/02/2022",
        register,
    )
    add_sources(parser)
    add_choice(parser)
    parser.add_argument("--on", type=day, metavar="DAY", help="the day on which they went out (default: today)")

    parser = add_verb(
        verbs,
        "disclosure",
        "Write the page for the information governance officer: the policy, what is hidden, what the audit proves.",
        "cs disclosure",
        disclosure,
    )
    parser.add_argument("--form", dest="forms", action="append", choices=FORMS, metavar="FORM", help="default: all")
    parser.add_argument("--to", metavar="DIR", help="folder to write to (default: warehouse/reports/disclosure)")


def register(asked: Asked) -> int:
    """Writes what the packs show into `sources/published_numbers/`, then runs, so that it is weighed from now on."""
    from cs_pipeline.cli.run import run
    from cs_pipeline.disclosure.register import write_register
    from cs_pipeline.operate.night import one_at_a_time
    from cs_pipeline.reports.make import make_checked, open_for_packs
    from cs_pipeline.reports.published import published_rows
    from cs_pipeline.warehouse.ledger import now

    settings = read_settings(asked.sources, asked.warehouse)
    ask, on = read_ask(asked, settings), asked.on or now().date()
    with one_at_a_time(settings), open_for_packs(settings, with_wards=ask.kind == "ward") as (source, protection):
        for pack in make_checked(source, protection, ask):
            path = write_register(settings.sources, pack.key, on, published_rows(source, pack, on))
            print(f"Registered: {path.name}", flush=True)
    return run(asked)


def disclosure(asked: Asked) -> int:
    """Writes the page; also where a protected number could be worked out, for then it says which."""
    from cs_pipeline.disclosure.policy import read_policy
    from cs_pipeline.disclosure.protection import find_protection
    from cs_pipeline.publish.release import open_publication
    from cs_pipeline.reports.make import write_pack
    from cs_pipeline.reports.officer import officer_pack

    settings = read_settings(None, asked.warehouse)
    with open_publication(settings) as publication:
        protection = find_protection(publication, read_policy(), with_wards=True)
        pack = officer_pack(publication, protection)
    folder = Path(asked.to).resolve() if asked.to else settings.reports / "disclosure"
    folder.mkdir(parents=True, exist_ok=True)
    for form in asked.forms or FORMS:
        print(f"Written: {write_pack(pack, folder, form)}", flush=True)
    for sentence in pack.sections[0].sentences:
        print(sentence)
    return 1 if protection.leaks else 0
