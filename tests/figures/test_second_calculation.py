"""The figures of the warehouse against a second calculation from the archive's bytes, on random worlds; and whether
that calculation is right on cases worked out by hand, and would notice if a rule were another.
"""

import inspect
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from io import BytesIO
from types import ModuleType
from typing import Any

import pytest
import second_calculation
from openpyxl import load_workbook
from random_worlds import REFERENCES as CASE_LISTS
from random_worlds import Sent, random_deliveries
from second_calculation import DAY, QUARTER, TO_DATE, YEAR, Figures, calculate, plain, quarter_of
from worlds import KEY, World, asb_book, book_of, cases, crime, hurry, log, new_world, sha256, small_folder, withdrawal

from cs_pipeline.warehouse import take as taking
from cs_pipeline.warehouse.archive import keep

N_WORLDS_IN_MAKE_TEST = 1
N_WORLDS_LOOKED_THROUGH = 12  # Enough for every measure, and for a slip of any rule to show.
N_WORLDS = 100

ADDED = ("ComS_001", "ComS_007", "ComS_008", "ComS_009", "ComS_010", "ComS_011", "ComS_020", "ComS_025")
OF_CASES = tuple(f"ComS_{number}{band}" for number in ("012", "013", "014") for band in ("", "a", "b", "d"))
OTHERS = ("ComS_002", "ComS_016", "ComS_018a", "ComS_018b", "ComS_019a", "ComS_019b", "ComS_028", "ComS_029",
          "ComS_017", "ComS_024", "ComS_024a", "ComS_024b")  # fmt: skip
AT_YEAR_END = ("ComS_012c", "ComS_013c", "ComS_014c", "ComS_015a", "ComS_015b", "ComS_015c")
MEASURES = dict.fromkeys((*ADDED, *OF_CASES, *OTHERS), (QUARTER, TO_DATE, YEAR))
MEASURES |= dict.fromkeys(AT_YEAR_END, (YEAR,))
NOT_COMPARABLE_BEFORE = dict.fromkeys(("ComS_008", "ComS_009", "ComS_010"), "2021-22")


# ---------------------------------------------------------------- random worlds


NOT_YET, NO_VALUE = "not yet available", "not applicable"
# A figure, or why there is none; what is not yet available has no answer.
Answers = dict[tuple[str, str, str], tuple[int, int | None] | str]


def is_compared(code: str, kind: str, period: str) -> bool:
    """Whether the measure has such periods; the warehouse holds those before some year back as not comparable."""
    return kind in MEASURES.get(code, ()) and period >= NOT_COMPARABLE_BEFORE.get(code, "")


def from_the_bytes(figures: Figures) -> Answers:
    return {at: NO_VALUE if figure[1] == 0 else figure for at, figure in figures.items() if is_compared(*at)}


def from_the_warehouse(world: World) -> Answers:
    rows = world.ask(
        "select indicator_code, period_kind, period_key, missing_reason, numerator, denominator "
        "from marts.figure_calculated where missing_reason is distinct from $1",
        NOT_YET,
    )
    return {(*at,): reason or (n, out_of) for *at, reason, n, out_of in rows if is_compared(*at)}


def differences(ours: Answers, theirs: Answers) -> list[str]:
    """Each answer that is not the same in both."""
    return [
        f"{', '.join(at)}: {ours.get(at, NOT_YET)} from the bytes, {theirs.get(at, NOT_YET)} in the warehouse"
        for at in sorted(ours.keys() | theirs.keys())
        if ours.get(at) != theirs.get(at)
    ]


def check(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    monkeypatch.setattr(taking, "give_back", lambda *_: None)  # no supplier waits for a copy
    sent, withdrawn = random_deliveries(seed)
    with new_world() as world:
        for one in sent:
            world.drop(one.source, one.name, one.raw)
        if withdrawn:
            world.decide(withdrawal(withdrawn.source, sha256(withdrawn.raw)))
        world.run()
        mistakes = world.ask("select sentence from meta.finding where severity <> 'warned'")
        assert not mistakes, "a random world holds no mistake"
        figures = calculate(world.settings.archive, KEY, [sha256(withdrawn.raw)] if withdrawn else [])
        ours, theirs = from_the_bytes(figures), from_the_warehouse(world)
        differ = differences(ours, theirs)
        assert not differ, f"world {seed}, {len(differ)} answers differ beside {len(ours)}:\n" + "\n".join(differ)


@pytest.mark.parametrize("seed", range(N_WORLDS_IN_MAKE_TEST))
def test_the_second_calculation_agrees_on_random_worlds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    check(seed, monkeypatch)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(N_WORLDS_IN_MAKE_TEST, N_WORLDS))
def test_the_second_calculation_agrees_on_a_hundred_random_worlds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    check(seed, monkeypatch)


