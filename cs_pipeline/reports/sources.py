"""What stands behind a pack: how it is to be read, its deliveries, and how good the data of a service are."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from cs_pipeline.figures.trace import read_rows
from cs_pipeline.reports.pack import Column, Section, Table
from cs_pipeline.reports.parts import make_table, protection_of
from cs_pipeline.words.periods import Period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


# How a pack of figures is to be read.
READ_SO = (
    "Returns that came after the figures were cut are not in them.",
    "Status is judged on the unrounded figure: green at target or better; how far below is still amber is set for "
    "each indicator. Trend is against the period before, in the direction that the indicator aims at; where no aim "
    "is agreed it is only up or down.",
    "Noise: control limits from at least six comparable quarters before (XmR, for small counts Poisson). A figure "
    "within them tells of no change. A year-end estimate is the year to date over the share that comparable years "
    "had reached by then; its range is that of those years, with chance.",
)


def sources_section(
    publication: "Connection",
    codes: set[str],
    periods: Sequence[Period],
    cut_at: datetime,
    said: Sequence[str] = READ_SO,
) -> Section:
    """How the pack is to be read, and every delivery behind its figures."""
    rows = read_rows(
        publication,
        """select s.source_title, f.file_name, f.as_at, count(distinct f.indicator_code) as n_indicators,
               left(f.sha256, 12) as hash
           from marts.figure_source as f inner join meta.source as s using (source_name)
           inner join core.dim_reported_period as p using (period_kind, period_key)
           where list_contains(?, f.indicator_code) and list_contains(?, f.period_key)
           group by all order by s.source_title, f.as_at, f.file_name, hash""",
        [sorted(codes), [period.key for period in periods]],
    )
    columns = (
        Column("source_title", "Return", width=24),
        Column("file_name", "File", width=34),
        Column("as_at", "Speaks for", "date", 14),
        Column("n_indicators", "Indicators", "number"),
        Column("hash", "First 12 of its SHA-256", "code", 14),
    )
    protected = protection_of(publication)
    inside = "cs why CODE PERIOD tells of any figure from which rows of which delivery it comes."
    table = make_table("deliveries", "Deliveries behind the figures", columns, rows, "No delivery is behind them.", 1)
    return Section("Notes and sources", (*said, protected or inside), (), (table,))


def quality_section(publication: "Connection", codes: set[str], period: Period) -> Section:
    """Deliveries that speak for the year so far with what became of their rows, and the definitions in force."""
    return Section(
        "Data quality",
        (),
        _open_conflicts(publication, codes),
        (_returns(publication, codes, period), _definitions(publication, codes, period)),
    )


def _open_conflicts(publication: "Connection", codes: set[str]) -> tuple[str, ...]:
    rows = read_rows(
        publication,
        """select kind_words, string_agg(distinct indicator_code, ', ' order by indicator_code) as codes
           from marts.reconciliation where is_unsettled and list_contains(?, indicator_code)
           group by all order by kind_words""",
        [sorted(codes)],
    )
    return tuple(f"Open: {row['kind_words']} ({row['codes']})." for row in rows)


def _returns(publication: "Connection", codes: set[str], period: Period) -> Table:
    rows = read_rows(
        publication,
        """with behind as (
               select distinct f.delivery_key from marts.figure_source as f
               where list_contains($codes, f.indicator_code) and f.period_kind in ('quarter', 'year to date')
                   and f.period_key = $key)
           select s.source_title, d.file_name, d.as_at, d.n_read, d.n_accepted, d.n_quarantined, d.n_ignored,
               if(d.n_read is null, 'suppressed', null) as n_read_missing_reason,
               if(d.n_accepted is null, 'suppressed', null) as n_accepted_missing_reason,
               if(d.n_quarantined is null, 'suppressed', null) as n_quarantined_missing_reason,
               if(d.n_ignored is null, 'suppressed', null) as n_ignored_missing_reason,
               (select count(*) from meta.finding as f where f.delivery_key = d.delivery_key) as n_findings
           from core.dim_delivery as d inner join behind using (delivery_key)
           inner join meta.source as s using (source_name)
           order by s.source_title, d.as_at, d.file_name, d.delivery_key""",
        {"codes": sorted(codes), "key": period.key},
    )
    columns = (
        Column("source_title", "Return", width=22),
        Column("file_name", "File", width=30),
        Column("as_at", "Speaks for", "date", 14),
        Column("n_read", "Rows read", "number"),
        Column("n_accepted", "Accepted", "number"),
        Column("n_quarantined", "Quarantined", "number"),
        Column("n_ignored", "Ignored by rule", "number"),
        Column("n_findings", "Findings", "number"),
    )
    return make_table("returns", "Returns behind the year so far", columns, rows, "No return is behind it.", 1)


def _definitions(publication: "Connection", codes: set[str], period: Period) -> Table:
    rows = read_rows(
        publication,
        """select d.indicator_code, d.since_quarter_key, d.numerator_words, d.denominator_words,
               d.definition_because
           from meta.definition as d
           where list_contains(?, d.indicator_code)
               and ? between d.since_quarter_key and coalesce(d.until_quarter_key, '9999')
           order by d.indicator_code""",
        [sorted(codes), period.key],
    )
    columns = (
        Column("indicator_code", "Code", "code"),
        Column("since_quarter_key", "Since", width=11),
        Column("numerator_words", "What is counted", width=34),
        Column("denominator_words", "Out of", width=24),
        Column("definition_because", "Why so", width=34),
    )
    return make_table("definitions", "Definitions in force", columns, rows, "No definition is in force.")
