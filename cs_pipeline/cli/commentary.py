"""`cs comment`, `cs sign`: what officers say of a figure, and that its owner has signed it off."""

from cs_pipeline.cli.common import Asked, Verbs, add_sources, add_verb, day
from cs_pipeline.words.settings import read_settings

WHO = "the post or meeting, never a person's name: it is published"


def add_verbs(verbs: Verbs) -> None:
    parser = add_verb(
        verbs,
        "comment",
        "Record what an officer says of a figure; it is published and shown with it.",
        'cs comment ComS_011 2021-22-Q3 "The force sent late logs." --by "Chief Communities Officer"',
        comment,
    )
    add_sources(parser)
    parser.add_argument("indicator", metavar="CODE", help="the indicator, such as ComS_011")
    parser.add_argument("period", metavar="PERIOD", help="a quarter or a financial year: 2021-22-Q3 or 2021-22")
    parser.add_argument("words", metavar="WORDS", help="10 to 1,000 characters about nobody who could be recognised")
    parser.add_argument("--by", required=True, metavar="WHO", help=WHO)
    parser.add_argument("--on", type=day, metavar="DAY", help="the day it was said (default: today)")

    parser = add_verb(
        verbs,
        "sign",
        "Record that figures are signed off as they are published; one that changes must be signed again.",
        'cs sign ComS_011 ComS_014 2021-22-Q3 --by "Chief Communities Officer"',
        sign,
    )
    add_sources(parser)
    parser.add_argument("indicators", metavar="CODE", nargs="+", help="the indicators: ComS_011 ComS_014")
    parser.add_argument("period", metavar="PERIOD", help="a quarter or a financial year: 2021-22-Q3 or 2021-22")
    parser.add_argument("--by", required=True, metavar="WHO", help=WHO)
    parser.add_argument("--on", type=day, metavar="DAY", help="the day it was signed (default: today)")


def comment(asked: Asked) -> int:
    """Records the comment, then runs, so that it is published with its figure."""
    from cs_pipeline.cli.run import run
    from cs_pipeline.declare.commentary import file_of
    from cs_pipeline.figures.commentary import comment_on_figure
    from cs_pipeline.operate.night import one_at_a_time
    from cs_pipeline.publish.release import open_publication
    from cs_pipeline.warehouse.ledger import now

    settings = read_settings(asked.sources, asked.warehouse)
    on = asked.on or now().date()
    with one_at_a_time(settings), open_publication(settings) as publication:
        made = comment_on_figure(settings, publication, asked.indicator, asked.period, asked.words, asked.by, on)
    print(f"Recorded in {file_of(settings.decisions, made)}.")
    return run(asked)


def sign(asked: Asked) -> int:
    """Records the sign-off, says where it is not the owner's, then runs."""
    from cs_pipeline.cli.run import run
    from cs_pipeline.declare.commentary import file_of
    from cs_pipeline.figures.commentary import sign_figures
    from cs_pipeline.operate.night import one_at_a_time
    from cs_pipeline.publish.release import open_publication
    from cs_pipeline.warehouse.ledger import now

    settings = read_settings(asked.sources, asked.warehouse)
    on = asked.on or now().date()
    with one_at_a_time(settings), open_publication(settings) as publication:
        made = sign_figures(settings, publication, asked.indicators, asked.period, asked.by, on)
    for signed in made:
        print(f"{signed.entry.indicator}, {signed.entry.period}: signed off as {signed.entry.signs}.")
        if not signed.is_by_owner:
            print(f"    It still lacks its owner's sign-off: {signed.owner or 'the plan names no owner'}.")
    print(f"Recorded in {file_of(settings.decisions, made[0].entry)}.")
    return run(asked)
