"""A claim that holds rows of a fact holds the figures that count them, with their reason, and nothing else."""

from pathlib import Path

import pytest
from worlds import copy_sql, crime, hurry, new_world

HOLD = """-- hold: A month of hate crime has no more than nine hundred and ninety-nine offences.
-- Dimension: accuracy
select
    f.month_key || ' has ' || f.n_recorded || ' offences.' as finding,
    f.month_key,
    o.offence_group as counted_part
from core.fact_offence_month as f
inner join core.dim_offence as o
    on o.offence_key = f.offence_key
where f.n_recorded > 999
"""
MONTHS = [f"{name} 2019" for name in ("Apr", "May", "Jun", "Jul", "Aug", "Sep")]


def test_a_held_month_holds_its_own_figures_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    sql = copy_sql(tmp_path / "sql")
    (sql / "checks" / "core.fact_offence_month" / "month_is_far_too_large.sql").write_text(HOLD)
    with new_world(sql=sql) as world:
        raw = crime(
            "20/10/2019",
            MONTHS,
            Hate_crimes_and_incidents=[1, 1, 1, 2, 2, 2000],
            Domestic_abuse_crimes_and_incidents=[5, 5, 5, 6, 6, 6],
        )
        world.drop("police_crime", "crime 2019-10-20.xlsx", raw)
        assert world.run().exit_code == 1
        rows = world.published(
            """select indicator_code, period_kind, period_key, coalesce(value::varchar, missing_reason)
               from marts.figure where indicator_code in ('ComS_020', 'ComS_025') and period_kind <> 'odd period'
               and period_kind <> 'year'"""
        )
    assert {(code, kind, period): said for code, kind, period, said in rows} == {
        ("ComS_020", "quarter", "2019-20-Q1"): "3.0",
        ("ComS_020", "quarter", "2019-20-Q2"): "held",
        ("ComS_020", "year to date", "2019-20-Q1"): "3.0",
        ("ComS_020", "year to date", "2019-20-Q2"): "held",
        ("ComS_025", "quarter", "2019-20-Q1"): "15.0",
        ("ComS_025", "quarter", "2019-20-Q2"): "18.0",
        ("ComS_025", "year to date", "2019-20-Q1"): "15.0",
        ("ComS_025", "year to date", "2019-20-Q2"): "33.0",
    }
