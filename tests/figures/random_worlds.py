"""Small worlds of random deliveries: every source of a figure several times, later deliveries revising earlier ones.

What happened is drawn first, a truth for each source; each delivery tells what could be known of it on its day, with
gaps where the sender is careless, and the truth is revised between deliveries. Days are drawn close to where a rule
turns: three and six months, the ends of quarters and years, the day of the delivery itself. No delivery holds a
mistake.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from worlds import asb_book, book_of, log

from cs_pipeline.declare.registry import source_named
from cs_pipeline.samples.police_asb_incidents import Incident
from cs_pipeline.sources.marac import AGENCIES
from cs_pipeline.sources.police_asb import INCIDENT_TYPES, NOT_ASB

DAY = timedelta(days=1)
FIRST_QUARTERS = [date(2019 + n // 4, n % 4 * 3 + 4, 1) if n % 4 < 3 else date(2020 + n // 4, 1, 1) for n in range(12)]
STARTS = (0, 0, 4, 4, 4, 8, 8, 8, 1, 2, 3, 5, 6, 7, 9)  # most begin with a financial year, so that years come whole
NEW_FORMS = date(2021, 7, 1)

Rows = list[list[Any]]


@dataclass(frozen=True)
class Sent:
    """A file as its supplier sent it."""

    source: str
    as_at: date
    raw: bytes

    @property
    def name(self) -> str:
        return f"{source_named(self.source).title} {self.as_at}.xlsx"


@dataclass(frozen=True)
class Draw:
    """The quarters of a world, its dice, and whether whoever sends to it leaves gaps."""

    rng: Random
    quarters: tuple[date, ...]
    careless: bool

    @property
    def first(self) -> date:
        return self.quarters[0]

    @property
    def last(self) -> date:
        return end_of(self.quarters[-1])

    @property
    def months(self) -> list[date]:
        return [month_after(quarter, n) for quarter in self.quarters for n in range(3)]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def slips(self, share: float) -> bool:
        return self.careless and self.chance(share)

    def day(self, first: date, last: date) -> date:
        """Any day between two, and often the first, the last, or the last of some month."""
        day = first + self.rng.randint(0, max((last - first).days, 0)) * DAY
        months_end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        return self.rng.choice([day, day, day, first, last, min(months_end, last)])

    def sending_days(self, soonest: int = 0) -> list[date]:
        """The days that a source's deliveries speak for: about one a quarter, some too early, some long after.

        The one that is due comes `soonest` so many days after the quarter's last.
        """
        late = [0, 0, 40] if self.careless else [0, 0, 1, 5, 14]
        days = set()
        for quarter in self.quarters:
            if quarter == self.quarters[-1] and self.chance(0.25):  # the last quarter is not over
                days.add(end_of(quarter) - self.rng.choice([1, 10, 40]) * DAY)
                break
            if not self.slips(0.15):
                days.add(end_of(quarter) + max(soonest, self.rng.choice(late)) * DAY)
            if self.chance(0.25):
                days.add(end_of(quarter) - self.rng.choice([1, 10, 40, 75]) * DAY)
            if self.chance(0.15):
                days.add(end_of(quarter) + self.rng.choice([60, 150, 200]) * DAY)
        return sorted(days)

    def typed(self, day: date | None) -> date | str | int | None:
        """A day as people and spreadsheets write it."""
        if day is None:
            return None
        return self.rng.choice([day, day, f"{day:%d/%m/%Y}", (day - date(1899, 12, 30)).days])


def end_of(quarter: date) -> date:
    return month_after(quarter, 3) - DAY


def month_after(day: date, months: int) -> date:
    """The day some months on, or the month's last where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, calendar.monthrange(day.year + years, month + 1)[1]))


# ---------------------------------------------------------------- lists of cases, and the panel


@dataclass
class Happened:
    """A case, or a time on the agenda: when it began, and the days on which it closed and was opened again in turn."""

    reference: str
    began: date
    turns: list[date] = field(default_factory=list)

    def told(self, as_at: date) -> tuple[date, date | None, date | None]:
        """Began, latest closing and latest opening again, as known on a day."""
        known = [(n, day) for n, day in enumerate(self.turns) if day <= as_at]
        closings, openings = [day for n, day in known if n % 2 == 0], [day for n, day in known if n % 2]
        return self.began, max(closings, default=None), max(openings, default=None)


