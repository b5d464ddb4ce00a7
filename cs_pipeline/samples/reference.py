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
| `populations/populations 2023-01-05.csv` | Broxtowe's persons and households on the days of two censuses |

The areas and wards come from Office for National Statistics geography:
Source: Office for National Statistics licensed under the Open Government Licence v3.0.
Contains OS data © Crown copyright and database right 2023.

The populations are published counts of the Office for National Statistics, licensed under the Open Government Licence
v3.0. Where each number was seen:

- 109,487 usual residents, 27 March 2011: Census 2011, in the ONS's own chart data
  (ONSvisual/census-population-scrolly), made before the census of 2021 was out; its number for 2021 is not used.
- 110,900 usual residents, 21 March 2021, rounded to the hundred: Census 2021, at nottinghamshireinsight.org.uk, Key
  population facts.
- 46,820 households with residents, 27 March 2011: the tenures of Census 2011 (table QS405) added, at
  visionofbritain.org.uk, Broxtowe.
- 48,400 households with residents, 21 March 2021, rounded to the hundred: the tenures of Census 2021 at the same place
  add to 48,366, and the ONS changes the cells of its tables a little, so the last digits mean nothing.

Not listed: the mid-year estimates of 2012 to 2020, because those first published (111,800 for 2014, 112,700 for 2016)
were made anew after the census of 2021 came out lower, and the new ones could not be seen; those of 2021 and later, and
adult females, because no publication of the ONS that states them could be seen. Each is one more row in a later
delivery. A rate is taken per the latest count by the end of its year, so those of 2019/20 are taken per 2011's.
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
