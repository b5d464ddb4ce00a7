"""What each cell of the printed Business Plan 2023–26 says and means, written by hand from the plan, never by a parser.

A figure is (printed, value) or (printed, value, missing reason, period of its own, footnote); its row says the
unit and its column the period. `test_plan_as_printed.py` holds the publication against these tables.
"""

from datetime import date
from typing import Any, NamedTuple

NUMBER, PERCENT = "number", "percent"
NOT_COMPARABLE = "not comparable"
NOT_YET_AVAILABLE = "not yet available"
NOT_INTRODUCED = "not introduced"
NOT_APPLICABLE = "not applicable"
NIL = "nil"
EDITION = "2023-26"

# Period of a figure: name on paper, first day, last day.
PERIODS = {
    "2019-20": ("2019/20", date(2019, 4, 1), date(2020, 3, 31)),
    "2020-21": ("2020/21", date(2020, 4, 1), date(2021, 3, 31)),
    "2021-22": ("2021/22", date(2021, 4, 1), date(2022, 3, 31)),
    "2022-23": ("2022/23", date(2022, 4, 1), date(2023, 3, 31)),
    "2023-24": ("2023/24", date(2023, 4, 1), date(2024, 3, 31)),
    "2024-04/2026-03": ("April 2024 to March 2026", date(2024, 4, 1), date(2026, 3, 31)),
    "2019-10/2020-09": ("October 2019 to September 2020", date(2019, 10, 1), date(2020, 9, 30)),
    "2020-10/2021-09": ("October 2020 to September 2021", date(2020, 10, 1), date(2021, 9, 30)),
}

# What stands over each column of figures: the measure, the words of the period, its key.
ACTUAL_COLUMNS = (
    ("actual", "2019/20", "2019-20"),
    ("actual", "2020/21", "2020-21"),
    ("actual", "2021/22", "2021-22"),
)
ACHIEVED_COLUMNS = (
    ("achieved", "2019/20", "2019-20"),
    ("achieved", "2020/21", "2020-21"),
    ("achieved", "2021/22", "2021-22"),
)
TARGET_COLUMNS = (
    ("target", "2022/23", "2022-23"),
    ("target", "2023/24", "2023-24"),
    ("target", "future", "2024-04/2026-03"),
)
BUDGET_YEARS = ("2023-24", "2024-25", "2025-26")

# One code of the plan is printed short of a nought.
CODES_AS_PRINTED = {("CSI", "ComS_024"): "ComS_24"}

