"""`cs preview`, `stale`, `issue`, `restate`, `why`: what would change, what was issued, where a number comes from."""

import json
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

from cs_pipeline.cli.common import Asked, Verbs, add_sources, add_verb, day
from cs_pipeline.words.settings import read_settings

if TYPE_CHECKING:
    from cs_pipeline.operate.rehearse import Change
    from cs_pipeline.words.settings import Settings


def add_verbs(verbs: Verbs) -> None:
    for name, words, do in (
        (
            "preview",
            "Show which figures the next run would change, why, and old and new value; changes nothing.",
            preview,
        ),
        ("stale", "List the quarters that are stale now, by indicator, and why; changes nothing.", stale),
    ):
        parser = add_verb(verbs, name, words, f"cs {name}", do)
        add_sources(parser)
        parser.add_argument("--json", action="store_true", help="print it for another program")

    parser = add_verb(
        verbs,
        "issue",
        "Record that the published figures of a period went to a meeting.",
        'cs issue 2021-22-Q3 --on 2022-02-14 --to "Members Matters"',
        issue,
    )
    add_sources(parser)
    parser.add_argument("period", metavar="PERIOD", help="a quarter or a financial year: 2021-22-Q3 or 2021-22")
    parser.add_argument("--to", required=True, metavar="MEETING", help="the meeting or paper that they went to")
    parser.add_argument("--on", type=day, metavar="DAY", help="the day, as 2022-02-14 or 14/02/2022 (default: today)")

    parser = add_verb(
        verbs,
        "restate",
        "Record that an issued figure is changed to what it is calculated as now.",
        'cs restate ComS_011 2021-22-Q3 --because "The force sent late logs." --agreed-by "Head of Communities"',
        restate,
    )
    add_sources(parser)
    parser.add_argument("indicator", metavar="CODE", help="the indicator, such as ComS_011")
    parser.add_argument(
        "periods", metavar="PERIOD", nargs="+", help="the periods whose figures wait: 2021-22-Q3 2021-22"
    )
    parser.add_argument("--because", required=True, metavar="WHY", help="the reason, in a sentence")
    parser.add_argument("--agreed-by", required=True, metavar="WHO", help="the post or meeting that agreed")
    parser.add_argument("--on", type=day, metavar="DAY", help="the day it was agreed (default: today)")

    parser = add_verb(
        verbs,
        "why",
        "Show where a figure comes from: its definition, its rows, what others state, its history.",
        "cs why ComS_012d 2021/22",
        why,
    )
    parser.add_argument("indicator", metavar="CODE", help="the indicator, such as ComS_012d")
    parser.add_argument(
        "period", metavar="PERIOD", help="2021/22, 2021-22-Q3, or an odd period such as 2019-10/2020-09"
    )
    parser.add_argument("--to-date", action="store_true", help="the year to date up to the end of the quarter")
    parser.add_argument("--json", action="store_true", help="print it for another program")


def preview(asked: Asked) -> int:
    """Prints every figure that would change. 0 when none would, 1 when some would."""
    from cs_pipeline.cli.show import show_table

    changes = _rehearsed(asked)
    if asked.json:
        return _print_json(changes)
    counted = [change for change in changes if change.is_counted]
    follow = [change for change in changes if not change.is_counted]
    if not changes:
        print("Nothing would change: every figure is counted from what holds now.")
        return 0
    headings = ["Indicator", "Period", "Stands", "Would be", "Why"]
    rows = [[c.indicator, c.period_name, c.old, c.new, _with_issue(c)] for c in counted]
    show_table(f"{len(rows)} stale figures would be counted anew", headings, rows)
    rows = [[c.indicator, c.period_name, c.old, c.new, _note(c)] for c in follow]
    if rows:
        show_table(f"{len(rows)} figures follow from them", [*headings[:4], "Note"], rows)
    n_issued = sum(change.is_issued for change in changes)
    if n_issued:
        print(f"{n_issued} of them were issued: they keep their issued value until cs restate records who agreed.")
    print("Nothing was changed. cs run makes it so.")
    return 1


