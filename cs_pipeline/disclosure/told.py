"""What a publication tells, or has told, of people in numbers: every version of every count behind a figure.

A figure about people may have several versions that somebody can know: as it stands, as it was issued, as the
deliveries give it now, and as each earlier publication had it. What adds up to what is in `equations.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

Slot = tuple[str, str, str, str]  # Indicator, kind of period, period, and the code of a ward or BOROUGH.
BOROUGH = ""
Printed = tuple[Slot, float, int]  # A number that was published: its figure, the number, and its decimal places.


@dataclass(frozen=True)
class Told:
    """One version of a figure: `numerator` is the count, or the part of a percentage whose whole is `denominator`.

    `state` is the moment from which a publication told it, or `standing` or `counted` for what holds now.
    """

    slot: Slot
    state: str
    numerator: int
    denominator: int | None

    @property
    def value(self) -> float:
        """The figure itself, as the marts hold it."""
        return float(self.numerator) if self.denominator is None else 100.0 * self.numerator / self.denominator


@dataclass(frozen=True)
class Adding:
    """Whose quarters make a period: the total and its parts, of every indicator that is summed."""

    kind: str
    period: str
    quarters: tuple[str, ...]


def read_told(publication: "Connection", with_wards: bool) -> list[Told]:
    """Every version of every figure about people, and of those not about people that belong with one."""
    rows = publication.execute(f"with {CONCERNED} {VERSIONS}").fetchall()
    told = [
        Told((code, kind, period, BOROUGH), state, part, whole)
        for code, kind, period, state, part, whole, _ in rows
        if whole != 0
    ]
    return told + (list(_wards(publication)) if with_wards else [])


def _wards(publication: "Connection") -> Iterator[Told]:
    """What each ward had, and what could be placed in none."""
    for code, kind, period, ward, number in publication.execute(f"with {CONCERNED} {WARDS}").fetchall():
        yield Told((code, kind, period, ward), "counted", number, None)


def read_adding(publication: "Connection") -> list[Adding]:
    """The years, years to date and odd periods, each with its quarters."""
    rows = publication.execute(
        """select p.period_kind, p.period_key, list(q.period_key order by q.period_key)
           from core.dim_reported_period as p
           inner join core.dim_reported_period as q
               on q.period_kind = 'quarter' and q.period_key between p.first_quarter_key and p.last_quarter_key
           where p.period_kind <> 'quarter' group by all order by all"""
    ).fetchall()
    return [Adding(kind, period, tuple(quarters)) for kind, period, quarters in rows]


def read_kept(publication: "Connection") -> list[tuple[Any, ...]]:
    """Every indicator: code, sensitivity, roll-up, unit, its bands, what is counted inside it, and its operands."""
    rows = publication.execute(
        """select i.indicator_code, i.sensitivity, i.rollup, i.unit,
               coalesce(list(r.part_code order by r.part_code) filter (r.part_kind = 'part'), []),
               coalesce(list(r.part_code order by r.part_code) filter (r.part_kind = 'contained'), []),
               coalesce(list(r.part_code order by r.part_kind desc)
                   filter (r.part_kind in ('numerator', 'denominator')), [])
           from meta.indicator as i left join meta.indicator_part as r using (indicator_code)
           where not i.is_heading group by all order by all"""
    ).fetchall()
    return [(*row[:4], *(tuple(linked) for linked in row[4:])) for row in rows]


def read_public(publication: "Connection") -> list[Printed]:
    """Every number that was published, as it was printed."""
    rows = publication.execute(
        """select indicator_code, period_kind, period_key, coalesce(ward_code, ?), value, n_decimals
           from marts.published_number where value is not null order by all""",
        [BOROUGH],
    ).fetchall()
    return [((code, kind, period, ward), value, places) for code, kind, period, ward, value, places in rows]


# Indicators about people, and those that are reckoned with one of them.
CONCERNED = """
    people as (select indicator_code from meta.indicator where sensitivity <> 'not_people' and not is_heading),
    concerned as (
        select indicator_code from people
        union select r.indicator_code from meta.indicator_part as r
            inner join people as p on p.indicator_code = r.part_code
        union select r.part_code from meta.indicator_part as r inner join people as p using (indicator_code))"""

# What stands goes first, so that it gives the count its name; then what the deliveries give; then what was known when.
VERSIONS = """
    select indicator_code, period_kind, period_key, 'standing' as state, coalesce(numerator, value)::bigint as part,
        denominator as whole, 0 as place
    from marts.figure inner join concerned using (indicator_code) inner join meta.indicator as i using (indicator_code)
    where value is not null and (numerator is not null or i.unit = 'number')
    union all
    select indicator_code, period_kind, period_key, 'counted', numerator, denominator, 1
    from marts.figure_counted inner join concerned using (indicator_code) where numerator is not null
    union all
    select indicator_code, period_kind, period_key, known_at::varchar, numerator, denominator, 2
    from meta.figure_history inner join concerned using (indicator_code) where numerator is not null
    order by place, indicator_code, period_kind, period_key, state"""

WARDS = """
    select indicator_code, period_kind, period_key, ward_code, value::bigint
    from marts.ward_figure inner join people using (indicator_code)
    where value is not null order by all"""