SERVICE_DATA = (
    ("ComS_001", NUMBER, ("7,140", 7140), ("6,180", 6180), ("6,358", 6358)),
    ("ComS_007", NUMBER, ("845", 845), ("563", 563), ("291", 291)),
    ("ComS_008", NUMBER, ("-", None, NOT_COMPARABLE), ("-", None, NOT_COMPARABLE), ("494", 494)),
    ("ComS_009", NUMBER, ("-", None, NOT_COMPARABLE), ("-", None, NOT_COMPARABLE), ("44", 44)),
    ("ComS_010", NUMBER, ("-", None, NOT_COMPARABLE), ("-", None, NOT_COMPARABLE), ("2,191", 2191)),
    ("ComS_011", NUMBER, ("1,500", 1500), ("2,881", 2881), ("2,415", 2415)),
    ("ComS_012", NUMBER, ("386", 386), ("561", 561), ("433", 433)),
    ("ComS_013", NUMBER, ("126", 126), ("118", 118), ("84", 84)),
    ("ComS_014", NUMBER, ("22", 22), ("67", 67), ("46", 46)),
    (
        "ComS_020",
        NUMBER,
        ("103 (Oct 2019 - Sept 2020)", 103, None, "2019-10/2020-09"),
        ("93 (Oct 2020 – Sept 2021)", 93, None, "2020-10/2021-09"),
        ("99", 99),
    ),
    ("ComS_024a", NUMBER, ("129", 129), ("107", 107), ("153", 153)),
    ("ComS_024b", NUMBER, ("18", 18), ("27", 27), ("27", 27)),
    ("ComS_024", PERCENT, ("14%", 14), ("25%", 25), ("18%", 18)),
    ("ComS_025", NUMBER, ("749", 749), ("786", 786), ("789", 789)),
    ("ComS_028", NUMBER, ("2", 2), ("5", 5), ("3", 3)),
    ("ComS_029", NUMBER, ("1", 1), ("10", 10), ("0", 0)),
    ("ComS_002", NUMBER, ("1", 1), ("0", 0), ("0", 0)),
    ("ComS_016", NUMBER, ("2", 2), ("1", 1), ("1", 1)),
    ("ComS_012a", NUMBER, ("316", 316), ("399", 399), ("343", 343)),
    ("ComS_012b", NUMBER, ("31", 31), ("42", 42), ("40", 40)),
    ("ComS_012c", NUMBER, ("25", 25), ("23", 23), ("33", 33)),
    ("ComS_013a", NUMBER, ("107", 107), ("92", 92), ("73", 73)),
    ("ComS_013b", NUMBER, ("22", 22), ("19", 19), ("18", 18)),
    ("ComS_013c", NUMBER, ("9", 9), ("7", 7), ("10", 10)),
    ("ComS_014a", NUMBER, ("17", 17), ("68", 68), ("36", 36)),
    ("ComS_014b", NUMBER, ("2", 2), ("3", 3), ("18", 18)),
    ("ComS_014c", NUMBER, ("0", 0), ("0", 0), ("1", 1)),
    ("ComS_017", NUMBER, ("14", 14), ("13", 13), ("21", 21)),
    ("ComS_015a", NUMBER, ("6", 6), ("1", 1), ("4", 4)),
    ("ComS_015b", NUMBER, ("0", 0), ("6", 6), ("9", 9)),
    ("ComS_015c", NUMBER, ("8", 8), ("4", 4), ("4", 4)),
    ("ComS_018a", NUMBER, ("10", 10), ("30", 30), ("13", 13)),
    ("ComS_018b", NUMBER, ("5", 5), ("17", 17), ("12", 12)),
    ("ComS_019a", NUMBER, ("3", 3), ("6", 6), ("5", 5)),
    ("ComS_019b", NUMBER, ("1", 1), ("4", 4), ("2", 2)),
    ("ComS_038", NUMBER, ("709", 709), ("35", 35), ("1,072", 1072)),
    ("ComS_039", NUMBER, ("50", 50), ("12", 12), ("13", 13)),
    ("ComS_040", NUMBER, ("407", 407), ("90", 90), ("1,000", 1000)),
    ("ComS_041", NUMBER, ("172", 172), ("377", 377), ("238", 238)),
    ("ComS_042", NUMBER, ("28", 28), ("17", 17), ("12", 12)),
    ("ComS_043", NUMBER, ("35", 35), ("12", 12), ("33", 33)),
    ("ComS_044", NUMBER, ("52", 52), ("405", 405), ("68", 68)),
    ("ComS_045", NUMBER, ("43", 43), ("38", 38), ("36", 36)),
    ("ComS_046", NUMBER, ("240", 240), ("234", 234), ("307", 307)),
    ("ComS_047", NUMBER, ("475", 475), ("671", 671), ("669", 669)),
    ("ComS_089", NUMBER, ("7", 7), ("0", 0), ("5", 5)),
    ("ComS_089b", NUMBER, ("2", 2), ("0", 0), ("2", 2)),
    ("ComS_065", NUMBER, ("1,385", 1385), ("1,012", 1012), ("1,058", 1058)),
    ("ComS_066", NUMBER, ("42", 42), ("105", 105), ("49", 49)),
    ("ComS_067", NUMBER, ("2", 2), ("0", 0), ("1", 1)),
    ("ComS_068", NUMBER, ("2", 2), ("0", 0), ("6", 6)),
)

