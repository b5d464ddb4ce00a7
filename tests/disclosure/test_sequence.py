"""Seven quarters as they were lived: each one's public packs go out and on the register, so that the next know them.

Deliveries come in the quarter after their own, corrected ones a quarter later; what that restates is restated.
"""

import csv
import json
import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import duckdb
import pytest
from conftest import run_cs

from cs_pipeline.disclosure.policy import read_policy
from cs_pipeline.disclosure.protection import find_protection
from cs_pipeline.words.periods import Period, quarters
from cs_pipeline.words.settings import PROJECT

pytestmark = pytest.mark.proof

LIVED = quarters("2021-22-Q1", "2022-23-Q3")
FIRST = date(2021, 4, 1)
RETURN = re.compile(r" (\d{4})-\d{2} (?:Q(\d)|year end|revised)")


def arrives(path: Path) -> int:
    """In which of the lived quarters a delivery comes, from 0; those of earlier quarters and of no quarter at once."""
    found = RETURN.search(path.stem)
    if not found:
        return 0
    is_late = any(word in path.stem for word in ("corrected", "revised", "year end"))
    place = (int(found[1]) - FIRST.year) * 4 + int(found[2] or 4) - 1
    return max(0, place + is_late)


# Those about people; what waits of other counts keeps waiting.
WAITING = """
    select w.indicator_code, w.period_key from marts.restatement_waiting as w
    inner join meta.indicator as i using (indicator_code) where i.sensitivity <> 'not_people' order by all"""


@dataclass
class Lived:
    """A world that is lived quarter by quarter, and what went out."""

    root: Path
    moment: datetime = datetime(2021, 8, 1, 3, tzinfo=UTC)
    registered: list[Path] = field(default_factory=list)
    restated: list[tuple[str, str]] = field(default_factory=list)

    def cs(self, *arguments: str) -> str:
        self.moment += timedelta(minutes=5)
        where = {"CS_SOURCES": str(self.root / "sources"), "CS_WAREHOUSE": str(self.root / "warehouse")}
        done = run_cs(*arguments, CS_NOW=self.moment.isoformat(), **where)
        assert done.returncode in (0, 1), (arguments, done.stdout[-2000:], done.stderr)
        return done.stdout

    def sql(self, query: str) -> list[tuple[str, ...]]:
        path = (self.root / "warehouse" / "published" / "community_safety.duckdb").resolve()
        with duckdb.connect(str(path), read_only=True) as publication:
            return publication.execute(query).fetchall()

    def live(self, place: int, quarter: Period) -> None:
        """The deliveries of a quarter come, what they restate is agreed, its packs go out and on the register."""
        self.moment = datetime.combine(quarter.last + timedelta(days=45), time(3), tzinfo=UTC)
        for path in sorted(PROJECT.glob("sources/*/*.*")):
            if arrives(path) == place:
                to = self.root / path.relative_to(PROJECT)
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, to)
        self.cs("run")
        for code, key in self.sql(WAITING):
            if (code, key) not in self.restated:
                self.cs(
                    "restate", code, key, "--because", "The return was corrected.", "--agreed-by", "Head of Service"
                )
                self.restated.append((code, key))
        self.cs("report", "quarterly", quarter.key, "--form", "csv")
        self.cs("issue", quarter.key, "--to", "Members Matters")
        asks = [["quarterly", quarter.key, "--for", "members", "--for", "cabinet"]]
        asks += [["outturn", quarter.key[:7]]] if quarter.key.endswith("Q4") else []
        asks += [["ward", quarter.key, "--ward", "Kimberley"]] if quarter.key == "2022-23-Q1" else []
        on = (self.moment + timedelta(days=1)).date().isoformat()
        for ask in asks:
            told = self.cs("register", *ask, "--on", on)
            names = re.findall(r"Registered: (.+\.csv)", told)
            self.registered += [self.root / "sources" / "published_numbers" / name for name in names]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    world = Lived(tmp_path_factory.mktemp("lived"))
    for folder in ("decisions", "reference"):
        shutil.copytree(PROJECT / "sources" / folder, world.root / "sources" / folder)
    for place, quarter in enumerate(LIVED):
        world.live(place, quarter)
    return world


def test_every_quarter_passed_and_the_register_grew(lived: Lived) -> None:
    assert len(lived.registered) == 2 * len(LIVED) + 1 + 1  # members and Cabinet, the outturn of 2021/22, a ward
    kept = lived.sql("select count(distinct pack_key), count(*) filter (is_hidden) from marts.published_number")[0]
    assert kept[0] == len(lived.registered) + 1  # and the plan
    assert int(kept[1]) > 100


def test_figures_about_people_were_restated_between_packs(lived: Lived) -> None:
    people = {
        code for (code,) in lived.sql("select indicator_code from meta.indicator where sensitivity <> 'not_people'")
    }
    assert {code for code, _ in lived.restated} & people


def test_what_was_published_is_not_hidden_again_and_nothing_follows_from_it(lived: Lived) -> None:
    path = (lived.root / "warehouse" / "published" / "community_safety.duckdb").resolve()
    with duckdb.connect(str(path), read_only=True) as publication:
        protection = find_protection(publication, read_policy())
    assert protection.leaks == ()
    assert protection.equations.has_ward_register
    shown = {
        (row["indicator_code"], row["period_kind"], row["period_key"], row["ward_code"], row["printed"])
        for path in lived.registered
        for row in csv.DictReader(path.open(encoding="utf-8"))
        if row["printed"] != "[c]" and "%" not in row["printed"]
    }
    hidden = {(*slot, f"{value:,.0f}") for slot, value, unit in protection.numbers(hidden=True) if unit == "number"}
    assert len(shown) > 500
    assert shown & hidden == set()


def test_the_same_world_gives_the_same_pattern(lived: Lived) -> None:
    told = [lived.cs("disclosure", "--form", "csv", "--to", str(lived.root / name)) for name in ("one", "two")]
    assert told[0].replace("/one/", "/two/") == told[1]
    hidden = [(lived.root / name / "disclosure" / "hidden.csv").read_bytes() for name in ("one", "two")]
    assert hidden[0] == hidden[1]
    assert json.dumps(told[0])