def turns(draw: Draw, began: date, *, most: int) -> list[date]:
    found: list[date] = []
    while len(found) < most and draw.chance((0.85, 0.45, 0.7)[min(len(found), 2)]):
        found.append(next_turn(draw, began, found[-1] if found else began))
    return found


def next_turn(draw: Draw, began: date, after: date) -> date:
    """A day from `after` on, mostly next to one where a rule turns."""
    year_end = date(after.year + (after.month > 3), 3, 31)
    turning = [month_after(began, 3), month_after(began, 6), year_end, after, month_after(year_end, 12)]
    near = draw.rng.choice(turning) + draw.rng.choice([-1, 0, 1]) * DAY
    return max(after, draw.rng.choice([near, near, after + draw.rng.randint(0, 250) * DAY]))


def begun(draw: Draw, prefix: str, n: int, *, most_turns: int) -> list[Happened]:
    """Cases of a world, or people's times on the agenda; some lists reach far back, some begin late."""
    earliest = draw.first - draw.rng.choice([-110, 0, 30, 200, 500]) * DAY
    days = [draw.day(earliest, draw.last) for _ in range(n)]
    return [
        Happened(f"{prefix}{number:04d}", day, turns(draw, day, most=most_turns)) for number, day in enumerate(days, 1)
    ]


def revise(draw: Draw, happened: list[Happened], *, most_turns: int) -> None:
    """Some days turn out to be others."""
    for one in happened:
        if draw.chance(0.05):
            one.began -= draw.rng.choice([1, 3, 40]) * DAY
        if draw.chance(0.08):
            one.turns = turns(draw, one.began, most=most_turns)


def spelt(draw: Draw, reference: str) -> str:
    """The same reference: case and marks make no difference."""
    return draw.rng.choice([reference, reference, reference.lower(), reference.replace("/", " ").replace("-", " ")])


REFERENCES = {"environmental_health_cases": "EH/19/", "housing_cases": "HSG-2019-", "communities_cases": "CS-"}


def case_lists(draw: Draw, source: str) -> Iterator[Sent]:
    happened = begun(draw, REFERENCES[source], draw.rng.randint(12, 26), most_turns=3)
    for as_at in draw.sending_days():
        listed = [one for one in happened if one.began <= as_at and draw.chance(0.9)]
        if listed:
            yield Sent(source, as_at, case_list(draw, source, as_at, listed))
        revise(draw, happened, most_turns=3)


def case_list(draw: Draw, source: str, as_at: date, listed: list[Happened]) -> bytes:
    opened_again = draw.rng.choice(["Re-opened", "Re-opened", "Opened again", None])
    received, closed = draw.rng.choice([("Received", "Closed"), ("Date received", "Date closed")])
    head = [draw.rng.choice(["Reference", "Case reference", "Ref No"]), received, closed, opened_again, "Type", "Ward"]
    keep = [place for place, heading in enumerate(head) if heading]
    open_rows, closed_rows = [], []
    for one in listed:
        days = one.told(as_at)
        row = [spelt(draw, one.reference), *map(draw.typed, days), None, draw.rng.choice(["Bramcote", None])]
        (closed_rows if days[1] else open_rows).append([row[place] for place in keep])
    titles = [["ASB cases"], [f"List as at {as_at:%d/%m/%Y}"], []]
    top = [*titles, [heading for heading in head if heading]]
    if source == "housing_cases":
        sheets = {"Open cases": open_rows, "Closed cases": closed_rows}
        return book_of({name: [*top, *rows, ["Total", len(rows)]] for name, rows in sheets.items() if rows})
    name = "ASB cases" if source == "environmental_health_cases" else "Cases"
    rows = [*open_rows, *closed_rows]
    draw.rng.shuffle(rows)
    return book_of({"Notes": [["One row a case."]], name: [*top, *rows[:3], [], *rows[3:]]})