# ---------------------------------------------------------------- whether the random worlds could show a difference


@cache
def standing(seed: int) -> list[Sent]:
    sent, withdrawn = random_deliveries(seed)
    return sorted((one for one in sent if one is not withdrawn), key=lambda one: (one.source, one.as_at))


@cache
def read(seed: int) -> list[second_calculation.Delivery]:
    return [second_calculation.read_workbook(one.raw) for one in standing(seed)]


def figures(deliveries: list[Any], of: Any = second_calculation) -> Figures:
    found = of.measures(deliveries)
    return {(code, kind, at): figure for code, measure in found.items() for kind, at, figure in measure.figures()}


@pytest.mark.proof
def test_every_measure_is_compared_often_enough() -> None:
    """A figure counts here where it is more than nothing: two ways of counting nothing always agree."""
    counted = Counter(
        (code, kind)
        for seed in range(N_WORLDS_LOOKED_THROUGH)
        for (code, kind, period), (numerator, out_of) in right(seed).items()
        if numerator and out_of != 0 and is_compared(code, kind, period)
    )
    assert {code for code, _ in counted} == MEASURES.keys()
    least = {QUARTER: 10, TO_DATE: 10, YEAR: 3}
    too_few = {(c, kind): counted[c, kind] for c, kinds in MEASURES.items() for kind in kinds}
    too_few = {at: n for at, n in too_few.items() if n < least[at[1]]}
    assert not too_few, f"too few figures of {too_few}"


# What a rule says -> what a slip of it would say.
SLIPS = [
    ("on < add_months(self.received, 3)", "on <= add_months(self.received, 3)"),
    ("on <= add_months(self.received, 6)", "on < add_months(self.received, 6)"),
    ("min(day.day, calendar.monthrange(year, month + 1)[1]))", "1) + (day.day - 1) * DAY"),
    ("self.closed < self.reopened <= day", "self.closed <= self.reopened <= day"),
    ("self.closed < self.reopened <= day", "self.closed < self.reopened < day"),
    ("self.closed < self.reopened <= day", "self.reopened <= day"),
    ("self.closed > day", "self.closed >= day"),
    ("self.open_on(year_end_of(self.closed))", "self.open_on(date.max)"),
    ("self.open_on(year_end_of(self.closed))", "False"),
    ("add_months(case.received, 6) < last", "add_months(case.received, 5) < last"),  # 31 March is no day's half year
    ("first <= case.received <= last", "first < case.received <= last"),
    ("first <= case.received <= last", "first <= case.received < last"),
    ("and first <= day <= last]\n        return sum(case", "and first < day <= last]\n        return sum(case"),
    ("max(COVERS_FROM, min(", "(min("),
    ("min(quarter_of(min(first_days)), first_quarter_sent)", "first_quarter_sent"),
    ("min(quarter_of(min(first_days)), first_quarter_sent)", "quarter_of(min(first_days))"),
    ("quarter_of(deliveries[0].as_at + DAY)", "quarter_of(deliveries[0].as_at)"),
    ("last_of_month(month) <= deliveries[-1].as_at", "last_of_month(month) < deliveries[-1].as_at"),
    ("now |= told", "now = told | now"),
    ("if not all(map(self.has, months))", "if not any(map(self.has, months))"),
    ("in (DISTINCT, YEAR_END)", "in (YEAR_END,)"),
    ("all((offence, month) in now", "any((offence, month) in now"),
    ("and closing in CLOSED_AS_ASB", "and bool(closing)"),
    ("latest[month] >= last_of_month(month)", "latest[month] > last_of_month(month)"),
    ("max(as_at, latest.get", "min(as_at, latest.get"),
    ("key=lambda tab: tab[0]", "key=lambda tab: -tab[0].toordinal()"),
    ("max(days) >= add_months", "max(days) > add_months"),
    ("any(as_at >= add_months", "any(as_at > add_months"),
    ("any(as_at >= add_months", "any(as_at and add_months"),
    ('if area == "broxtowe"', "if area"),
    ("add_months(time.received, 6) < last", "add_months(time.received, 5) < last"),
    ("t.closed >= first", "t.closed > first"),
    ("if t.received <= last", "if t.received < last"),
    ("{who for who, t in now", "{(who, t.received) for who, t in now"),
    ("time.open_on(last) and", "time.closed is None and"),
]


