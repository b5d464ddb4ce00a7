"""A figure's story on the terminal, in the order in which a councillor would ask: how much, how, from what, since when.

The facts come from `figures/trace.py`; here they are only put into sentences.
"""

from typing import Any

from cs_pipeline.cli.show import show_table
from cs_pipeline.words.figures import show_figure

Facts = dict[str, Any]
STANDS = {
    "provisional": "Provisional [p]: it was not issued to any meeting yet.",
    "issued": "Issued, and not restated since.",
    "restated": "Restated [r] since it was issued.",
}


def tell(facts: Facts) -> None:
    """Prints the whole story of one figure."""
    figure, definition = facts["figure"], facts["definition"]
    print(f"{figure['indicator_code']}  {figure['indicator_title']}")
    kind = f" ({figure['period_kind']})" if figure["period_kind"] != "year" else ""
    print(f"{figure['period_name']}{kind}: {_value(figure)}\n")
    _tell_count(figure)
    _tell_definition(definition)
    _tell_quarters(facts["made_of"])
    if figure["is_waiting"]:
        print("The rows below are those of the figure as it would now be.\n")
    _tell_deliveries(facts["deliveries"])
    _tell_stated(facts["stated"])
    _tell_conflicts(facts["conflicts"])
    _tell_history(facts, figure["unit"])
    if definition and definition["measure_sql"]:
        print(f"The SQL, sql/measures/{definition['measure_name']}.sql, part {definition['counted_part']}:")
        print("\n".join(f"    {line}" for line in definition["measure_sql"].rstrip().splitlines()))


def _value(row: Facts, unit: str | None = None) -> str:
    return show_figure(row["value"], unit or row.get("unit"), row["missing_reason"])


def _tell_count(figure: Facts) -> None:
    if figure["denominator"] is not None:
        exact = f"{figure['value']:.4f}".rstrip("0").rstrip(".")
        print(f"It is {figure['numerator']:,} out of {figure['denominator']:,}, {exact}% before rounding.")
    if figure["held_over"]:
        print(f"Held [h]: {figure['held_over']}.")
        print(f"The deliveries give {show_figure(figure['counted_value'], figure['unit'], None)}.")
    if figure["taken_from"]:
        print(
            f"It is what {figure['taken_from']} states, by decision; the deliveries give "
            f"{show_figure(figure['counted_value'], figure['unit'], None)}."
        )
    print(STANDS[figure["figure_state"]])
    if figure["missing_reason"] == "not comparable" and figure["rollup"] in ("sum", "ratio"):
        print("Its quarters were counted under definitions that do not compare, or lie before the first that does.")
    if figure["is_waiting"]:
        new = show_figure(figure["calculated_value"], figure["unit"], figure["calculated_missing_reason"])
        print(f"It would now be {new}, and waits until cs restate records who agreed to change it.")
    print()


def _tell_definition(definition: Facts | None) -> None:
    if definition is None:
        return
    print(f"Definition in force since {definition['since_quarter_key']}: {definition['definition_because']}")
    print(f"  Counted: {definition['numerator_words']}")
    if definition["denominator_words"]:
        print(f"  Out of:  {definition['denominator_words']}")
    if definition["awaited_source"]:
        print(f"  Not yet available: it awaits the source {definition['awaited_source']}.")
    if not definition["is_comparable"]:
        print("  [b] Its figures do not compare with those under the definition before.")
    print()


def _tell_quarters(quarters: list[Facts]) -> None:
    if len(quarters) > 1:
        rows = [[q["quarter_key"], q["numerator"], q["denominator"], q["is_whole"]] for q in quarters]
        show_table("It is the sum of its quarters", ["Quarter", "Counted", "Out of", "On record in whole"], rows)


def _tell_deliveries(deliveries: list[Facts]) -> None:
    if not deliveries:
        print("No row of any delivery stands behind it.\n")
        return
    rows = [
        [
            d["file_name"],
            d["sheet_name"],
            f"{d['n_rows']:,} rows, {d['first_row_number']} to {d['last_row_number']}",
            f"{d['as_at']:%d/%m/%Y}",
            d["part_numerator"],
            d["part_denominator"],
            d["sha256"],
        ]
        for d in deliveries
    ]
    headings = ["File", "Sheet", "Rows counted", "As at", "Counted", "Out of", "SHA-256"]
    n = len({d["sha256"] for d in deliveries})
    show_table(f"{n} deliveries stand behind it" if n > 1 else "One delivery stands behind it", headings, rows)


def _tell_stated(stated: list[Facts]) -> None:
    for row in stated:
        verdict = "agrees" if row["agrees"] else "does not agree"
        sheet = f", sheet {row['sheet_name']}" if row["sheet_name"] else ""
        who = f"The plan {row['edition_code']} ({row['stated_by']})" if row["edition_code"] else row["stated_by"]
        where = f"{row['file_name']}{sheet}, cell {row['cell']}"
        print(f"{who} states {row['printed']}: it {verdict} ({where}).")
    if stated:
        print()


def _tell_conflicts(conflicts: list[Facts]) -> None:
    for row in conflicts:
        print(f"Conflict {row['conflict_key']}, {row['conflict_state']}: {row['conflict_sentence']}")
        if row["decided_by"]:
            print(f"  Decided by {row['decided_by']} on {row['decided_on']:%d/%m/%Y}: {row['decided_because']}")
        elif row["ask"]:
            print(f"  Ask: {row['ask']}.")
    if conflicts:
        print()


def _tell_history(facts: Facts, unit: str) -> None:
    rows = [
        [v["version_number"], _value(v, unit), f"{v['known_at']:%d/%m/%Y %H:%M}", v["version_state"]]
        for v in facts["versions"]
    ]
    if rows:
        show_table("Known as", ["Version", "Figure", "From", "Stood as"], rows)
    for issue in facts["issues"]:
        print(f"Issued on {issue['issued_on']:%d/%m/%Y} to {issue['issued_to']} as {_value(issue, unit)}.")
    if facts["issues"]:
        print()
