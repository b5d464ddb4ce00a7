"""What changed: since the last pack that went to a meeting, by restatement, and by definitions that do not compare."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from cs_pipeline.figures.trace import read_rows
from cs_pipeline.reports.pack import Column, Section, Table
from cs_pipeline.reports.parts import make_table
from cs_pipeline.words.days import say_day
from cs_pipeline.words.periods import Period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection


def changed_section(publication: "Connection", codes: set[str], period: Period) -> Section:
    """What changed since the last pack that went to a meeting: figures, definitions and conflicts."""
    title = "What has changed since the last pack"
    issued = read_rows(
        publication,
        """select i.issued_to, i.issued_on, i.cut_at, p.period_name, p.last_quarter_key, p.last_day from meta.issue as i
           inner join core.dim_reported_period as p
               on p.period_key = i.period_key and p.period_kind in ('quarter', 'year')
           where p.last_day < ? order by i.cut_at desc, i.issued_to limit 1""",
        [period.last],
    )
    if not issued:
        return Section(title, ("No earlier pack is on record as issued, so there is none to compare with.",))
    last = issued[0]
    to, on, name = last["issued_to"], say_day(last["issued_on"]), last["period_name"]
    return Section(
        title,
        (f"The last pack was that of {name}, which went to {to} on {on}.",),
        (
            *_defined_anew(publication, codes, last["last_day"], period),
            *_conflicts_since(publication, codes, last["cut_at"]),
        ),
        (_changed_figures(publication, codes, last["cut_at"], period),),
    )


def _changed_figures(publication: "Connection", codes: set[str], since: datetime, period: Period) -> Table:
    given = {"since": since, "until": period.last, "codes": sorted(codes)}
    rows = read_rows(publication, CHANGED, given)
    columns = (
        Column("indicator_code", "Code", "code"),
        Column("indicator_title", "Indicator", width=30),
        Column("period_name", "Period", width=20),
        Column("replaced_value", "It was", "number"),
        Column("value", "It is", "number"),
        Column("how", "How", width=14),
    )
    return make_table("changed", "Figures that changed", columns, rows, "No figure of an earlier period changed.", 1)


# An issued figure changes by restatement alone, and may wait for one; any other is counted anew as returns come.
CHANGED = """
    with changed as (
        select r.indicator_code, r.period_kind, r.period_key, r.value_before as replaced_value,
            r.issued_missing_reason as replaced_value_missing_reason, r.restated_value as value,
            r.missing_reason as value_missing_reason, 'restated' as how, r.restatement_number as place
        from marts.restatement as r where r.stands_from_at > $since
        union all
        select w.indicator_code, w.period_kind, w.period_key, w.standing_value, w.standing_missing_reason,
            w.calculated_value, w.calculated_missing_reason, 'would change, once that is agreed', 0
        from marts.restatement_waiting as w
        union all
        select c.indicator_code, c.period_kind, c.period_key, c.replaced_value, c.replaced_missing_reason, c.value,
            c.missing_reason, if(c.is_defined_anew, 'by another definition', 'counted anew'), c.version_number
        from marts.figure_change as c
        inner join marts.figure as f using (indicator_code, period_kind, period_key)
        where c.known_at > $since and f.figure_state = 'provisional')
    select c.*, i.indicator_title, i.unit, p.period_name
    from changed as c inner join meta.indicator as i using (indicator_code)
    inner join core.dim_reported_period as p using (period_kind, period_key)
    where p.last_day <= $until and list_contains($codes, c.indicator_code)
    order by c.indicator_code, p.last_day, c.period_kind, c.place"""


def _defined_anew(publication: "Connection", codes: set[str], after: date, period: Period) -> list[str]:
    rows = read_rows(
        publication,
        """select d.indicator_code, i.indicator_title, d.definition_because, d.is_comparable, p.period_name
           from meta.definition as d inner join meta.indicator as i using (indicator_code)
           inner join core.dim_reported_period as p
               on p.period_key = d.since_quarter_key and p.period_kind = 'quarter'
           where p.first_day > ? and p.first_day <= ? and d.definition_number > 1
               and list_contains(?, d.indicator_code) order by d.indicator_code""",
        [after, period.last, sorted(codes)],
    )
    return [
        f"{row['indicator_title']} ({row['indicator_code']}) is defined anew from {row['period_name']}"
        f"{'' if row['is_comparable'] else ', and does not compare with what was before'}: {row['definition_because']}"
        for row in rows
    ]


def _conflicts_since(publication: "Connection", codes: set[str], since: datetime) -> list[str]:
    rows = read_rows(
        publication,
        """select count(*) filter (is_there) as found, count(*) filter (not is_there) as gone
           from meta.conflict_history where known_at > ? and list_contains(?, indicator_code)""",
        [since, sorted(codes)],
    )
    found, gone = rows[0]["found"], rows[0]["gone"]
    return [f"Conflicts between statements: {found} found and {gone} gone since."] if found or gone else []


def restated_section(publication: "Connection", of_year: Period) -> Section:
    rows = read_rows(
        publication,
        """select r.indicator_code, r.indicator_title, r.period_kind, r.period_key, r.period_name, r.issued_value,
               r.restated_value, i.unit,
               r.issued_missing_reason as issued_value_missing_reason,
               r.missing_reason as restated_value_missing_reason, r.restated_because, r.agreed_by, r.agreed_on
           from marts.restatement as r inner join meta.indicator as i using (indicator_code)
           inner join core.dim_reported_period as p using (period_kind, period_key)
           where p.last_day <= ? order by r.indicator_code, p.last_day, r.period_kind, r.restatement_number""",
        [of_year.last],
    )
    columns = (
        Column("indicator_code", "Code", "code"),
        Column("indicator_title", "Indicator", width=24),
        Column("period_name", "Period", width=12),
        Column("issued_value", "Issued as", "number"),
        Column("restated_value", "Restated to", "number"),
        Column("restated_because", "Why", width=30),
        Column("agreed_by", "Agreed by", width=18),
        Column("agreed_on", "On", "date", 14),
    )
    table = make_table("restated", "Restatements", columns, rows, "No issued figure was restated.", 1)
    return Section("What was restated", (), (), (table,))


def breaks_section(publication: "Connection", codes: set[str], first: Period, last: Period) -> Section:
    """Definitions that broke comparability in the years shown, and indicators that compare only from one of them on."""
    rows = read_rows(
        publication,
        """select d.indicator_code, i.indicator_title, p.period_name as since_name, d.definition_because as why
           from meta.definition as d inner join meta.indicator as i using (indicator_code)
           inner join core.dim_reported_period as p
               on p.period_key = d.since_quarter_key and p.period_kind = 'quarter'
           where not d.is_comparable and d.definition_number > 1 and p.first_day between $first and $last
               and list_contains($codes, d.indicator_code)
           union all
           select i.indicator_code, i.indicator_title, strftime(i.first_comparable_day, '%-d %B %Y'),
               if(i.missing_before = 'not introduced', 'It was introduced then.', 'Earlier years do not compare.')
           from meta.indicator as i
           where i.first_comparable_day between $first and $last and list_contains($codes, i.indicator_code)
           order by 1, 3""",
        {"first": first.first, "last": last.last, "codes": sorted(codes)},
    )
    columns = (
        Column("indicator_code", "Code", "code"),
        Column("indicator_title", "Indicator", width=26),
        Column("since_name", "Since", width=12),
        Column("why", "Why", width=50),
    )
    table = make_table("not_comparable", "Breaks in comparability", columns, rows, "All years shown compare.", 1)
    return Section("What does not compare", (), (), (table,))