@pytest.mark.proof
def test_the_random_worlds_tell_each_rule_from_its_neighbours() -> None:
    """A slip of one sign, in the calculation or in the warehouse, shows in some figure of the worlds looked through."""
    unseen = [(rule, slip) for rule, slip in SLIPS if not shows(with_slip(rule, slip))]
    assert not unseen, unseen


def with_slip(rule: str, slip: str) -> ModuleType:
    text = inspect.getsource(second_calculation)
    assert text.count(rule) == 1, f"{rule!r} stands {text.count(rule)} times"
    slipped = ModuleType("slipped")
    slipped.__dict__["__name__"] = second_calculation.__name__
    exec(compile(text.replace(rule, slip), "slipped", "exec"), slipped.__dict__)  # noqa: S102 - our own module, changed
    return slipped


@cache
def right(seed: int) -> Figures:
    return figures(read(seed))


def shows(slipped: ModuleType) -> bool:
    return any(figures(read(seed), slipped) != right(seed) for seed in range(N_WORLDS_LOOKED_THROUGH))


@pytest.mark.proof
def test_a_withdrawn_delivery_would_show_if_it_counted() -> None:
    withdrawn = [seed for seed in range(N_WORLDS_LOOKED_THROUGH) if random_deliveries(seed)[1]]
    assert len(withdrawn) >= 5
    assert sum(figures(with_withdrawn(seed)) != right(seed) for seed in withdrawn) >= 2


def with_withdrawn(seed: int) -> list[second_calculation.Delivery]:
    withdrawn = random_deliveries(seed)[1]
    assert withdrawn
    everything = [*read(seed), second_calculation.read_workbook(withdrawn.raw)]
    return sorted(everything, key=lambda delivery: (delivery.source, delivery.as_at))


WHEN = "the last day of the quarter before the delivery's own"
ONE_MORE: dict[str, dict[str, Any]] = {
    "police_crime": {"offence": "Violence with injury", "offencecategory": "Violence with injury"},
    "police_asb": {
        "incidentno": "NP-20190401-9999",
        "incidentnumber": "NP-20190401-9999",
        "date": WHEN,
        "incidentdate": WHEN,
        "closingcode": "Noise",
        "closingtype": "Noise",
    },
    "marac": {"meetingdate": WHEN, "dateofmeeting": WHEN, "area": "Broxtowe", "casesdiscussed": 1, "repeatcases": 1},
    "enforcement_register": {"type": "ABC", "action": "ABC", "issuedby": "Police", "issuer": "Police"},
    "asb_panel": {"panelreference": "P-999", "panelref": "P-999", "firstdiscussed": WHEN, "datefirstdiscussed": WHEN},
}
ONE_MORE_CASE = {"reference": "No 9", "casereference": "No 9", "refno": "No 9", "received": WHEN, "datereceived": WHEN}
ONE_MORE |= dict.fromkeys(CASE_LISTS, ONE_MORE_CASE)


@pytest.mark.parametrize("source", ONE_MORE)
def test_one_more_row_in_the_bytes_shows_in_the_figures(source: str) -> None:
    """In those of some delivery at least: a row of one that is replaced later need not."""
    sent = standing(0)
    places = [place for place, one in enumerate(sent) if one.source == source]
    assert any(changes(place, with_one_more_row(sent[place])) for place in reversed(places))


def changes(place: int, raw: bytes) -> bool:
    deliveries = list(read(0))
    deliveries[place] = second_calculation.read_workbook(raw)
    return figures(deliveries) != right(0)


