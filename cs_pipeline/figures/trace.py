"""Where a number comes from: a published figure with its definition, its rows, what others state, and its history.

Everything is read from a publication and nothing else; the same rows are `marts.figure_source` and
`marts.figure_version` for analysts.
"""

from typing import TYPE_CHECKING, Any

from cs_pipeline.words.periods import Period, parse_period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

Facts = dict[str, Any]


class NoSuchFigure(Exception):
    """There is no such figure; the message is two sentences for people."""


def trace_figure(publication: "Connection", indicator: str, period_text: str, *, to_date: bool = False) -> Facts:
    """All that is known of one figure, as plain values for JSON. Raises NoSuchFigure.

    Keys: figure, definition (with its measure and SQL), made_of (the quarters of a sum or ratio), deliveries (file,
    sheet, rows, as_at, SHA-256), stated, conflicts, versions, issues. A figure that is not there has its typed reason.
    """
    period = parse_period(period_text)
    if period is None:
        raise NoSuchFigure(f'"{period_text}" cannot be read as a period. Write it as 2021-22-Q3, 2021/22 or 2021-22.')
    kind = _kind(period, to_date)
    figures = read_rows(publication, FIGURE, [indicator, kind, period.key])
    if not figures:
        known = publication.execute(
            "select count(*) from meta.indicator where indicator_code = ?", [indicator]
        ).fetchall()[0][0]
        what = f"{indicator} has no figure for {period.name}" if known else f"There is no indicator {indicator}"
        raise NoSuchFigure(
            f"{what}. cs sql \"from marts.figure where indicator_code = '{indicator}'\" lists what is there."
        )
    figure = figures[0]
    key, since = [indicator, kind, period.key], figure["since_quarter_key"]
    definitions = read_rows(publication, DEFINITION, [indicator, since, figure["quarter_key"], since])
    return {
        "figure": figure,
        "definition": definitions[0] if definitions else None,
        "made_of": read_rows(publication, QUARTERS, key),
        "deliveries": read_rows(publication, DELIVERIES, key),
        "stated": read_rows(publication, STATED, [indicator, figure["first_day"], figure["last_day"]]),
        "conflicts": read_rows(publication, CONFLICTS, [indicator, figure["first_day"], figure["last_day"]]),
        "versions": read_rows(publication, VERSIONS, key),
        "issues": read_rows(publication, ISSUES, key),
    }


def _kind(period: Period, to_date: bool) -> str:
    if to_date:
        return "year to date"
    return period.kind if period.kind in ("quarter", "year") else "odd period"


def read_rows(publication: "Connection", query: str, values: list[Any] | Facts | None = None) -> list[Facts]:
    """The rows of a query, each by the names of its columns; its values by place or by name."""
    result = publication.execute(query, values)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


FIGURE = """
    select f.indicator_code, i.indicator_title, i.unit, i.rollup, f.period_kind, f.period_key, f.period_name, f.value,
        f.numerator, f.denominator, f.missing_reason, f.held_over, f.taken_from, c.value as counted_value,
        f.figure_state, f.is_waiting, f.calculated_value, f.calculated_missing_reason, f.quarter_key,
        f.since_quarter_key, f.figure_fingerprint, f.first_day, f.last_day
    from marts.figure as f inner join meta.indicator as i using (indicator_code)
    left join marts.figure_counted as c using (indicator_code, period_kind, period_key)
    where f.indicator_code = ? and f.period_kind = ? and f.period_key = ?"""

# The definition that the figure was calculated by; the one in force, where the date of that one was changed since.
DEFINITION = """
    select d.since_quarter_key, d.until_quarter_key, d.definition_because, d.numerator_words, d.denominator_words,
        d.measure_name, d.counted_part, d.awaited_source, d.is_comparable, m.measure_words, m.measure_sql
    from meta.definition as d left join meta.measure as m using (measure_name)
    where d.indicator_code = ? and (
        d.since_quarter_key = ? or ? between d.since_quarter_key and coalesce(d.until_quarter_key, '9999'))
    order by d.since_quarter_key = ? desc limit 1"""

# The quarters that a sum or ratio is made of.
QUARTERS = """
    select m.quarter_key, m.numerator, m.denominator, m.is_whole, m.measure_name, m.counted_part
    from meta.measured as m
    inner join meta.indicator as i using (indicator_code)
    inner join core.dim_reported_period as p on m.quarter_key between p.first_quarter_key and p.last_quarter_key
    where m.indicator_code = ? and p.period_kind = ? and p.period_key = ?
        and i.rollup in ('sum', 'ratio') and m.period_kind = 'quarter'
    order by all"""

DELIVERIES = """
    select source_name, file_name, sheet_name, n_rows, first_row_number, last_row_number, part_numerator,
        part_denominator, as_at, sha256
    from marts.figure_source
    where indicator_code = ? and period_kind = ? and period_key = ? order by as_at, file_name, sheet_name"""

# What every document states of the same days, and whether it is what the deliveries give.
STATED = """
    select p.second_edition_code as edition_code, p.second_by as stated_by, p.second_value as stated_value,
        p.second_said as printed, p.statements_agree as agrees, p.second_sheet_name as sheet_name,
        p.second_cell as cell, d.file_name
    from marts.figure_pair as p
    inner join core.dim_delivery as d on d.delivery_key = p.second_delivery_key
    where p.indicator_code = ? and p.first_day = ? and p.last_day = ? and p.first_by = 'deliveries' order by all"""

CONFLICTS = """
    select r.conflict_kind, r.conflict_key, r.conflict_state, r.conflict_sentence, r.holds_figure, r.ask,
        r.decided_because, r.decided_by, r.decided_on
    from marts.reconciliation as r
    left join core.dim_period as p on p.period_key = r.period_key
    where r.indicator_code = ? and (r.period_key is null or (p.first_day = ? and p.last_day = ?))
        and r.conflict_kind <> 'agrees'
    order by not r.holds_figure, r.conflict_state = 'no longer found', r.period_key is null, r.conflict_sentence"""

VERSIONS = """
    select version_number, value, numerator, denominator, missing_reason, since_quarter_key, known_at, version_state
    from marts.figure_version
    where indicator_code = ? and period_kind = ? and period_key = ? order by version_number"""

ISSUES = """
    select issued_on, issued_to, version_number, value, missing_reason
    from marts.issued_figure
    where indicator_code = ? and period_kind = ? and period_key = ? order by issued_on, issued_to"""