def agendas(draw: Draw) -> Iterator[Sent]:
    times = begun(draw, "P-", draw.rng.randint(8, 18), most_turns=1)
    for again in draw.rng.sample(times, 4):  # people who come back after their removal, or stand twice
        began = next_turn(draw, again.began, again.began + DAY)
        times.append(Happened(again.reference, began, turns(draw, began, most=1)))
    for as_at in draw.sending_days():
        told = {(t.reference, t.began): t.told(as_at) for t in times if t.began <= as_at and draw.chance(0.9)}
        rows = [[spelt(draw, who), *map(draw.typed, days[:2])] for (who, _), days in told.items()]
        top = [["Panel on anti-social behaviour"], [f"Agenda as at {as_at:%d/%m/%Y}"], []]
        head = draw.rng.choice(
            [["Panel reference", "First discussed", "Removed"], ["Panel ref", "Date first discussed", "Date removed"]]
        )
        if rows:
            yield Sent("asb_panel", as_at, book_of({"Agenda": [*top, head, *rows, ["Total", len(rows)]]}))
        revise(draw, times, most_turns=1)


# ---------------------------------------------------------------- the enforcement register


KINDS = (
    "Acceptable Behaviour Contract", "ABC", "Community Protection Notice warning letter", "CPN warning", "CPW",
    "Community Protection Notice", "CPN", "Injunction", "Civil injunction", "Public Spaces Protection Order", "PSPO",
    "Community Trigger request", "ASB case review",
)  # fmt: skip
ISSUERS = ("Council", "Council", "Broxtowe Borough Council", "Police", "Nottinghamshire Police")


def registers(draw: Draw) -> Iterator[Sent]:
    def entry(quarter: date) -> list[Any]:
        return [draw.rng.choice(KINDS), draw.rng.choice(ISSUERS), draw.day(quarter, end_of(quarter))]

    happened = {quarter: [entry(quarter) for _ in range(draw.rng.choice([0, 3, 5, 9]))] for quarter in draw.quarters}
    for as_at in draw.sending_days():
        begun_by_then = [quarter for quarter in draw.quarters if quarter <= as_at]
        told = {
            quarter: [[kind, by, draw.typed(day)] for kind, by, day in happened[quarter] if day <= as_at]
            for quarter in begun_by_then[-draw.rng.randint(1 if draw.careless else 2, 4) :]
            if not draw.slips(0.1)
        }
        sheets = {tab_of(quarter): register_tab(draw, as_at, rows) for quarter, rows in told.items()}
        if sheets:
            yield Sent("enforcement_register", as_at, book_of(sheets))
        for quarter, rows in happened.items():
            if draw.chance(0.15):
                rows.append(rows[0] if rows and draw.chance(0.3) else entry(quarter))
            elif rows and draw.chance(0.1):
                rows.pop()


def tab_of(quarter: date) -> str:
    start = quarter.year - (quarter.month < 4)
    return f"Q{(quarter.month - 4) % 12 // 3 + 1} {start}-{(start + 1) % 100:02d}"


def register_tab(draw: Draw, as_at: date, rows: Rows) -> Rows:
    nothing = draw.rng.choice(["None in the quarter", "Nil", "None"])
    titles = [["Enforcement register"], [f"Register as at {as_at:%d/%m/%Y}"], []]
    return [*titles, draw.rng.choice([["Type", "Issued by", "Date"], ["Action", "Issuer", "Date issued"]]),
            *(rows or [[nothing]])]  # fmt: skip


# ---------------------------------------------------------------- the conference on domestic abuse


SUBGROUPS = {False: ["B&ME victims", "LGBT victims"], True: ["Racially minoritised victims", "LGBT+ victims"]}
YOUNG = {False: "Perpetrators aged 17 or under", True: "Persons causing harm aged 17 or under"}