def with_one_more_row(sent: Sent) -> bytes:
    """The workbook with a row under those of its last sheet; an offence that stands there counts 99 in every month."""
    workbook = load_workbook(BytesIO(sent.raw))
    sheet = workbook.worksheets[-1]
    more = ONE_MORE[sent.source]
    heads = next(row for row in sheet.iter_rows() if more.keys() & {plain(cell.value) for cell in row})
    number = sheet.max_row + 1
    for cell in heads:
        value = more.get(plain(cell.value), 99 if sent.source == "police_crime" else None)
        sheet.cell(number, cell.column, quarter_of(sent.as_at) - DAY if value == WHEN else value)
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


# ---------------------------------------------------------------- worked out by hand


def counted(*raws: bytes, withdrawn: Iterable[bytes] = ()) -> Callable[..., Any]:
    """Asks for one figure of an archive that keeps these bytes: `of("ComS_013a", QUARTER, "2019-20-Q1")`."""
    with small_folder() as folder:
        for raw in raws:
            (folder / "sent").write_bytes(raw)
            keep(folder / "archive", folder / "sent", sha256(raw), KEY)
        found = calculate(folder / "archive", KEY, [sha256(raw) for raw in withdrawn])
    return lambda code, kind, period: found.get((code, kind, period))


def housing(as_at: str, *rows: list[Any]) -> bytes:
    """A list of housing cases, each its days of receipt, closing and opening again (ISO, or None)."""
    days = [[date.fromisoformat(day) if day else None for day in row] for row in rows]
    numbered = [[f"HSG-{n}", *row, *[None] * (3 - len(row))] for n, row in enumerate(days, 1)]
    return cases(as_at, *numbered, headings=["Reference", "Received", "Closed", "Re-opened"])


LONG_AGO = ["2018-05-01", "2018-05-02"]  # no year here counts it, and the list goes back to before them all


@pytest.mark.parametrize(
    ("received", "closed", "bands"),
    [
        ("2019-05-10", "2019-08-09", (1, 0, 0)),
        ("2019-05-10", "2019-08-10", (0, 1, 0)),
        ("2019-05-10", "2019-11-10", (0, 1, 0)),
        ("2019-05-10", "2019-11-11", (0, 0, 1)),
        ("2019-11-30", "2020-02-28", (1, 0, 0)),  # three months after 30 November is 29 February
        ("2019-11-30", "2020-02-29", (0, 1, 0)),
        ("2019-08-31", "2020-02-29", (0, 1, 0)),
        ("2019-08-31", "2020-03-01", (0, 0, 1)),
    ],
)
def test_the_bands_of_a_closed_case(received: str, closed: str, bands: tuple[int, ...]) -> None:
    of = counted(housing("31/03/2020", LONG_AGO, [received, closed]))
    assert tuple(of(f"ComS_013{band}", YEAR, "2019-20")[0] for band in "abc") == bands
    assert of("ComS_013", YEAR, "2019-20") == (1, None)
    assert of("ComS_013d", YEAR, "2019-20") == (bands[0], 1)


@pytest.mark.parametrize(("received", "n"), [("2019-09-30", 1), ("2019-10-01", 0)])
def test_a_case_is_open_for_more_than_six_months_at_the_year_end(received: str, n: int) -> None:
    assert counted(housing("01/04/2020", LONG_AGO, [received]))("ComS_013c", YEAR, "2019-20") == (n, None)
    closed_later = housing("02/04/2020", LONG_AGO, [received, "2020-04-01"])
    assert counted(closed_later)("ComS_013c", YEAR, "2019-20") == (n, None)


@pytest.mark.parametrize(
    ("reopened", "n_closed", "n_late"),
    [("2019-06-10", 1, 0), ("2019-06-11", 0, 1), ("2020-03-31", 0, 1), ("2020-04-01", 1, 0)],
)
def test_a_case_that_is_opened_again_in_the_year_was_not_closed(reopened: str, n_closed: int, n_late: int) -> None:
    of = counted(housing("01/04/2020", ["2019-04-20", "2019-06-10", reopened]))
    assert of("ComS_013a", QUARTER, "2019-20-Q1") == of("ComS_013a", YEAR, "2019-20") == (n_closed, None)
    assert of("ComS_013c", YEAR, "2019-20") == (n_late, None)