ACHIEVED = (
    ("CSI", "ComS_011", NUMBER, ("1,500", 1500), ("2,881", 2881), ("2,185", 2185)),
    ("CSI", "ComS_012", NUMBER, ("386", 386), ("561", 561), ("433", 433)),
    ("CSI", "ComS_013", NUMBER, ("126", 126), ("118", 118), ("84", 84)),
    ("CSI", "ComS_014", NUMBER, ("22", 22), ("67", 67), ("46", 46)),
    ("CSI", "ComS_024", PERCENT, ("14%", 14), ("25%", 25), ("18%", 18)),
    ("CSI", "ComS_025", NUMBER, ("749", 749), ("786", 786), ("789", 789)),
    ("CSI", "ComS_033", PERCENT, ("66%", 66), ("-", None, NOT_YET_AVAILABLE), ("-", None, NOT_YET_AVAILABLE)),
    ("KPI", "ComS_012", NUMBER, ("386", 386), ("561", 561), ("433", 433)),
    ("KPI", "ComS_012d", PERCENT, ("87%", 87), ("71%", 71), ("79%", 79)),
    ("KPI", "ComS_013", NUMBER, ("126", 126), ("118", 118), ("84", 84)),
    ("KPI", "ComS_013d", PERCENT, ("75%", 75), ("78%", 78), ("87%", 87)),
    ("KPI", "ComS_014", NUMBER, ("22", 22), ("68", 68), ("46", 46)),
    ("KPI", "ComS_014d", PERCENT, ("67%", 67), ("103%", 103), ("78%", 78)),
    (
        "KPI",
        "ComS_032",
        PERCENT,
        ("94%", 94),
        ("n/a%", None, NOT_YET_AVAILABLE),
        ("a/a%", None, NOT_YET_AVAILABLE),
    ),
    ("KPI", "ComS_048", PERCENT, ("98%", 98), ("5%", 5), ("95%", 95)),
    ("KPI", "ComS_049", PERCENT, ("96%", 96), ("1%", 1), ("85%", 85)),
    ("MPI", "ComS_052", PERCENT, ("65%", 65), ("0%", 0), ("80%", 80)),
    ("MPI", "ComS_044", NUMBER, ("52", 52), ("405", 405), ("68", 68)),
    ("MPI", "ComS_053", PERCENT, ("93%", 93), ("87%", 87), ("90%", 90)),
    ("MPI", "ComS_054", PERCENT, ("100%", 100), ("0%", 0), ("100%", 100)),
    ("MPI", "ComS_069", PERCENT, ("100%", 100), ("99%", 99), ("100%", 100)),
    (
        "MPI",
        "ComS_093a",
        NUMBER,
        ("New from Apr 2021", None, NOT_INTRODUCED),
        ("-", None, NOT_INTRODUCED),
        ("49", 49),
    ),
    (
        "MPI",
        "ComS_093b",
        NUMBER,
        ("New from Apr 2021", None, NOT_INTRODUCED),
        ("-", None, NOT_INTRODUCED),
        ("21", 21),
    ),
    (
        "MPI",
        "ComS_093c",
        NUMBER,
        ("New from Apr 2021", None, NOT_INTRODUCED),
        ("-", None, NOT_INTRODUCED),
        ("1", 1),
    ),
    (
        "MPI",
        "ComS_093d",
        NUMBER,
        ("New from Apr 2021", None, NOT_INTRODUCED),
        ("-", None, NOT_INTRODUCED),
        ("4", 4),
    ),
    (
        "MPI",
        "ComS_097",
        NUMBER,
        ("New from Apr 2021", None, NOT_INTRODUCED),
        ("-", None, NOT_INTRODUCED),
        ("6", 6),
    ),
)

