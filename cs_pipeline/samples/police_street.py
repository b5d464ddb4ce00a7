"""Turns a seed into street-level crime files of exactly the form data.police.uk publishes.

The police force's own ASB incidents, which count differently, are in `police_asb.py`.
"""

import csv
import io
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from random import Random

from cs_pipeline.samples.book import write
from cs_pipeline.samples.reference import REFERENCE, list_lsoas

SEED = 2022
HEADER = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)
CONTEXT = "Synthetic sample"
NO_LOCATION = "No Location"
ASB = "Anti-social behaviour"
# Month: the Broxtowe ASB rows of the Nottinghamshire file. No month is below half of another.
N_ASB = {"2022-07": 138, "2022-08": 132, "2022-09": 118, "2022-10": 124, "2022-11": 110, "2022-12": 102}
N_BROXTOWE_CRIMES = 330
N_OUTSIDE_ASB = 90
N_OUTSIDE_CRIMES = 330
N_UNPLACED = 18
N_REPEATED = 3
CRIMES = {
    "Violence and sexual offences": 175,
    "Shoplifting": 98,
    "Criminal damage and arson": 58,
    "Other theft": 50,
    "Public order": 39,
    "Vehicle crime": 30,
    "Burglary": 27,
    "Drugs": 16,
    "Other crime": 14,
    "Bicycle theft": 11,
    "Possession of weapons": 8,
    "Robbery": 6,
    "Theft from the person": 6,
}
OUTCOMES = {
    "Investigation complete; no suspect identified": 38,
    "Unable to prosecute suspect": 28,
    "Under investigation": 16,
    "Awaiting court outcome": 7,
    "Court result unavailable": 3,
    "Action to be taken by another organisation": 2,
    "Local resolution": 2,
    "Further investigation is not in the public interest": 1,
    "Formal action is not in the public interest": 1,
    "Further action is not in the public interest": 1,
    "Offender given a caution": 1,
    "Status update unavailable": 1,
}
NEIGHBOURS = {
    "nottinghamshire": (
        ("E01013870", "Nottingham 040A"),
        ("E01033409", "Nottingham 023H"),
        ("E01013885", "Nottingham 002E"),
        ("E01013839", "Nottingham 012C"),
        ("E01013944", "Nottingham 026A"),
        ("E01013815", "Nottingham 022C"),
        ("E01028416", "Rushcliffe 005D"),
        ("E01027932", "Ashfield 014C"),
        ("E01027965", "Ashfield 005B"),
        ("E01028189", "Gedling 001A"),
    ),
    "derbyshire": (
        ("E01019682", "Erewash 012D"),
        ("E01019662", "Erewash 003D"),
        ("E01019672", "Erewash 003E"),
        ("E01019442", "Amber Valley 005B"),
    ),
}
FORCES = {"nottinghamshire": "Nottinghamshire Police", "derbyshire": "Derbyshire Constabulary"}
POINTS_PER_LSOA = 4

# A snap point as a row holds it: longitude, latitude, location, LSOA code, LSOA name.
Point = tuple[str, str, str, str, str]
UNPLACED: Point = ("", "", NO_LOCATION, "", "")


def write_police_street(to_dir: Path, seed: int = SEED, scale: int = 1, reference: Path = REFERENCE) -> list[Path]:
    """Write Nottinghamshire's July to December 2022 and Derbyshire's December; returns their paths.

    Nottinghamshire holds about 900 rows a month, half of them in Broxtowe; Derbyshire 120, nine in Broxtowe;
    `scale` multiplies them all.
    """
    rng = Random(seed)  # noqa: S311  a sample must come out the same again, not be hard to guess
    home = _draw_points(rng, list_lsoas(reference))
    away = {force: _draw_points(rng, lsoas) for force, lsoas in NEIGHBOURS.items()}
    draw = partial(_draw_rows, rng, scale)
    paths = []
    for month, n_asb in N_ASB.items():
        rows = [
            *draw("nottinghamshire", month, home, n_asb, N_BROXTOWE_CRIMES),
            *draw("nottinghamshire", month, away["nottinghamshire"], N_OUTSIDE_ASB, N_OUTSIDE_CRIMES),
            *draw("nottinghamshire", month, [UNPLACED], 2, N_UNPLACED),
        ]
        _repeat_crime_ids(rng, rows, N_REPEATED * scale)
        paths.append(_write_month(rng, to_dir / f"{month}-nottinghamshire-street.csv", rows))
    rows = [
        *draw("derbyshire", "2022-12", away["derbyshire"], 30, 81),
        *draw("derbyshire", "2022-12", home[-12:], 4, 5),
    ]
    paths.append(_write_month(rng, to_dir / "2022-12-derbyshire-street.csv", rows))
    return paths


def _draw_points(rng: Random, lsoas: Iterable[tuple[str, str]]) -> list[Point]:
    """A few invented snap points for each LSOA. They need not lie in it: only the code places a row."""
    return [
        (
            f"{-1.25 + rng.uniform(-0.06, 0.06):.6f}",
            f"{52.93 + rng.uniform(-0.06, 0.06):.6f}",
            f"On or near Sample Street {rng.randint(1, 400)}",
            code,
            name,
        )
        for code, name in lsoas
        for _ in range(POINTS_PER_LSOA)
    ]


def _draw_rows(
    rng: Random, scale: int, force: str, month: str, points: list[Point], n_asb: int, n_crimes: int
) -> list[list[str]]:
    # A few points carry most calls: separate incidents become identical rows, as in the real files.
    weights = [1 / (1 + place % 17) for place in range(len(points))]
    types = [ASB] * n_asb * scale + rng.choices(list(CRIMES), list(CRIMES.values()), k=n_crimes * scale)
    rows = []
    for crime_type, point in zip(types, rng.choices(points, weights, k=len(types)), strict=True):
        crime_id, outcome = "", ""
        if crime_type != ASB:
            crime_id = f"{rng.getrandbits(256):064x}"
            outcome = rng.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]
        rows.append([crime_id, month, FORCES[force], FORCES[force], *point, crime_type, outcome, CONTEXT])
    return rows


def _repeat_crime_ids(rng: Random, rows: list[list[str]], n_repeated: int) -> None:
    """Give a few crimes the Crime ID of another, as in the real files (2024-02: one ID, two places)."""
    crimes = rng.sample([row for row in rows if row[0]], 2 * n_repeated)
    for first, second in zip(crimes[:n_repeated], crimes[n_repeated:], strict=True):
        second[0] = first[0]


def _write_month(rng: Random, path: Path, rows: list[list[str]]) -> Path:
    """In the publisher's order: by LSOA name, crimes and ASB mixed, rows without an LSOA last."""
    rng.shuffle(rows)
    rows.sort(key=lambda row: row[8] or "~")
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(rows)
    write(path, text.getvalue())
    return path


WRITES = {"police_street": write_police_street}