def test_a_case_closed_in_an_earlier_year_counts_again_only_once_it_is_opened_again() -> None:
    of = counted(housing("31/03/2022", ["2019-04-20", "2019-06-10", "2021-05-01"], ["2019-04-20", "2019-06-10"]))
    assert [of("ComS_013c", YEAR, year) for year in ("2019-20", "2020-21", "2021-22")] == [(0, None)] * 2 + [(1, None)]


@pytest.mark.parametrize(
    ("as_at", "received", "quarters"),
    [
        ("30/09/2019", "2019-08-01", [2]),
        ("29/09/2019", "2019-08-01", [1]),  # sent for the first quarter; the second is not over
        ("30/09/2019", "2019-05-01", [1, 2]),
        ("31/12/2019", "2018-05-01", [1, 2, 3]),  # nothing before April 2019
    ],
)
def test_a_list_covers_quarters_from_before_its_first_delivery(as_at: str, received: str, quarters: list[int]) -> None:
    of = counted(housing(as_at, [received]))
    assert [n for n in (1, 2, 3, 4) if of("ComS_013", QUARTER, f"2019-20-Q{n}")] == quarters
    assert of("ComS_013", QUARTER, "2018-19-Q1") is None
    assert of("ComS_012", QUARTER, "2019-20-Q1") is None, "another service has sent nothing"


def test_a_later_delivery_replaces_the_cases_it_has_and_a_withdrawn_one_none() -> None:
    first = housing("30/06/2019", ["2019-04-01"], ["2019-05-01"])
    second = housing("01/07/2019", ["2019-07-01"])
    assert counted(second, first)("ComS_013", QUARTER, "2019-20-Q1") == (1, None)
    assert counted(second, first, withdrawn=[second])("ComS_013", QUARTER, "2019-20-Q1") == (2, None)
    assert counted(second, first, withdrawn=[first])("ComS_013", QUARTER, "2019-20-Q1") == (0, None)


def test_a_year_to_date_needs_every_quarter_that_it_reaches_over() -> None:
    of = counted(housing("31/12/2020", ["2020-04-01", "2020-05-01"], ["2020-11-01"]))
    assert of("ComS_013d", TO_DATE, "2020-21-Q3") == (1, 2)
    assert of("ComS_013d", QUARTER, "2020-21-Q2") == (0, 0)
    assert (of("ComS_013", TO_DATE, "2020-21-Q4"), of("ComS_013", YEAR, "2020-21")) == (None, None)
    late = counted(housing("31/12/2020", ["2020-07-01"]), housing("31/03/2021", ["2020-07-01"]))
    assert late("ComS_013", QUARTER, "2020-21-Q2") == (1, None)
    assert (late("ComS_013", TO_DATE, "2020-21-Q2"), late("ComS_013", YEAR, "2020-21")) == (None, None)


def test_incidents_are_counted_on_what_they_were_closed_as() -> None:
    april = [log("NP-20190401-0001"), log("NP-20190402-0001", "Crime recorded"), log("NP-20190403-0001", "")]
    may = [log("NP-20190430-0001", "Duplicate log"), log("NP-20190501-0001", "Trespass")]
    months = {"2019-04": [*april, log("NP-20190430-0001")], "2019-05": may, "2019-06": [log("NP-20190630-0001")]}
    assert counted(asb_book("2019-06-30", months))("ComS_011", QUARTER, "2019-20-Q1") == (3, None)
    revised = asb_book("2019-08-01", {"2019-04": [log("NP-20190403-0001", "Begging")]}, is_revised=True)
    assert counted(asb_book("2019-06-30", months), revised)("ComS_011", QUARTER, "2019-20-Q1") == (4, None)
    too_early = asb_book("2019-06-30", {**months, "2019-06": []})
    assert counted(too_early)("ComS_011", QUARTER, "2019-20-Q1") is None, "no incident of June holds"
    june = asb_book("2019-06-29", {"2019-06": [log("NP-20190601-0001")]})
    assert counted(too_early, june)("ComS_011", QUARTER, "2019-20-Q1") is None, "June was not over"