TARGETS = (
    ("CSI", "ComS_011", NUMBER, ("2,000", 2000), ("1,900", 1900), ("1,800", 1800)),
    ("CSI", "ComS_012", NUMBER, ("400", 400), ("400", 400), ("400", 400)),
    ("CSI", "ComS_013", NUMBER, ("125", 125), ("125", 125), ("125", 125)),
    ("CSI", "ComS_014", NUMBER, ("40", 40), ("40", 40), ("40", 40)),
    ("CSI", "ComS_024", PERCENT, ("15%", 15), ("15%", 15), ("15%", 15)),
    ("CSI", "ComS_025", NUMBER, ("800", 800), ("810", 810), ("820", 820)),
    ("CSI", "ComS_033", PERCENT, ("78%", 78), ("78%", 78), ("78%", 78)),
    ("KPI", "ComS_012", NUMBER, ("400", 400), ("400", 400), ("400", 400)),
    ("KPI", "ComS_012d", PERCENT, ("82%", 82), ("82%", 82), ("82%", 82)),
    ("KPI", "ComS_013", NUMBER, ("125", 125), ("125", 125), ("125", 125)),
    ("KPI", "ComS_013d", PERCENT, ("85%", 85), ("85%", 85), ("85%", 85)),
    ("KPI", "ComS_014", NUMBER, ("50", 50), ("50", 50), ("50", 50)),
    ("KPI", "ComS_014d", PERCENT, ("80%", 80), ("80%", 80), ("80%", 80)),
    ("KPI", "ComS_032", PERCENT, ("96%", 96), ("96%", 96), ("96%", 96)),
    ("KPI", "ComS_048", PERCENT, ("100%", 100), ("100%", 100), ("100%", 100)),
    ("KPI", "ComS_049", PERCENT, ("80.0%", 80), ("100%", 100), ("100%", 100)),
    ("MPI", "ComS_052", PERCENT, ("60%", 60), ("60%", 60), ("60%", 60)),
    ("MPI", "ComS_044", NUMBER, ("60", 60), ("60", 60), ("60", 60)),
    ("MPI", "ComS_053", PERCENT, ("100%", 100), ("100%", 100), ("100%", 100)),
    ("MPI", "ComS_054", PERCENT, ("100%", 100), ("100%", 100), ("100%", 100)),
    ("MPI", "ComS_069", PERCENT, ("100%", 100), ("100%", 100), ("100%", 100)),
    ("MPI", "ComS_093a", NUMBER, ("50", 50), ("50", 50), ("50", 50)),
    ("MPI", "ComS_093b", NUMBER, ("30", 30), ("30", 30), ("30", 30)),
    ("MPI", "ComS_093c", NUMBER, ("10", 10), ("10", 10), ("10", 10)),
    ("MPI", "ComS_093d", NUMBER, ("5", 5), ("5", 5), ("5", 5)),
    ("MPI", "ComS_097", NUMBER, ("8", 8), ("10", 10), ("10", 10)),
)

