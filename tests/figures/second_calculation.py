"""Every measure calculated a second time, in plain Python from the archive's bytes, to hold the warehouse's against.

It shares nothing with the pipeline but the key that opens the archive: it finds sheets, headings and cells by itself.
It expects deliveries without a mistake, so no rule of a declaration is applied; `random_worlds.py` sends only such.

Where the words of a measure leave something open, this is how they are read here:

- Two deliveries of a source never speak for the same day. Which of them holds is settled, and tested, elsewhere.
- An incident that one workbook lists in several tabs counts as in the tab of the latest month, at its lowest row.
- A case counts as received on the day that holds now; an earlier delivery's other day no longer says since when the
  list covers. Withdrawn deliveries say nothing at all: neither rows, nor a first day, nor a latest one.
- Opened again on the day of its closing, a case stays closed: only a later day opens it again.
- On the day of removal an individual is still on the agenda; "still on the agenda" at a day means removed later.
- A case or a time on the agenda that is closed before the year began, and not opened again, is in no band of the year.
- The day of an entry of the register lies in the quarter of its tab, so the tab's quarter is the entry's.
- A ratio whose denominator is 0 is on record and has no value: its figure here is (numerator, 0).
"""

import calendar
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from cs_pipeline.intake.seal import Key, is_sealed

Row = list[Any]
Figure = tuple[int, int | None]  # numerator, and denominator of a ratio
Figures = dict[tuple[str, str, str], Figure]  # (indicator, kind of period, key of the period); only what there is

FIRST_YEAR, LAST_YEAR = 2018, 2024
COVERS_FROM = date(2019, 4, 1)
DAY = timedelta(days=1)

QUARTER, TO_DATE, YEAR = "quarter", "year to date", "year"


# ---------------------------------------------------------------- days and periods


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_of(day: date) -> date:
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    return add_months(month_of(day), 1) - DAY