def test_a_group_of_offences_needs_each_of_them() -> None:
    months = ["Apr 2019", "May 2019", "Jun 2019"]
    counts = {"Robbery - personal": [1, 2, 3], "Business_robbery": [0, 0, 1], "Theft_of_a_vehicle": [5, 5, 5]}
    of = counted(crime("14/07/2019", months, **counts), crime("15/07/2019", ["Jun 2019"], Personal_robbery=[7]))
    assert of("ComS_009", QUARTER, "2019-20-Q1") == (11, None)
    assert of("ComS_008", QUARTER, "2019-20-Q1") is None


def meetings(quarter: str, made: str, *rows: list[Any]) -> bytes:
    head = ["Meeting date", "Area", "Cases discussed", "Repeat cases"]
    return book_of({"MARAC data": [[f"Quarter: {quarter}"], [f"Return made on {made}"], [], head, *rows]})


def test_a_return_of_the_conference_replaces_its_quarter() -> None:
    rows = [["02/04/2019", "South Notts", 20, 9], ["02/04/2019", "Broxtowe", 5, 2], ["16/04/2019", "Broxtowe", 3, 0]]
    early, whole = meetings("Q1 2019/20", "29/06/2019", *rows), meetings("Q1 2019/20", "30/06/2019", *rows[:2])
    assert counted(early)("ComS_024", QUARTER, "2019-20-Q1") is None
    of = counted(early, whole)
    assert of("ComS_024", QUARTER, "2019-20-Q1") == (2, 5)
    assert (of("ComS_024a", QUARTER, "2019-20-Q1"), of("ComS_024b", TO_DATE, "2019-20-Q1")) == ((5, None), (2, None))
    elsewhere = counted(meetings("Q1 2019/20", "30/06/2019", rows[0]))
    assert elsewhere("ComS_024a", QUARTER, "2019-20-Q1") is None


def register(as_at: str, **tabs: list[list[Any]]) -> bytes:
    """A register of quarters of 2019/20, `Q1=[…]`."""
    top = [["Enforcement register"], [f"Register as at {as_at}"], [], ["Type", "Issued by", "Date"]]
    return book_of({f"{quarter} 2019-20": [*top, *rows] for quarter, rows in tabs.items()})


def test_equal_entries_of_the_register_are_several_and_none_is_an_entry() -> None:
    warning = ["CPW", "Council", "02/05/2019"]
    q1 = [warning, warning, ["CPN", "Council", "02/05/2019"], ["Injunction", "Police", "02/05/2019"]]
    first = register("30/09/2019", Q1=q1, Q2=[["None in the quarter"]], Q3=[["ABC", "Police", "01/10/2019"]])
    of = counted(first)
    assert of("ComS_018a", TO_DATE, "2019-20-Q2") == (2, None)
    assert (of("ComS_019a", QUARTER, "2019-20-Q1"), of("ComS_016", QUARTER, "2019-20-Q1")) == ((1, None), (0, None))
    assert of("ComS_002", QUARTER, "2019-20-Q2") == (0, None)
    assert of("ComS_002", QUARTER, "2019-20-Q3") is None
    assert counted(first, register("01/10/2019", Q1=[["Nil"]]))("ComS_018a", QUARTER, "2019-20-Q1") == (0, None)


def test_an_individual_is_counted_once_and_a_time_on_the_agenda_where_it_ends() -> None:
    times = [
        ["P-1", "01/04/2019", "30/06/2019"],  # under three months
        ["P-1", "01/09/2019", None],  # came back; on 31 March for more than six months
        ["P-2", "01/04/2019", "01/07/2019"],  # three months
        ["P-3", "01/10/2019", "01/04/2020"],  # six months, and off the agenda after the year
        ["P-4", "01/04/2018", "31/12/2019"],
    ]
    agenda = [["Agenda as at 01/04/2020"], [], ["Panel reference", "First discussed", "Removed"], *times]
    of = counted(book_of({"Agenda": agenda}))
    people = [of("ComS_017", QUARTER, f"2019-20-Q{n}")[0] for n in (1, 2, 3, 4)]
    assert (people, of("ComS_017", YEAR, "2019-20")) == ([3, 3, 3, 2], (4, None))
    assert of("ComS_017", TO_DATE, "2019-20-Q2") == (3, None)
    assert [of(f"ComS_015{band}", YEAR, "2019-20") for band in "abc"] == [(1, None), (1, None), (2, None)]
    assert of("ComS_015a", QUARTER, "2019-20-Q1") is None, "measured at the year end only"
