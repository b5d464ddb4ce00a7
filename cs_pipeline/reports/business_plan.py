"""The plan's own tables, its sections 3 to 6, filled from the warehouse: what the deliveries give, not what is printed.

Where the plan prints something else, the cell is held or differs, and the last section names the conflict.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cs_pipeline.figures.trace import read_rows
from cs_pipeline.reports.edition import edition_sections
from cs_pipeline.reports.pack import Cell, Column, Pack, Section, Table, figure
from cs_pipeline.reports.parts import NoSuchPack, finish_pack, make_table
from cs_pipeline.reports.reading import read_cut
from cs_pipeline.reports.rows import SET_TITLES
from cs_pipeline.reports.sources import sources_section
from cs_pipeline.words.periods import Period, parse_period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

Facts = dict[str, Any]

# What the plan prints, cell by cell in its order, with the figure that the deliveries give for the same days.
CELLS = """
    with ours as (
        select f.indicator_code, f.first_day, f.last_day, f.value, f.missing_reason, f.figure_state, f.is_waiting
        from marts.figure as f where f.period_kind in ('year', 'odd period'))
    select s.indicator_set, s.indicator_code, s.printed_name, s.group_heading, s.measure, s.stated_period,
        s.period_key, s.period_name, s.printed, s.value as printed_value, s.missing_reason as printed_missing_reason,
        s.unit, s.owner_title, s.note, s.cell, o.value, o.missing_reason, o.figure_state, o.is_waiting,
        o.indicator_code is not null as is_counted, r.row_number, v.service_name
    from marts.plan_figure as s
    inner join core.fact_stated_figure as r
        on r.edition_code = s.edition_code and r.sheet_name = s.sheet_name and r.cell = s.cell
    left join ours as o
        on o.indicator_code = s.indicator_code and o.first_day = s.first_day and o.last_day = s.last_day
    left join core.dim_indicator as i on i.indicator_code = s.indicator_code
    left join core.dim_service as v on v.service_key = i.service_key
    where s.edition_code = ?
    order by s.indicator_set, r.row_number, s.cell"""


def business_plan_pack(publication: "Connection", edition: str) -> Pack:
    """The pack of an edition such as 2023-26. Raises NoSuchPack where no such edition is on record."""
    cells = read_rows(publication, CELLS, [edition])
    period = parse_period(edition)
    if not cells or period is None:
        known = ", ".join(
            row["edition_code"] for row in read_rows(publication, "select distinct edition_code from marts.plan_figure")
        )
        raise NoSuchPack(f'There is no edition "{edition}" of the Business Plan on record. On record: {known}.')
    codes = {cell["indicator_code"] for cell in cells}
    years = [found for key in sorted({cell["period_key"] for cell in cells}) if (found := parse_period(key))]
    cut_at = read_cut(publication, period)
    sections = [
        *_figures(cells),
        *edition_sections(publication, edition),
        _conflicts(publication, edition),
        sources_section(publication, codes, years, cut_at),
    ]
    names = (f"Community Safety Business Plan {_years(period)}", "The plan's tables, filled from the deliveries")
    return finish_pack(publication, f"business-plan-{edition}", names, "business-plan", cut_at, sections)


def _years(period: Period) -> str:
    return f"{period.first.year}–{period.last.year % 100:02d}"


def _figures(cells: list[Facts]) -> list[Section]:
    """Service data by service, then the indicators by set."""
    sections = []
    for name in ("service data", "CSI", "KPI", "MPI"):
        grouped: dict[str | None, list[Facts]] = {}
        for cell in cells:
            if cell["indicator_set"] == name:
                grouped.setdefault(cell["service_name"] if name == "service data" else None, []).append(cell)
        tables = tuple(_table(name, service, of_service) for service, of_service in grouped.items())
        sections.append(Section(SET_TITLES[name], (), (), tables))
    return sections


def _table(indicator_set: str, service: str | None, cells: list[Facts]) -> Table:
    """One row an indicator as the plan names it, one column for each column of the plan."""
    headings = dict.fromkeys((cell["measure"], cell["stated_period"]) for cell in cells)
    rows: dict[int, dict[tuple[str, str], Facts]] = {}
    for cell in cells:
        rows.setdefault(cell["row_number"], {})[cell["measure"], cell["stated_period"]] = cell
    name = indicator_set.replace(" ", "_").lower() + (f"_{service.lower().replace(' ', '_')}" if service else "")
    has_owner = indicator_set != "service data"
    columns = (
        Column("indicator_code", "Code", "code", 10),
        Column("printed_name", "Indicator", width=34),
        *(Column(_column(*heading), _heading(*heading), "number", 10) for heading in headings),
        Column("owner", "Owner", width=18) if has_owner else Column("note", "Comment of the plan", width=34),
    )
    body = []
    for of_row in rows.values():
        first = next(iter(of_row.values()))
        title = ": ".join(part for part in (first["group_heading"], first["printed_name"]) if part)
        told = first["owner_title"] if has_owner else first["note"]
        made = (_cell(of_row[heading]) if heading in of_row else Cell("") for heading in headings)
        body.append((Cell(first["indicator_code"]), Cell(title), *made, Cell(told or "")))
    return Table(name, f"{SET_TITLES[indicator_set]}{f': {service}' if service else ''}", columns, tuple(body), 1)


def _column(measure: str, stated_period: str) -> str:
    return f"{measure}_{stated_period.lower().replace('/', '_').replace(' ', '_')}"


def _heading(measure: str, stated_period: str) -> str:
    return f"{measure.capitalize()} {'future years' if stated_period == 'future' else stated_period}"


def _cell(cell: Facts) -> Cell:
    """A target as the plan sets it; any other figure as the deliveries give it, with its days where they are odd."""
    if cell["measure"] == "target":
        return figure(cell["printed_value"], cell["unit"], (), cell["printed_missing_reason"])
    marks = (
        ("[p]",) if cell["figure_state"] == "provisional" else ("[r]",) if cell["figure_state"] == "restated" else ()
    )
    if cell["value"] is None:
        return figure(None, cell["unit"], (), cell["missing_reason"] or "not yet available")
    is_odd = "/" in cell["period_key"]
    of = ((cell["indicator_code"], "odd period" if is_odd else "year", cell["period_key"]),)
    shown = replace(figure(cell["value"], cell["unit"], marks), of=of)
    if is_odd and shown.text:
        return replace(shown, text=f"{shown.text} ({cell['period_name']})", number=None)
    return shown


def _conflicts(publication: "Connection", edition: str) -> Section:
    """Every open conflict of the edition, those over figures first."""
    rows = read_rows(
        publication,
        """select r.indicator_code, r.subject, p.period_name, r.kind_words, r.conflict_sentence, r.ask
           from marts.reconciliation as r
           left join core.dim_period as p on p.period_key = r.period_key
           where r.is_unsettled and coalesce(r.edition_code, $edition) = $edition
           order by r.indicator_code is null, coalesce(r.indicator_code, r.subject), r.period_key, r.kind_words,
               r.conflict_sentence""",
        {"edition": edition},
    )
    columns = (
        Column("subject", "What", "code", 12),
        Column("period_name", "Period", width=12),
        Column("kind_words", "Conflict", width=24),
        Column("conflict_sentence", "What disagrees, and what would settle it", width=60),
        Column("ask", "Ask", width=18),
    )
    table = make_table("conflicts", "Open conflicts", columns, rows, "No conflict is open.")
    said = (f"{len(rows)} conflicts are open; a figure over which one is open and holds it is shown as [h].",)
    return Section("Where statements disagree", said, (), (table,))