def _with_issue(change: "Change") -> str:
    return f"{change.why} It was issued, so it waits." if change.is_issued else change.why


def _note(change: "Change") -> str:
    if change.is_issued:
        return "issued, so it waits"
    return change.why if change.new == "[held]" else ""


def stale(asked: Asked) -> int:
    """Prints the stale quarters by indicator and reason. 0 when none is, 1 when some are."""
    changes = [change for change in _rehearsed(asked) if change.is_counted]
    if asked.json:
        return _print_json(changes)
    if not changes:
        print("No quarter is stale.")
        return 0
    by_reason: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        by_reason.setdefault((change.indicator, change.why), []).append(change.quarter)
    for (indicator, reason), quarters in by_reason.items():
        print(f"{indicator}: {', '.join(sorted(set(quarters)))}")
        print(f"    {reason}")
    print("cs preview shows old and new figures; cs run counts them anew.")
    return 1


def _rehearsed(asked: Asked) -> "list[Change]":
    from cs_pipeline.operate.rehearse import rehearse

    if not asked.json:
        print("Rehearsing the next run on a copy; nothing is changed.", flush=True)
    return rehearse(read_settings(asked.sources, asked.warehouse))


def _print_json(changes: "list[Change]") -> int:
    from dataclasses import asdict

    print(json.dumps([asdict(change) for change in changes], indent=2))
    return 1 if changes else 0


def issue(asked: Asked) -> int:
    """Records the cut, then runs, so that the figures stand as issued."""
    from cs_pipeline.figures.issue import cut_issue
    from cs_pipeline.operate.night import one_at_a_time
    from cs_pipeline.publish.release import open_publication
    from cs_pipeline.warehouse.ledger import now

    settings = read_settings(asked.sources, asked.warehouse)
    with one_at_a_time(settings), open_publication(settings) as publication:
        cut = cut_issue(settings, publication, asked.period, asked.to, asked.on or now().date())
    print(f"Recorded in {settings.decisions / 'issues.yml'}: {cut.issue.key}, with {cut.n_indicators} indicators.")
    if cut.missing:
        print(f"Not there to be issued: {', '.join(cut.missing)}.")
    return _run(settings, asked)


def restate(asked: Asked) -> int:
    """Records the agreement, then runs, so that both values are carried from now on."""
    from cs_pipeline.figures import issue as issuing
    from cs_pipeline.operate.night import one_at_a_time
    from cs_pipeline.publish.release import open_publication
    from cs_pipeline.warehouse.ledger import now

    settings = read_settings(asked.sources, asked.warehouse)
    with one_at_a_time(settings), open_publication(settings) as publication:
        moment = now()
        made = issuing.restate(
            settings,
            publication,
            asked.indicator,
            asked.periods,
            asked.because,
            asked.agreed_by,
            asked.on or moment.date(),
            moment,
        )
    for entry in made:
        print(f"{entry.indicator}, {entry.period} ({entry.figure}): {entry.issued} becomes {entry.now}.")
    print(f"Recorded in {settings.decisions / 'restatements.yml'}.")
    return _run(settings, asked)


def _run(settings: "Settings", asked: Asked) -> int:
    from cs_pipeline.cli.run import run

    asked.sources, asked.warehouse = str(settings.sources), str(settings.warehouse)
    return run(asked)


def why(asked: Asked) -> int:
    """Prints one figure's whole story from the publication; it never waits for a run."""
    from cs_pipeline.cli.story import tell
    from cs_pipeline.figures.trace import trace_figure
    from cs_pipeline.publish.release import open_publication

    with open_publication(read_settings(None, asked.warehouse)) as publication:
        facts = trace_figure(publication, asked.indicator, asked.period, to_date=asked.to_date)
    if asked.json:
        json.dump(facts, sys.stdout, indent=2, default=_iso)
        print()
    else:
        tell(facts)
    return 0


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
