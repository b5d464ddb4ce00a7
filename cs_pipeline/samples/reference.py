"""Copies the plan's areas and wards into dated deliveries, and reads them for the samples.

Reading them for the warehouse is declared in `sources/`.
"""

import csv
import shutil
from pathlib import Path

from cs_pipeline.samples.book import write

REFERENCE = Path(__file__).resolve().parents[2] / "sources" / "reference"
DELIVERIES = {
    "areas.csv": "areas/areas 2023-05-04.csv",
    "wards.csv": "wards/wards 2023-05-04.csv",
}
README = """# Reference deliveries

| delivery | what |
|---|---|
| `areas/areas 2023-05-04.csv` | Broxtowe's 71 LSOAs, each with its best-fit ward from 4 May 2023 |
| `wards/wards 2023-05-04.csv` | Broxtowe's ward codes and the year each is first listed |

The areas and wards come from Office for National Statistics geography:
Source: Office for National Statistics licensed under the Open Government Licence v3.0.
Contains OS data © Crown copyright and database right 2023.
"""


def write_reference(plan_dir: Path, to_dir: Path) -> list[Path]:
    """Copy the two files byte for byte under `to_dir` and write its README; returns the copies."""
    copies = []
    for plan_name, delivery in DELIVERIES.items():
        copy = to_dir / delivery
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(plan_dir / plan_name, copy)
        copies.append(copy)
    write(to_dir / "README.md", README)
    return copies


def list_lsoas(reference: Path = REFERENCE) -> list[tuple[str, str]]:
    """(code, name) of each LSOA of the borough, in the file's order."""
    return [(row["lsoa_code"], row["lsoa_name"]) for row in _read(reference / DELIVERIES["areas.csv"])]


def list_wards(first_listed: str, reference: Path = REFERENCE) -> list[str]:
    """Names of the wards first listed in that year; 2016 gives the 20 that stood until May 2023."""
    rows = _read(reference / DELIVERIES["wards.csv"])
    return [row["ward_name"] for row in rows if row["first_listed"] == first_listed]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
