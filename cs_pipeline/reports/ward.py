"""The page of a ward for its councillors: what was counted there, beside the borough, from protected numbers.

Only what is counted of cases that know their ward can be told of one, and only where the borough's number comes to
enough a ward; the years tell more than the quarters.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cs_pipeline.figures.trace import read_rows
from cs_pipeline.reports import reading
from cs_pipeline.reports.pack import Cell, Column, Pack, Section, Table, figure
from cs_pipeline.reports.parts import NoSuchPack, finish_pack
from cs_pipeline.reports.sources import READ_SO, sources_section
from cs_pipeline.words.periods import Period, quarter_of, year, year_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

Facts = dict[str, Any]
Numbers = dict[tuple[str, str, str, str], Facts]  # Indicator, kind of period, period and ward, or "" for the borough.


def ward_packs(publication: "Connection", quarter: Period, ward: str | None, n_earlier: int) -> list[Pack]:
    """The page of each ward, or of one by its name or code. Raises NoSuchPack."""
    periods = _periods(quarter, n_earlier)
    numbers = _read(publication, periods)
    wards = {row["ward_code"]: row["ward_name"] for row in numbers.values() if row.get("ward_name")}
    if not wards:
        raise NoSuchPack(f"Nothing of {quarter.name} has been counted by ward. Run cs run when its returns have come.")
    wanted = {
        code: name
        for code, name in wards.items()
        if ward is None or ward.casefold() in (code.casefold(), name.casefold())
    }
    if not wanted:
        known = ", ".join(sorted(wards.values()))
        raise NoSuchPack(f'"{ward}" is no ward in which anything was counted for {quarter.name}. Give one of {known}.')
    by_name = sorted(wanted.items(), key=lambda each: (each[1], each[0]))
    return [_page(publication, quarter, periods, numbers, code, name) for code, name in by_name]


def _periods(quarter: Period, n_earlier: int) -> list[tuple[str, str, str]]:
    """Kind, key and heading of each column, the last ones for earlier years."""
    of_year = year_of(quarter.first).first.year
    before = quarter_of(quarter.first.replace(year=quarter.first.year - 1))
    years = [year(of_year - back) for back in range(1, n_earlier + 1)]
    return [("quarter", each.key, each.name) for each in (quarter, before)] + [("year", y.key, y.name) for y in years]


def _read(publication: "Connection", periods: Sequence[tuple[str, str, str]]) -> Numbers:
    """The numbers of every ward in the quarter's ward set, and of the borough, in all columns."""
    given = {"periods": [f"{kind} {key}" for kind, key, _ in periods], "quarter": periods[0][1]}
    rows = read_rows(
        publication,
        """with here as (
               select distinct indicator_code, ward_code from marts.ward_figure
               where period_kind = 'quarter' and period_key = $quarter)
           select w.*, i.indicator_title from marts.ward_figure as w
           inner join here using (indicator_code, ward_code) inner join meta.indicator as i using (indicator_code)
           where list_contains($periods, w.period_kind || ' ' || w.period_key)
           union all by name
           select f.indicator_code, f.period_kind, f.period_key, '' as ward_code, f.value, f.missing_reason
           from marts.figure as f
           where f.indicator_code in (select indicator_code from here)
               and list_contains($periods, f.period_kind || ' ' || f.period_key)""",
        given,
    )
    return {(row["indicator_code"], row["period_kind"], row["period_key"], row["ward_code"]): row for row in rows}


def _page(
    publication: "Connection",
    quarter: Period,
    periods: Sequence[tuple[str, str, str]],
    numbers: Numbers,
    ward: str,
    name: str,
) -> Pack:
    titles = {row["indicator_code"]: row["indicator_title"] for row in numbers.values() if row["ward_code"] == ward}
    told = {code for code, _, _, place in numbers if place == ward and _is_told(numbers, code, ward)}
    cut_at = reading.read_cut(publication, quarter)
    is_best_fit = any(row.get("is_best_fit") for row in numbers.values() if row["ward_code"] == ward)
    shown = {code: title for code, title in titles.items() if code in told}
    said = _how(is_best_fit, sorted(titles.keys() - told))
    sections = [
        Section("What was counted in the ward", said, (), (_table(shown, periods, numbers, ward, name),)),
        sources_section(publication, told, [quarter], cut_at, READ_SO[:1]),
    ]
    key = f"ward-{quarter.key}-{ward}"
    names = (f"{name}, {quarter.name}", "A ward's page for its councillors, beside the borough")
    return finish_pack(publication, key, names, "ward", cut_at, sections)


def _is_told(numbers: Numbers, code: str, ward: str) -> bool:
    """Whether anything of an indicator is told of a ward."""
    return any(key[0] == code and key[3] == ward and row["value"] is not None for key, row in numbers.items())


def _how(is_best_fit: bool, hidden: Sequence[str]) -> tuple[str, ...]:
    said = ["Cases that could be placed in no ward are in the borough's numbers alone."]
    if hidden:
        said.append(f"Too few for anything to be told by ward: {', '.join(hidden)}.")
    if is_best_fit:
        said.append("Some are told by wards of other boundaries, which fit those of the time only at best.")
    return tuple(said)


def _table(
    titles: dict[str, str], periods: Sequence[tuple[str, str, str]], numbers: Numbers, ward: str, name: str
) -> Table:
    columns = [Column("indicator_code", "Code", "code", 10), Column("indicator_title", "Indicator", width=30)]
    for place, (_, _, heading) in enumerate(periods):
        columns.append(Column(f"ward_{place}", f"{heading}: ward", "number", 10))
        columns.append(Column(f"borough_{place}", f"{heading}: borough", "number", 10))
    rows = []
    for code, title in sorted(titles.items()):
        cells = [Cell(code), Cell(title)]
        for kind, key, _ in periods:
            cells += [_cell(numbers, (code, kind, key, ward)), _cell(numbers, (code, kind, key, ""))]
        rows.append(tuple(cells))
    return Table("ward", f"{name}, beside the borough", tuple(columns), tuple(rows), 1)


def _cell(numbers: Numbers, key: tuple[str, str, str, str]) -> Cell:
    row = numbers.get(key)
    if row is None:
        return Cell("", None, ("[z]",))
    made = figure(row["value"], "number", (), row["missing_reason"])
    return replace(made, of=(key if key[3] else key[:3],))
