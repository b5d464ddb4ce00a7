"""Brings the records in `meta` up to the declarations, settings and decisions: sources, calendar, withdrawals, ties.

Bank holidays are those that the library `holidays` knows for England; a new one comes with its next version.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cs_pipeline.declare.decisions import Decision, Withdrawal
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.declare.source import Source, Table
from cs_pipeline.warehouse.connect import transaction, write_anew
from cs_pipeline.words.periods import quarters
from cs_pipeline.words.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


def refresh_sources(connection: "Connection") -> None:
    """Writes `meta.source` anew from the declarations."""
    rows = [
        (s.name, s.title, s.description, s.owner, s.due, s.sensitivity, s.keep_years, s.licence) for s in all_sources()
    ]
    write_anew(connection, "source", rows)


def refresh_calendar(connection: "Connection", settings: Settings) -> None:
    """Writes `meta.calendar` and the bank holidays in it, `meta.bank_holiday`, anew from the settings."""
    from holidays import country_holidays

    kept = quarters(settings.first_quarter, settings.last_quarter)
    first, last = kept[0].first, kept[-1].last
    known = country_holidays("GB", subdiv="ENG", years=range(first.year, last.year + 1), language="en_GB")
    write_anew(connection, "calendar", [(first, last)])
    write_anew(connection, "bank_holiday", sorted((day, name) for day, name in known.items() if first <= day <= last))


def apply_withdrawals(connection: "Connection", withdrawals: Sequence[Withdrawal]) -> list[Decision]:
    """Marks withdrawn deliveries, and unmarks those whose decision is gone; returns decisions that fit no delivery."""
    unmatched: list[Decision] = []
    with transaction(connection):
        connection.execute(
            """update meta.delivery set withdrawn_because = null, outcome = case
                   when delivery_key in (select delivery_key from meta.finding where severity = 'refused')
                   then 'refused' else 'accepted' end
               where outcome = 'withdrawn'"""
        )
        for withdrawal in withdrawals:
            found = connection.execute(
                """update meta.delivery set outcome = 'withdrawn', withdrawn_because = ?
                   where source_name = ? and starts_with(sha256, ?) returning delivery_key""",
                [
                    f"{withdrawal.because} ({withdrawal.by}, {withdrawal.on:%d/%m/%Y})",
                    withdrawal.source,
                    withdrawal.sha256,
                ],
            ).fetchall()
            if not found:
                unmatched.append(withdrawal)
    return unmatched


def refresh_ties(connection: "Connection") -> None:
    """Writes `meta.tie` anew: keys that two deliveries of the same, latest day tell differently."""
    with transaction(connection):
        connection.execute("delete from meta.tie")
        for source in all_sources():
            for table in source.tables:
                connection.execute(_ties(source, table))


def _ties(source: Source, table: Table) -> str:
    key = ", ".join(table.key)
    own = ", ".join(table.own_columns)
    said = f"sum(hash({own})::hugeint)" if table.many_per_key else f"list_sort(list(distinct hash({own})))"
    shown = f"concat_ws('; ', {key})" if source.sensitivity == "not_people" else "''"
    return f"""
        insert into meta.tie
        with told as (
            select {key}, as_at, delivery_key, {said} as said
            from stage.{table.name}
            where delivery_key not in (select delivery_key from meta.delivery where outcome = 'withdrawn')
            group by {key}, as_at, delivery_key
            qualify as_at = max(as_at) over (partition by {key})
        )
        select '{table.name}', {shown}, as_at, count(*)
        from told
        group by {key}, as_at
        having count(*) > 1 and min(said) <> max(said)"""