# Code, key task, due as printed, last day of that month, how many risks of the plan name it.
ACTIONS = (
    (
        "COMS2324_01",
        "Produce and implement an annual Broxtowe Crime Reduction Action Plan",
        "March 2024",
        date(2024, 3, 31),
        0,
    ),
    (
        "COMS2224_02",
        "Deliver the Safer Streets Action Plan for Eastwood",
        "September 2023",
        date(2023, 9, 30),
        0,
    ),
    (
        "COMS2023_05a",
        "Update cross departmental Anti-Social Behaviour Action Plan",
        "October 2023",
        date(2023, 10, 31),
        0,
    ),
    ("COMS2324_06", "Produce and implement Food Service Plan", "June 2023", date(2023, 6, 30), 0),
    ("COMS2224_01", "Update Knife Crime Action Plan", "March 2024", date(2024, 3, 31), 1),
    ("COMS2324_02", "Review Sanctuary Policy and Procedure", "March 2024", date(2024, 3, 31), 0),
    ("COMS2223_04", "Cyber Fraud training on BLZ for members and staff", "March 2024", date(2024, 3, 31), 1),
    (
        "COMS2324_03",
        "Review Serious Violence and Violence Against Women and Girls Strategy",
        "March 24",
        date(2024, 3, 31),
        0,
    ),
    ("COMS2224_05", "Consult, review and renew PSPOs", "October 2023", date(2023, 10, 31), 0),
    ("COMS2324_04", "Update Children and Young People Action Plan", "January 2024", date(2024, 1, 31), 0),
    ("COMS2324_05", "Review Vulnerable Persons Policy", "March 2024", date(2024, 3, 31), 0),
    (
        "COMS2224_08",
        "Develop and deliver a multi-agency partnership White Ribbon Action Plan",
        "March 2024",
        date(2024, 3, 31),
        1,
    ),
    ("COMS2224_09", "Deliver Sanctuary Scheme", "March 2024", date(2024, 3, 31), 1),
    ("COMS2223_07", "Update Tobacco Control Action Plan", "November 2023", date(2023, 11, 30), 0),
    ("COMS2223_08", "Update Dementia Action Plan", "December 2023", date(2023, 12, 31), 0),
    ("COMS2223_09", "Update Health Action Plan", "April 2023", date(2023, 4, 30), 0),
    ("COMS2224_10", "Update Hate Crime Action Plan", "April 2023", date(2023, 4, 30), 0),
    ("COMS2224_11", "Renew Hate Crime Pledge", "April 2023", date(2023, 4, 30), 0),
)

# Heading, item, action code, the key task of that code where the plan has one, then for each year
# (printed, pounds, missing reason, footnote).
BUDGET_LINES: tuple[tuple[Any, ...], ...] = (
    (
        "Budget implications",
        "Sanctuary Scheme",
        "COMS2324_09",  # The plan's slip: the key task is COMS2224_09.
        None,
        ("10,000*", 10000, None, "*"),
        ("10,000", 10000),
        ("10,000", 10000),
    ),
    (
        "Efficiencies generated",
        "Broxtowe Crime Reduction Plan (partner contributions in kind)",
        "COMS2324_01",
        "Produce and implement an annual Broxtowe Crime Reduction Action Plan",
        ("50,000", 50000),
        ("50,000", 50000),
        ("50,000", 50000),
    ),
    (
        "Efficiencies generated",
        "Safer Streets Action Plan (partner contributions in kind)",
        "COMS2224_02",
        "Deliver the Safer Streets Action Plan for Eastwood",
        ("166,666", 166666),
        ("-", None, NIL),
        ("-", None, NIL),
    ),
    (
        "Efficiencies generated",
        "Children and Young People's Action Plan (partner contributions in kind)",
        "COMS2324_04",
        "Update Children and Young People Action Plan",
        ("5,000", 5000),
        ("5,000", 5000),
        ("5,000", 5000),
    ),
    (
        "Efficiencies generated",
        "White Ribbon Action Plan (partner contributions in kind)",
        "COMS2324_08",  # The plan's slip: the key task is COMS2224_08.
        None,
        ("2,000", 2000),
        ("2,000", 2000),
        ("2,000", 2000),
    ),
    (
        "Efficiencies generated",
        "Dementia Action Plan (partner contributions in kind)",
        "COMS2223_08",
        "Update Dementia Action Plan",
        ("1,000", 1000),
        ("1,000", 1000),
        ("1,000", 1000),
    ),
    (
        "Efficiencies generated",
        "Health Action Plan (partner contributions in kind)",
        "COMS2223_09",
        "Update Health Action Plan",
        ("5,000", 5000),
        ("5,000", 5000),
        ("5,000", 5000),
    ),
    (
        "New business/increased income",
        "Broxtowe Crime Reduction Plan (£166,666 grant from OPCC)",
        "COMS2324_01",
        "Produce and implement an annual Broxtowe Crime Reduction Action Plan",
        ("33,300", 33300),
        ("33,300", 33300),
        ("33,300", 33300),
    ),
    (
        "New business/increased income",
        "Safer Streets Action Plan (£166,666 grant from OPCC)",
        "COMS2224_02",
        "Deliver the Safer Streets Action Plan for Eastwood",
        ("166,666", 166666),
        ("-", None, NIL),
        ("-", None, NIL),
    ),
)
# The note stands under the first year alone; the other two cells are empty and are no figures.
BUDGET_NOTE: tuple[Any, ...] = (
    "Net change in revenue budgets",
    None,
    None,
    None,
    ("NOTE*", None, NOT_APPLICABLE, "*"),
)

