"""The published police files, byte for byte, give the counts that were made from them by hand (their SOURCE.txt)."""

from pathlib import Path

import duckdb
import pytest

# file, rows, rows in Broxtowe, of those anti-social behaviour: SOURCE.txt of the published files.
KNOWN = [
    ("2018-10-nottinghamshire-street.csv", 11900, 751, 168),
    ("2018-11-nottinghamshire-street.csv", 11808, 805, 166),
    ("2018-12-nottinghamshire-street.csv", 10492, 681, 120),
    ("2019-01-nottinghamshire-street.csv", 10918, 828, 139),
    ("2019-02-nottinghamshire-street.csv", 10914, 733, 134),
    ("2024-01-nottinghamshire-street.csv", 8315, 528, 7),
    ("2024-02-derbyshire-street.csv", 8902, 14, 8),
    ("2024-02-nottinghamshire-street.csv", 9602, 644, 137),
    ("2024-03-nottinghamshire-street.csv", 10476, 743, 149),
]


pytestmark = pytest.mark.proof  # Where they do not stand beside the project, as in a clone, nothing runs anyhow.


def rows_of(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    path = (warehouse / "published" / "community_safety.duckdb").resolve()
    with duckdb.connect(path.as_posix(), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_each_file_gives_its_known_counts(real: Path) -> None:
    found = rows_of(real, "select file_name, n_read, n_borough, n_asb from marts.street_crime_file order by file_name")
    assert found == KNOWN


@pytest.mark.parametrize(("file", "n_rows", "n_borough", "n_asb"), KNOWN)
def test_the_command_says_what_became_of_every_row(
    real: Path, file: str, n_rows: int, n_borough: int, n_asb: int
) -> None:
    told = (real / "told.txt").read_text()
    n_ignored = n_rows - n_borough
    expected = f"{file} — {n_rows:,} rows = {n_borough:,} accepted + 0 quarantined + {n_ignored:,} ignored by rule"
    assert expected in told


def test_january_2024_is_named_as_incomplete_and_held(real: Path) -> None:
    sentence = (
        "Nottinghamshire Police, January 2024: 7 rows of anti-social behaviour in the borough where about 138 are "
        "usual, so the month is incomplete."
    )
    assert sentence in (real / "told.txt").read_text()
    held = rows_of(
        real,
        """select month_key, n_incidents, n_on_record, held_because from marts.street_crime_month
           where missing_reason = 'held'""",
    )
    assert held == [("2024-01", None, 7, sentence)]


def test_rows_of_the_borough_in_another_force_s_file_count(real: Path) -> None:
    found = rows_of(
        real,
        """select force_name, n_incidents from marts.street_crime_month
           where month_key = '2024-02' and crime_type_key = 'anti_social_behaviour' order by 1""",
    )
    assert found == [("Derbyshire Constabulary", 8), ("Nottinghamshire Police", 137)]
