"""`cs reconcile`, `cs settle`: what is said twice and does not agree, and the decision that settles it."""

import json
import sys
from typing import Any

from cs_pipeline.cli.common import Asked, Verbs, add_sources, add_verb
from cs_pipeline.words.settings import read_settings

Facts = dict[str, Any]


def add_verbs(verbs: Verbs) -> None:
    parser = add_verb(
        verbs,
        "reconcile",
        "Show what the plan, Pentana and the deliveries say differently, and what would settle it.",
        "cs reconcile --code ComS_011",
        reconcile,
    )
    parser.add_argument("--code", metavar="CODE", help="of one indicator, action or document: ComS_011, COMS2324_09")
    parser.add_argument("--kind", metavar="KIND", help="of one kind, such as two_values")
    parser.add_argument("--all", action="store_true", help="also what is settled, no longer found, or agrees")
    parser.add_argument("--json", action="store_true", help="print it for another program")

    parser = add_verb(
        verbs,
        "settle",
        "Record how a conflict is settled: who holds, or that it is accepted; then run.",
        'cs settle 3fa9c1d2e4b5 --order "deliveries, service data, CSI" --because "The list was counted." --by GMT',
        settle,
    )
    add_sources(parser)
    parser.add_argument("key", metavar="KEY", help="the key of the conflict, as cs reconcile prints it")
    parser.add_argument("--order", metavar="WHO", help="for a figure that is held: who holds first, joined by commas")
    parser.add_argument("--because", required=True, metavar="WHY", help="the reason, in a sentence")
    parser.add_argument("--by", required=True, metavar="WHO", help="the post or meeting that decided")


def reconcile(asked: Asked) -> int:
    """Prints conflicts by kind, from the publication. 0 when none is open, 1 when some are."""
    from cs_pipeline.figures.trace import read_rows
    from cs_pipeline.publish.release import open_publication

    with open_publication(read_settings(None, asked.warehouse)) as publication:
        kinds = read_rows(publication, KINDS, [])
        if asked.kind and asked.kind not in {kind["conflict_kind"] for kind in kinds} | {"agrees"}:
            print(f"cs: there is no kind {asked.kind}. The kinds are:", file=sys.stderr)
            print("\n".join(f"  {kind['conflict_kind']}: {kind['kind_words']}" for kind in kinds), file=sys.stderr)
            return 2
        every = asked.all or asked.kind == "agrees"
        rows = read_rows(publication, ROWS, [asked.code, asked.kind, every])
    if asked.json:
        json.dump(rows, sys.stdout, indent=2, default=str)
        print()
    else:
        _tell(rows)
    return 1 if any(row["is_unsettled"] for row in rows) else 0


KINDS = "select conflict_kind, kind_words from meta.conflict_kind order by conflict_kind"
ROWS = """
    from marts.reconciliation
    where ($1 is null or lower($1) in (lower(indicator_code), lower(subject)))
        and ($2 is null or conflict_kind = $2) and ($3 or is_unsettled)
    order by conflict_kind = 'agrees', not holds_figure, kind_words, subject, period_key, conflict_sentence"""


def _tell(rows: list[Facts]) -> None:
    if not rows:
        print("Nothing disagrees.")
        return
    kind = None
    for row in rows:
        if row["conflict_kind"] != kind:
            kind = row["conflict_kind"]
            same = [other for other in rows if other["conflict_kind"] == kind]
            n_open = sum(other["is_unsettled"] for other in same)
            counted = f"{n_open} open" + (f" of {len(same)}" if n_open < len(same) else "")
            print(f"\n{row['kind_words'] or 'Said twice, and agrees'} ({kind}): {counted}")
        print(f"  {row['conflict_sentence']}")
        print(f"      {' · '.join(_stands(row))}")
    n_open, n_held = (
        sum(row["is_unsettled"] for row in rows),
        len({_figure(row) for row in rows if row["holds_figure"]}),
    )
    held = f", and {n_held} {'figure is' if n_held == 1 else 'figures are'} held" if n_held else ""
    print(f"\n{n_open} open{held}. cs settle KEY records a decision.")


def _figure(row: Facts) -> tuple[str, str]:
    return row["indicator_code"], row["period_key"]


def _stands(row: Facts) -> list[str]:
    if row["conflict_kind"] == "agrees":
        return [" and ".join(filter(None, (_place(row, "first"), _place(row, "second"))))]
    said = [row["conflict_state"] + (", and the figure is held" if row["holds_figure"] else "")]
    if row["decided_by"]:
        said.append(f"{row['decided_by']} on {row['decided_on']:%d/%m/%Y}: {row['decided_because']}")
    return [*said, f"ask {row['ask']}" if row["ask"] else "nobody is named to ask", f"key {row['conflict_key']}"]


def _place(row: Facts, which: str) -> str:
    places = (row[f"{which}_file_name"], row[f"{which}_sheet_name"], row[f"{which}_cell"])
    return ", ".join(place for place in places if place)


def settle(asked: Asked) -> int:
    """Records the decision, then runs, so that a held figure goes out."""
    from cs_pipeline.cli.run import run
    from cs_pipeline.figures.settle import settle_conflict
    from cs_pipeline.operate.night import one_at_a_time
    from cs_pipeline.publish.release import open_publication
    from cs_pipeline.warehouse.ledger import now

    settings = read_settings(asked.sources, asked.warehouse)
    order = tuple(party.strip() for party in asked.order.split(",")) if asked.order else ()
    with one_at_a_time(settings), open_publication(settings) as publication:
        path = settle_conflict(settings, publication, asked.key, order, asked.because, asked.by, now().date())
    print(f"Recorded in {path}.")
    asked.sources, asked.warehouse = str(settings.sources), str(settings.warehouse)
    return run(asked)