# Kind, reference, risk, strategic risks as printed, then each action code with whether the plan prints such an action.
RISKS: tuple[tuple[str, str | None, str, str | None, dict[str, bool]], ...] = (
    (
        "Key strategic risk",
        None,
        "Failure to contribute effectively to dealing with crime and disorder",
        None,
        {},
    ),
    ("Key strategic risk", None, "Failure to produce fit for purpose Food Service Plan", None, {}),
    ("Key strategic risk", None, "Failure to comply with relevant domestic and European legislation", None, {}),
    (
        "Strategic risk register",
        "2",
        "Failure to obtain adequate resources to achieve service objectives",
        None,
        {},
    ),
    (
        "Strategic risk register",
        "12",
        "Failure to engage with partners/community to implement the Broxtowe Borough Partnership Statement of "
        "Common Purpose",
        None,
        {},
    ),
    (
        "Strategic risk register",
        "13",
        "Failure to contribute effectively to dealing with crime and disorder",
        None,
        {},
    ),
    (
        "Key task",
        "Maintain strong partnerships to effectively deliver action plans",
        "Partners disengage; actions not delivered",
        "2, 12, 13",
        {
            "COMS2223_01": False,
            "COMS2223_02": False,
            "COMS2223_03": False,
            "COMS2223_05": False,
            "COMS2224_01": True,
            "COMS2224_08": True,
        },
    ),
    (
        "Key task",
        "Cyber Fraud training on BLZ for members and staff to raise awareness and enable residents to be advised",
        "Residents members and staff are targeted and become victims of cybercrime",
        "13",
        {"COMS2223_04": True, "COMS2224_07": False},
    ),
    (
        "Key task",
        "Deliver Sanctuary Scheme",
        "Residents not protected in their own homes",
        "13",
        {"COMS2224_09": True},
    ),
)

# Document, renewal as printed, the last day of what it names, and the rule where it names no time.
# A bare year is a calendar year, 2024/25 a financial one.
STRATEGIES = (
    ("Corporate Plan", "April 2024", date(2024, 4, 30), None),
    ("Business Strategy", "Updated annually", None, "updated annually"),
    ("Medium Term Financial Strategy", "Updated annually", None, "updated annually"),
    ("Capital Strategy", "Updated annually", None, "updated annually"),
    ("Police and Crime Plan 2021 – 2025", "2024/25", date(2025, 3, 31), None),
    ("Broxtowe Corporate Anti-Social Behaviour Policy", "2024", date(2024, 12, 31), None),
    ("Ending Violence Against Women and Girls Strategy 2021 - 2024", "2024", date(2024, 12, 31), None),
    (
        "Nottinghamshire Safeguarding Adults Board Interim Strategic Plan 2021 - 2022",
        "2022",
        date(2022, 12, 31),
        None,
    ),
    ("Broxtowe Safeguarding Children Policy", "2024", date(2024, 12, 31), None),
    ("Broxtowe Safeguarding Adults Policy", "2024", date(2024, 12, 31), None),
    ("Broxtowe Contaminated Land Strategy", "2023", date(2023, 12, 31), None),
    (
        "Broxtowe Hackney Carriage and Private Hire Policy",
        "Under constant review",
        None,
        "under constant review",
    ),
    ("Broxtowe Statement of Licensing Policy", "2024", date(2024, 12, 31), None),
    ("Broxtowe Gambling Licensing Statement", "2025", date(2025, 12, 31), None),
    ("Broxtowe Sex Establishment Policy", "2023", date(2023, 12, 31), None),
    ("Broxtowe Housing Strategy 2020 - 2024", "2024", date(2024, 12, 31), None),
    ("Broxtowe Enforcement Policy", "2023", date(2023, 12, 31), None),
    ("Broxtowe Empty Homes Strategy", "2024", date(2024, 12, 31), None),
    ("Broxtowe Dog Control Policy", "2024", date(2024, 12, 31), None),
    ("Food Service Plan", "2023", date(2023, 12, 31), None),
    ("Nottinghamshire Knife Crime Strategy", "2022", date(2022, 12, 31), None),
    ("Broxtowe Knife Crime Action Plan", "2024", date(2024, 12, 31), None),
    ("Broxtowe Modern Slavery and Human Trafficking Statement", "2023", date(2023, 12, 31), None),
    ("Hate Crime Pledge", "2023", date(2023, 12, 31), None),
    ("Serious and Organised Crime Strategy", "2023", date(2023, 12, 31), None),
    ("Serious Violence Response Strategic Framework 2022 - 25", "2025", date(2025, 12, 31), None),
    ("Serious Violence and Violence Against Women and Children Strategy", "2027", date(2027, 12, 31), None),
)


