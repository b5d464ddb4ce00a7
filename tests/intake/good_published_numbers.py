"""A small register of published numbers that is accepted whole."""

from typing import Any

FILE = "Published 2022-08-15 quarterly-2022-23-Q1-members.csv"
HEADINGS = [
    "published_on", "pack_key", "indicator_code", "period_kind", "period_key", "ward_code", "printed", "unit", "cut_at",
]  # fmt: skip


def row(code: str, kind: str, key: str, printed: str, **differs: str) -> list[Any]:
    fields = {
        "published_on": "2022-08-15",
        "pack_key": "quarterly-2022-23-Q1-members",
        "indicator_code": code,
        "period_kind": kind,
        "period_key": key,
        "ward_code": "",
        "printed": printed,
        "unit": "percent" if printed.endswith("%") else "number",
        "cut_at": "2022-08-14T03:00:12",
    }
    assert differs.keys() <= fields.keys()
    return list((fields | differs).values())


def good() -> dict[str, list[list[Any]]]:
    rows = [
        row("ComS_011", "quarter", "2022-23-Q1", "1,044"),
        row("ComS_011", "year to date", "2022-23-Q1", "1,044"),
        row("ComS_011", "quarter", "2022-23-Q1", "61", ward_code="E05010516"),
        row("ComS_011", "quarter", "2022-23-Q1", "12", ward_code="not placed"),
        row("ComS_012d", "year", "2021-22", "75.3%"),
        row("ComS_020", "odd period", "2019-10/2020-09", "103"),
        row("ComS_024", "quarter", "2022-23-Q1", "[c]", unit="percent"),
    ]
    return {"": [HEADINGS, *rows]}