def returns(draw: Draw) -> Iterator[Sent]:
    """Returns of one quarter each; some are made before it is over, and some are made again."""
    taken: set[date] = set()
    for quarter in draw.quarters:
        n = draw.rng.choice([0, 1, 2, 2, 3] if draw.careless else [1, 2, 3])
        held = sorted({draw.day(quarter, end_of(quarter)) for _ in range(n)})
        none_at_all = draw.chance(0.1)
        days = [end_of(quarter) + draw.rng.choice([0, 1, 19, 40]) * DAY] if not draw.slips(0.15) else []
        days += [end_of(quarter) - draw.rng.choice([1, 20, 50]) * DAY] if draw.chance(0.3) else []
        days += [end_of(quarter) + draw.rng.choice([100, 160]) * DAY] if draw.chance(0.3) else []
        for as_at in sorted(set(days) - taken):
            taken.add(as_at)
            rows = [row for day in held if day <= as_at for row in meeting(draw, day, none_at_all)]
            if rows:
                yield Sent("marac", as_at, marac_return(quarter, as_at, rows))
            if draw.chance(0.3):
                held = held[:-1] if len(held) > 1 else held


def meeting(draw: Draw, day: date, none_at_all: bool) -> Rows:
    """The whole conference's row and the borough's part of it; some meetings have no cases of the borough."""
    found = []
    n_here = 0 if none_at_all else draw.rng.randint(0, 9)
    n_back = draw.rng.randint(0, n_here)
    for area, more in (("South Notts", 10), ("Broxtowe", 0)):
        n = n_here + more
        by_police = draw.rng.randint(0, n)
        agencies = [by_police, n - by_police, *[0] * (len(AGENCIES) - 2)]
        found.append([draw.typed(day), area, n, n_back + more // 2, *agencies, n + more, *[0] * 6])
    return found[:1] if draw.slips(0.15) else found


def marac_return(quarter: date, as_at: date, rows: Rows) -> bytes:
    is_new = as_at >= NEW_FORMS
    counted = ["Cases discussed", "Repeat cases", *AGENCIES.values(), "Children in household", *SUBGROUPS[is_new]]
    others = ["Disabled victims", "Male victims", "Victims aged 16-17", YOUNG[is_new]]
    head = ["Date of meeting" if is_new else "Meeting date", "Area", *counted, *others]
    said = f"Quarter: {tab_of(quarter).replace('-', '/')}"
    titles = [["South Nottinghamshire MARAC"], [said], [f"Return made on {as_at:%d/%m/%Y}"], []]
    return book_of({"MARAC data": [*titles, head, *rows]})


# ---------------------------------------------------------------- recorded crime


OFFENCES = (
    "All crime", "Residential burglary", "Business and community burglary", "Theft of a vehicle",
    "Theft from a vehicle", "Vehicle interference", "Personal robbery", "Business robbery", "Violence with injury",
    "Hate crimes and incidents", "Domestic abuse crimes and incidents", "Shoplifting",
)  # fmt: skip
ALIASES = {
    "All crime": "Total recorded crime",
    "Residential burglary": "Burglary - residential",
    "Personal robbery": "Robbery - personal",
    "Hate crimes and incidents": "Hate crime",
    "Domestic abuse crimes and incidents": "Domestic abuse",
}


def extracts(draw: Draw) -> Iterator[Sent]:
    """The months of a financial year that are over, or the latest of them; an offence may be left out."""
    counts = {(offence, month): draw.rng.choice([0, 1, 4, 12]) for offence in OFFENCES for month in draw.months}
    for as_at in draw.sending_days(soonest=1):
        over = [month for month in draw.months if month_after(month, 1) <= as_at]
        start = date(over[-1].year - (over[-1].month < 4), 4, 1) if over else as_at
        months = [month for month in over if month >= start][-draw.rng.choice([12, 3, 2] if draw.careless else [12]) :]
        told = [offence for offence in OFFENCES if not draw.slips(0.1)]
        if months and told:
            yield Sent("police_crime", as_at, extract(draw, as_at, months, told, counts))
        for key in counts:
            if draw.chance(0.05):
                counts[key] = draw.rng.randint(0, 9)


def extract(draw: Draw, as_at: date, months: list[date], told: list[str], counts: dict[tuple[str, date], int]) -> bytes:
    is_new = as_at >= NEW_FORMS
    shown = "%B %Y" if is_new else "%b %Y"
    head = ["Offence category" if is_new else "Offence", *(f"{month:{shown}}" for month in months), "Total"]
    rows = []
    for offence in told:
        values = [counts[offence, month] for month in months]
        rows.append([ALIASES.get(offence, offence) if draw.chance(0.3) else offence, *values, sum(values)])
    draw.rng.shuffle(rows)
    query = "Query: offences by date recorded, Broxtowe district, counting rules 2019/20"
    titles = [["Recorded crime"], [f"Data extracted on {as_at:%d/%m/%Y}"], [query], []]
    return book_of({"Monthly counts" if is_new else "Recorded crime": [*titles, head, *rows]})


# ---------------------------------------------------------------- incidents of anti-social behaviour


def workbooks(draw: Draw) -> Iterator[Sent]:
    """Tabs of a quarter, or of the latest months again; an incident of a month's last days may stand in two tabs."""
    happened: dict[date, list[Incident]] = {}
    for month in draw.months:
        n = 0 if draw.slips(0.15) else draw.rng.choice([1, 2, 3, 5])
        days = [draw.day(month, month_after(month, 1) - DAY) for _ in range(n)]
        happened[month] = [
            incident(draw, f"NP-{day:%Y%m%d}-{number:04d}") for number, day in enumerate(sorted(days), 1)
        ]
    for as_at in draw.sending_days():
        by_then = [month for month in draw.months if month <= as_at]
        tabs: dict[str, list[Incident]] = {}
        late: list[Incident] = []
        for month in by_then[-draw.rng.choice([3, 4] if draw.careless else [5, 6]) :]:
            mine = [one for one in happened[month] if one.at.date() <= as_at and draw.chance(0.85)]
            if not draw.slips(0.1):
                tabs[f"{month:%Y-%m}"] = [*late, *mine]
                late = [reclosed(draw, one) for one in mine[-1:] if one.at.day > 27]
            else:
                late = []
        if any(tabs.values()):
            raw = asb_book(as_at.isoformat(), tabs, is_revised=draw.chance(0.3), place=draw.rng.randint(0, 11))
            yield Sent("police_asb", as_at, raw)
        for month, listed in happened.items():
            happened[month] = [reclosed(draw, one) if draw.chance(0.15) else one for one in listed]


def closing(draw: Draw) -> str:
    """What a log is closed as: mostly a heading of anti-social behaviour, else something else, or not yet at all."""
    return draw.rng.choice([draw.rng.choice(INCIDENT_TYPES), "Noise", "Trespass", draw.rng.choice(NOT_ASB), ""])


def incident(draw: Draw, number: str) -> Incident:
    return log(number, closing(draw), date_form=draw.rng.choice([0, 70, 90]))


def reclosed(draw: Draw, one: Incident) -> Incident:
    return replace(one, closing=closing(draw))


# ---------------------------------------------------------------- a world


@cache
def random_deliveries(seed: int) -> tuple[list[Sent], Sent | None]:
    """What all sources send in three to eight quarters, and the one delivery that is withdrawn, where one is."""
    rng = Random(seed)  # noqa: S311 (a world must come out the same again)
    start = rng.choice(STARTS)
    quarters = tuple(FIRST_QUARTERS[start : start + rng.choice([3, 4, 4, 5, 8])])

    def draw() -> Draw:
        return Draw(rng, quarters, careless=rng.random() < 0.5)

    sent = [
        *extracts(draw()),
        *workbooks(draw()),
        *(one for source in REFERENCES for one in case_lists(draw(), source)),
        *returns(draw()),
        *registers(draw()),
        *agendas(draw()),
    ]
    rng.shuffle(sent)
    if rng.random() < 0.3:
        return sent, None
    withdrawn = rng.choice(sent)
    if rng.random() < 0.7:  # the latest of its source, which nothing has replaced
        withdrawn = max((one for one in sent if one.source == withdrawn.source), key=lambda one: one.as_at)
    return sent, withdrawn