class Figure(NamedTuple):
    """One printed cell of the indicators. `unit_typed` is what stands beside the number, so only where there is one."""

    indicator_set: str
    indicator_code: str
    code_printed: str
    measure: str
    stated_period: str
    printed: str
    value: float | None
    unit: str
    missing_reason: str | None
    period_key: str
    footnote: str | None

    @property
    def unit_typed(self) -> str | None:
        return PERCENT if self.unit == PERCENT and self.value is not None else None


class BudgetCell(NamedTuple):
    """One printed cell of the budget table; `action_name` is None where the plan has no such action."""

    heading: str
    item: str | None
    action_code: str | None
    action_name: str | None
    period_key: str
    printed: str
    pounds: float | None
    missing_reason: str | None
    footnote: str | None


def figures() -> list[Figure]:
    """The tables above, a cell a row: 51 x 3 of the service data and 26 x 6 of the CSI, KPI and MPI tables."""
    tables = (
        (ACTUAL_COLUMNS, [("service data", *row) for row in SERVICE_DATA]),
        (ACHIEVED_COLUMNS, ACHIEVED),
        (TARGET_COLUMNS, TARGETS),
    )
    return [
        _figure(indicator_set, code, unit, column, *cell)
        for columns, rows in tables
        for indicator_set, code, unit, *cells in rows
        for column, cell in zip(columns, cells, strict=True)
    ]


def _figure(
    indicator_set: str,
    code: str,
    unit: str,
    column: tuple[str, str, str],
    printed: str,
    value: float | None,
    missing: str | None = None,
    own_period: str | None = None,
    footnote: str | None = None,
) -> Figure:
    measure, stated_period, period_key = column
    code_printed = CODES_AS_PRINTED.get((indicator_set, code), code)
    return Figure(
        indicator_set, code, code_printed, measure, stated_period, printed, value, unit, missing,
        own_period or period_key, footnote,
    )  # fmt: skip


def budget_cells() -> list[BudgetCell]:
    """9 x 3 cells and the note's one."""
    cells = [
        (*line[:4], year, *cell) for line in BUDGET_LINES for year, cell in zip(BUDGET_YEARS, line[4:], strict=True)
    ]
    cells.append((*BUDGET_NOTE[:4], BUDGET_YEARS[0], *BUDGET_NOTE[4]))
    return [_budget_cell(*cell) for cell in cells]


def _budget_cell(
    heading: str,
    item: str | None,
    action_code: str | None,
    action_name: str | None,
    period_key: str,
    printed: str,
    pounds: float | None,
    missing: str | None = None,
    footnote: str | None = None,
) -> BudgetCell:
    return BudgetCell(heading, item, action_code, action_name, period_key, printed, pounds, missing, footnote)
