"""A publication in which every protected number is another one, easy to tell: to see whether any comes out.

Whatever the publication says of a protected figure, in whichever number of whichever table, is replaced by a canary;
so is its text where that is about such a figure. What is made from it must be what is made from the true one.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb

from cs_pipeline.disclosure.protection import Protection
from cs_pipeline.disclosure.told import Slot

FIRST = 7_310_000  # So no canary is a number of anything else in a pack: 7310001, 7310002 …
KEYS = ("indicator_code", "period_kind", "period_key")
NUMBERS = ("BIGINT", "DOUBLE", "INTEGER", "HUGEINT")
# Targets are public, and the others say how a figure came about: none counts people.
PLACES = {"period_target_value", "version_number", "comparable_run", "n_rows", "first_row_number", "last_row_number",
          "row_number", "restatement_number", "standing_number", "place_in_set", "n_years", "n_earlier"}  # fmt: skip


def alter(publication: Path, altered: Path, protection: Protection) -> dict[Slot, float]:
    """Writes the altered publication; returns the canary of each protected figure."""
    shutil.copy(publication, altered)
    altered.chmod(0o600)
    hidden = sorted({slot for slot, _, _ in protection.numbers(hidden=True)})
    canaries = {slot: float(FIRST + place) for place, slot in enumerate(hidden)}
    with duckdb.connect(str(altered)) as connection:
        connection.execute("create temp table canary (code varchar, kind varchar, key varchar, ward varchar, n bigint)")
        rows = [(*slot, int(number)) for slot, number in canaries.items()]
        connection.executemany("insert into canary values (?, ?, ?, ?, ?)", rows)
        for table, columns in _tables(connection):
            _replace(connection, table, columns)
        for statement in IN_WORDS:
            connection.execute(statement)
    return canaries


# What is said of protected figures in words, how many rows a return about people has, and what officers typed.
IN_WORDS = (
    """update marts.reconciliation as r set conflict_sentence = conflict_sentence || ' It is ' || c.n from canary as c
       where c.code = r.indicator_code and c.key = r.period_key and c.ward = ''
           and (first_by in ('deliveries', 'Pentana', 'figure') or second_by in ('deliveries', 'Pentana', 'figure'))""",
    """update marts.figure as f set held_over = held_over || ' It is ' || c.n from canary as c
       where c.ward = '' and c.code = f.indicator_code and c.key = f.period_key and c.kind = f.period_kind""",
    f"""update core.dim_delivery
        set n_read = {FIRST}, n_accepted = {FIRST}, n_quarantined = {FIRST}, n_ignored = {FIRST}
        where source_name in (select fed_by from meta.indicator where sensitivity <> 'not_people')""",
    f"update marts.action_progress set latest_note = latest_note || ' It is {FIRST}'",
    """update marts.figure_commentary as t set comment_words = 'All ' || c.n || ' were adults.' from canary as c
       where c.ward = '' and c.code = t.indicator_code and c.key = t.period_key and c.kind = t.period_kind""",
)

COMMENT = """
    insert into marts.figure_commentary by name
    select f.indicator_code, f.period_kind, f.period_key, 'All ' || f.value::bigint || ' were adults.' as comment_words,
        'Chief Communities Officer' as commented_by, date '2022-02-01' as commented_on, false as is_signed_by_owner,
        false as is_signed_as_it_stands
    from marts.figure as f where f.value is not null and f.period_kind in ('quarter', 'year')"""


def _tables(connection: duckdb.DuckDBPyConnection) -> Iterable[tuple[str, dict[str, str]]]:
    """Every table that tells of figures by their period, with its columns."""
    found: dict[str, dict[str, str]] = {}
    for schema, table, column, kind in connection.execute(
        "select schema_name, table_name, column_name, data_type from duckdb_columns() where not internal order by all"
    ).fetchall():
        found.setdefault(f"{schema}.{table}", {})[column] = kind
    return [(table, columns) for table, columns in found.items() if set(KEYS) <= columns.keys() and table != "temp"]


def _replace(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str]) -> None:
    ward = "coalesce(t.ward_code, '')" if "ward_code" in columns else "''"
    numbers = [name for name, kind in columns.items() if kind in NUMBERS and name not in PLACES]
    if not numbers or table == "marts.published_number":
        return
    sets = ", ".join(f"{name} = case when {name} is null then null else c.n end" for name in numbers)
    connection.execute(
        f"""update {table} as t set {sets} from canary as c
            where c.code = t.indicator_code and c.kind = t.period_kind and c.key = t.period_key and c.ward = {ward}"""
    )