def quarter_of(day: date) -> date:
    """The first day of the calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def year_end_of(day: date) -> date:
    """The last day of the financial year."""
    return date(day.year + (day.month > 3), 3, 31)


def key_of(quarter: date) -> str:
    """`2021-22-Q3` of the first day of a quarter."""
    start = year_end_of(quarter).year - 1
    return f"{start}-{(start + 1) % 100:02d}-Q{(quarter.month - 4) % 12 // 3 + 1}"


def day_in(cell: object) -> date | None:
    """A date, the serial number beneath one, `14/07/2019`, or `2019-07-14`; None for a blank."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float):
        return date(1899, 12, 30) + int(cell) * DAY
    text = str(cell or "").strip()
    if found := re.fullmatch(r"(\d\d?)/(\d\d?)/(\d{4})", text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return date.fromisoformat(text) if text else None


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def month_in(cell: object) -> date | None:
    """The first day of `Apr 2019`, `July 2021 (revised)`, or a date that is meant as a month; None for no month."""
    if isinstance(cell, date):
        return month_of(day_in(cell) or cell)
    found = re.match(r"([A-Za-z]{3})[a-z]* (\d{4})\b", str(cell or ""))
    return date(int(found[2]), MONTHS.index(found[1].lower()) + 1, 1) if found and found[1].lower() in MONTHS else None


def quarter_in(text: str) -> date:
    """The first day of `Q3 2019-20` or `Q3 2019/20`."""
    found = re.search(r"Q([1-4]) (\d{4})", text)
    assert found, text
    return add_months(date(int(found[2]), 4, 1), 3 * int(found[1]) - 3)


# ---------------------------------------------------------------- from bytes to rows


@dataclass(frozen=True)
class Delivery:
    """A workbook of the archive: whose it is, the day it speaks for, and the cells of its sheets."""

    source: str
    as_at: date
    sheets: dict[str, list[Row]]


# A source is told by the names of its sheets.
SHEETS = {
    "police_asb": r"[A-Z][a-z]{2,8} \d{4}( \(revised\))?",
    "police_crime": "Recorded crime|Monthly counts",
    "marac": "MARAC data",
    "environmental_health_cases": "ASB cases",
    "housing_cases": "(Open|Closed) cases",
    "communities_cases": "Cases",
    "asb_panel": "Agenda",
    "enforcement_register": r"Q[1-4] \d{4}-\d\d",
}
AS_AT = re.compile(r"\b(?:extracted on|as at|made on) (\d\d/\d\d/\d{4})")


def open_archive(archive: Path, key: Key, withdrawn: Collection[str] = ()) -> list[Delivery]:
    """Every workbook that counts, the earliest day first; `withdrawn` are hashes of those that do not."""
    found = []
    for path in sorted(archive.glob("??/*")):
        raw = key.unseal(path.read_bytes()) if is_sealed(path) else path.read_bytes()
        assert hashlib.sha256(raw).hexdigest() == path.name, "the archive keeps other bytes than it says"
        if raw.startswith(b"PK") and path.name not in withdrawn:
            found.append(read_workbook(raw))
    found.sort(key=lambda delivery: (delivery.source, delivery.as_at))
    days = [(delivery.source, delivery.as_at) for delivery in found]
    assert len(days) == len(set(days)), "two deliveries of a source speak for one day"
    return found


def read_workbook(raw: bytes) -> Delivery:
    book = load_workbook(BytesIO(raw), data_only=True)
    cells = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    (source,) = {s for s, pattern in SHEETS.items() for name in cells if re.fullmatch(pattern, name)}
    sheets = {name: rows for name, rows in cells.items() if re.fullmatch(SHEETS[source], name)}
    texts = [cell for rows in sheets.values() for row in rows[:5] for cell in row if isinstance(cell, str)]
    (as_at,) = {day_in(said[1]) for text in texts if (said := AS_AT.search(text))}
    assert as_at
    return Delivery(source, as_at, sheets)


def plain(cell: object) -> str:
    return re.sub(r"[\W_]+", "", str(cell or "").lower())


def under_headings(rows: list[Row], *needed: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """The cells under some headings, each given in all its spellings, row by row, without blank rows and totals.

    A column that is not there has blanks.
    """
    spellings = [[plain(heading) for heading in headings] for headings in needed]
    at = next(n for n, row in enumerate(rows) if {plain(cell) for cell in row if cell} & set(spellings[0]))
    headings = [plain(cell) for cell in rows[at]]
    places = [next((headings.index(word) for word in words if word in headings), None) for words in spellings]
    for row in rows[at + 1 :]:
        first = next((cell for cell in row if cell not in (None, "")), None)
        if first is not None and not plain(first).startswith("total"):
            yield tuple(None if place is None else row[place] for place in places)


Told = dict[Any, list[tuple[date, Any]]]  # by key: the rows that hold now, each with the day its delivery speaks for


def hold_now(deliveries: list[Delivery], rows_of: Callable[[Delivery], Iterable[tuple[Hashable, Any]]]) -> Told:
    """Each key's rows of the latest delivery that has the key."""
    now: Told = {}
    for delivery in deliveries:
        told = defaultdict(list)
        for key, row in rows_of(delivery):
            told[key].append((delivery.as_at, row))
        now |= told
    return now


# ---------------------------------------------------------------- what a measure is


SUM, RATIO, DISTINCT, YEAR_END = "sum", "ratio", "distinct", "year end"
Counts = Callable[[date, date], int]


@dataclass(frozen=True)
class Measure:
    """What is counted from a first day to a last, and whether all of a month is on record."""

    counts: Counts
    has: Callable[[date], bool]
    rollup: str = SUM
    out_of: Counts | None = None

    def figures(self) -> Iterator[tuple[str, str, Figure]]:
        for start in range(FIRST_YEAR, LAST_YEAR + 1):
            quarters = [add_months(date(start, 4, 1), months) for months in (0, 3, 6, 9)]
            if self.rollup != YEAR_END:
                for n, quarter in enumerate(quarters, 1):
                    if figure := self.figure([quarter]):
                        yield QUARTER, key_of(quarter), figure
                    if figure := self.figure(quarters[:n]):
                        yield TO_DATE, key_of(quarter), figure
            if figure := self.figure(quarters):
                yield YEAR, key_of(quarters[0])[:7], figure

    def figure(self, quarters: list[date]) -> Figure | None:
        """None unless every month of the quarters is on record."""
        months = [add_months(quarter, n) for quarter in quarters for n in range(3)]
        if not all(map(self.has, months)):
            return None
        runs = [(quarter, add_months(quarter, 3) - DAY) for quarter in quarters]
        if self.rollup in (DISTINCT, YEAR_END):  # measured over the whole, never summed
            runs = [(runs[0][0], runs[-1][1])]
        numerator = sum(self.counts(*run) for run in runs)
        return numerator, sum(self.out_of(*run) for run in runs) if self.out_of else None


def covered(deliveries: list[Delivery], first_days: list[date]) -> Callable[[date], bool]:
    """Whether a list of what has a beginning covers a month: it goes back before its first delivery."""
    if not deliveries:
        return lambda _: False
    first_quarter_sent = add_months(quarter_of(deliveries[0].as_at + DAY), -3)
    since = max(COVERS_FROM, min(quarter_of(min(first_days)), first_quarter_sent))
    return lambda month: month >= since and last_of_month(month) <= deliveries[-1].as_at


# ---------------------------------------------------------------- recorded crime


OFFENCES = {
    "ComS_001": ["All crime"],
    "ComS_007": ["Residential burglary", "Business and community burglary"],
    "ComS_008": ["Theft of a vehicle", "Theft from a vehicle", "Vehicle interference"],
    "ComS_009": ["Personal robbery", "Business robbery"],
    "ComS_010": ["Violence with injury"],
    "ComS_020": ["Hate crimes and incidents"],
    "ComS_025": ["Domestic abuse crimes and incidents"],
}
ALSO_WRITTEN = {
    "All crime": "Total recorded crime",
    "Residential burglary": "Burglary - residential",
    "Business and community burglary": "Burglary - business and community",
    "Personal robbery": "Robbery - personal",
    "Business robbery": "Robbery - business",
    "Hate crimes and incidents": "Hate crime",
    "Domestic abuse crimes and incidents": "Domestic abuse",
}
MEANT = {plain(name): name for names in OFFENCES.values() for name in names}
MEANT |= {plain(written): name for name, written in ALSO_WRITTEN.items()}


def recorded(delivery: Delivery) -> Iterator[tuple[tuple[str, date], int]]:
    for rows in delivery.sheets.values():
        at = next(n for n, row in enumerate(rows) if {"offence", "offencecategory"} & set(map(plain, row)))
        months = [(place, month) for place, cell in enumerate(rows[at]) if (month := month_in(cell))]
        name_at = next(n for n, cell in enumerate(rows[at]) if plain(cell) in ("offence", "offencecategory"))
        for row in rows[at + 1 :]:
            if offence := MEANT.get(plain(row[name_at])):
                yield from (((offence, month), int(row[place])) for place, month in months)


def measure_crime(deliveries: list[Delivery]) -> dict[str, Measure]:
    now = {key: told[-1][1] for key, told in hold_now(deliveries, recorded).items()}

    def measure(offences: list[str]) -> Measure:
        def counts(first: date, last: date) -> int:
            return sum(n for (offence, month), n in now.items() if offence in offences and first <= month <= last)

        return Measure(counts, lambda month: all((offence, month) in now for offence in offences))

    return {code: measure(offences) for code, offences in OFFENCES.items()}


# ---------------------------------------------------------------- incidents of anti-social behaviour


ASB_HEADINGS = """abandoned vehicle, vehicle nuisance, rowdy or inconsiderate behaviour, nuisance neighbours,
    littering/drugs paraphernalia, animal problems, trespass, nuisance communications, street drinking,
    prostitution-related activity, noise, begging, fireworks"""
CLOSED_AS_ASB = {plain(heading) for heading in ASB_HEADINGS.split(",")}


def incidents(delivery: Delivery) -> Iterator[tuple[str, tuple[date, str]]]:
    """Number -> its day and what it was closed as; of several rows the one that counts comes last."""
    tabs = [(month, rows) for name, rows in delivery.sheets.items() if (month := month_in(name))]
    for _, rows in sorted(tabs, key=lambda tab: tab[0]):
        wanted = ("Incident No", "Incident Number"), ("Date", "Incident Date"), ("Closing Code", "Closing Type")
        for number, day, closing in under_headings(rows, *wanted):
            happened = day_in(day)
            assert happened
            yield number, (happened, plain(closing))


def measure_asb(deliveries: list[Delivery]) -> dict[str, Measure]:
    now = [told[-1] for told in hold_now(deliveries, incidents).values()]
    latest: dict[date, date] = {}
    for as_at, (day, _) in now:
        latest[month_of(day)] = max(as_at, latest.get(month_of(day), as_at))

    def counts(first: date, last: date) -> int:
        return sum(first <= day <= last and closing in CLOSED_AS_ASB for _, (day, closing) in now)

    return {"ComS_011": Measure(counts, lambda month: month in latest and latest[month] >= last_of_month(month))}


# ---------------------------------------------------------------- lists of cases


@dataclass(frozen=True)
class Case:
    received: date
    closed: date | None
    reopened: date | None

    def open_on(self, day: date) -> bool:
        """Whether it is open at the end of a day, as far as its latest closing tells."""
        if self.closed is None or self.closed > day:
            return True
        return self.reopened is not None and self.closed < self.reopened <= day

    @property
    def closed_for_good(self) -> date | None:
        """Its closing day, unless it was opened again before the closing's financial year was over."""
        return None if self.closed is None or self.open_on(year_end_of(self.closed)) else self.closed

    def band(self, on: date) -> str:
        """How long after it was received a day is."""
        if on < add_months(self.received, 3):
            return "a"
        return "b" if on <= add_months(self.received, 6) else "c"


def cases(delivery: Delivery) -> Iterator[tuple[str, Case]]:
    wanted = (
        ("Case reference", "Reference", "Case ref", "Ref No"),
        ("Received", "Date received"),
        ("Closed", "Date closed"),
        ("Re-opened", "Opened again"),
    )
    for rows in delivery.sheets.values():
        for reference, received, closed, reopened in under_headings(rows, *wanted):
            came = day_in(received)
            assert came
            yield plain(reference), Case(came, day_in(closed), day_in(reopened))


def measure_cases(code: str, deliveries: list[Delivery]) -> dict[str, Measure]:
    now: list[Case] = [told[-1][1] for told in hold_now(deliveries, cases).values()]
    has = covered(deliveries, [case.received for case in now])

    def received(first: date, last: date) -> int:
        return sum(first <= case.received <= last for case in now)

    def closed_within(band: str, first: date, last: date) -> int:
        closings = [(case, day) for case in now if (day := case.closed_for_good) and first <= day <= last]
        return sum(case.band(day) == band for case, day in closings)

    def soon(first: date, last: date) -> int:
        return closed_within("a", first, last)

    def late(first: date, last: date) -> int:
        still_open = sum(case.open_on(last) and add_months(case.received, 6) < last for case in now)
        return closed_within("c", first, last) + still_open

    return {
        code: Measure(received, has),
        f"{code}a": Measure(soon, has),
        f"{code}b": Measure(lambda first, last: closed_within("b", first, last), has),
        f"{code}c": Measure(late, has, YEAR_END),
        f"{code}d": Measure(soon, has, RATIO, received),
    }


# ---------------------------------------------------------------- the conference on domestic abuse


def meetings(delivery: Delivery) -> Iterator[tuple[date, tuple[date, str, int, int]]]:
    """Quarter of the return -> day, area, cases and repeats of each meeting."""
    wanted = (
        ("Meeting date", "Date of meeting"),
        ("Area",),
        ("Cases discussed", "Number of cases discussed"),
        ("Repeat cases", "Repeats"),
    )
    for rows in delivery.sheets.values():
        (quarter,) = {quarter_in(cell) for row in rows[:5] for cell in row if str(cell).startswith("Quarter: ")}
        for meeting, area, n_cases, n_repeats in under_headings(rows, *wanted):
            held = day_in(meeting)
            assert held
            yield quarter, (held, plain(area), int(n_cases), int(n_repeats))


def measure_marac(deliveries: list[Delivery]) -> dict[str, Measure]:
    told = [row for rows in hold_now(deliveries, meetings).values() for row in rows]
    now = [(as_at, day, n, repeats) for as_at, (day, area, n, repeats) in told if area == "broxtowe"]

    def has(month: date) -> bool:
        days = [as_at for as_at, day, _, _ in now if quarter_of(day) == quarter_of(month)]
        return bool(days) and max(days) >= add_months(quarter_of(month), 3) - DAY

    def discussed(first: date, last: date) -> int:
        return sum(n for _, day, n, _ in now if first <= day <= last)

    def came_back(first: date, last: date) -> int:
        return sum(repeats for _, day, _, repeats in now if first <= day <= last)

    return {
        "ComS_024": Measure(came_back, has, RATIO, discussed),
        "ComS_024a": Measure(discussed, has),
        "ComS_024b": Measure(came_back, has),
    }


# ---------------------------------------------------------------- the enforcement register


ANYONE = {"council", "broxtoweboroughcouncil", "police", "nottinghamshirepolice"}
COUNCIL, POLICE = {"council", "broxtoweboroughcouncil"}, {"police", "nottinghamshirepolice"}
CONTRACT = "Acceptable Behaviour Contract", "ABC"
WARNING = "Community Protection Notice warning letter", "CPN warning letter", "CPN warning", "CPW"
NOTICE = "Community Protection Notice", "CPN"
INJUNCTION = "Injunction", "Civil injunction"
TRIGGER = "Community Trigger request", "Community Trigger", "ASB case review"
ORDER = "Public Spaces Protection Order", "PSPO"
ENTRIES = {
    "ComS_002": (CONTRACT, ANYONE),
    "ComS_016": (INJUNCTION, COUNCIL),
    "ComS_018a": (WARNING, COUNCIL),
    "ComS_018b": (WARNING, POLICE),
    "ComS_019a": (NOTICE, COUNCIL),
    "ComS_019b": (NOTICE, POLICE),
    "ComS_028": (TRIGGER, COUNCIL),
    "ComS_029": (ORDER, ANYONE),
}


def entries(delivery: Delivery) -> Iterator[tuple[date, tuple[str, str]]]:
    """Quarter of the tab -> what was issued and by whom; a tab without anything says so in an entry."""
    for name, rows in delivery.sheets.items():
        for kind, by in under_headings(rows, ("Type", "Action"), ("Issued by", "Issuer")):
            yield quarter_in(name), (plain(kind), plain(by))


def measure_register(deliveries: list[Delivery]) -> dict[str, Measure]:
    now = hold_now(deliveries, entries)

    def has(month: date) -> bool:
        told = now.get(quarter_of(month), [])
        return any(as_at >= add_months(quarter_of(month), 3) - DAY for as_at, _ in told)

    def measure(kinds: tuple[str, ...], issuers: set[str]) -> Measure:
        known = set(map(plain, kinds))

        def counts(first: date, last: date) -> int:
            entered = [entry for quarter, told in now.items() if first <= quarter <= last for _, entry in told]
            return sum(kind in known and by in issuers for kind, by in entered)

        return Measure(counts, has)

    return {code: measure(kinds, issuers) for code, (kinds, issuers) in ENTRIES.items()}


# ---------------------------------------------------------------- the panel


def agenda(delivery: Delivery) -> Iterator[tuple[tuple[str, date], tuple[str, Case]]]:
    """A person's time on the agenda, by its first day; like a case, it begins and perhaps ends."""
    wanted = (
        ("Panel reference", "Reference", "Panel ref"),
        ("First discussed", "Date first discussed"),
        ("Removed", "Date removed", "Removed from agenda"),
    )
    for rows in delivery.sheets.values():
        for reference, first, removed in under_headings(rows, *wanted):
            discussed = day_in(first)
            assert discussed
            yield (plain(reference), discussed), (plain(reference), Case(discussed, day_in(removed), None))


def measure_panel(deliveries: list[Delivery]) -> dict[str, Measure]:
    now: list[tuple[str, Case]] = [told[-1][1] for told in hold_now(deliveries, agenda).values()]
    has = covered(deliveries, [time.received for _, time in now])

    def people(first: date, last: date) -> int:
        return len({who for who, t in now if t.received <= last and (t.closed is None or t.closed >= first)})

    def ended(band: str, first: date, last: date) -> int:
        ends = [(time, day) for _, time in now if (day := time.closed) and first <= day <= last]
        return sum(time.band(day) == band for time, day in ends)

    def long(first: date, last: date) -> int:
        still_on = sum(time.open_on(last) and add_months(time.received, 6) < last for _, time in now)
        return ended("c", first, last) + still_on

    return {
        "ComS_015a": Measure(lambda first, last: ended("a", first, last), has, YEAR_END),
        "ComS_015b": Measure(lambda first, last: ended("b", first, last), has, YEAR_END),
        "ComS_015c": Measure(long, has, YEAR_END),
        "ComS_017": Measure(people, has, DISTINCT),
    }


# ---------------------------------------------------------------- all of it


def measures(deliveries: list[Delivery]) -> dict[str, Measure]:
    by = defaultdict(list)
    for delivery in deliveries:
        by[delivery.source].append(delivery)
    return {
        **measure_crime(by["police_crime"]),
        **measure_asb(by["police_asb"]),
        **measure_cases("ComS_012", by["environmental_health_cases"]),
        **measure_cases("ComS_013", by["housing_cases"]),
        **measure_cases("ComS_014", by["communities_cases"]),
        **measure_marac(by["marac"]),
        **measure_register(by["enforcement_register"]),
        **measure_panel(by["asb_panel"]),
    }


def calculate(archive: Path, key: Key, withdrawn: Collection[str] = ()) -> Figures:
    """Every figure that can be had from an archive; what is not here is not yet available."""
    found = measures(open_archive(archive, key, withdrawn))
    return {(code, kind, period): figure for code, of in found.items() for kind, period, figure in of.figures()}
