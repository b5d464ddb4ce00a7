"""A Business Plan in which nothing disagrees, with the definitions of its codes; and fifty errors to plant in it.

Everything is invented. Codes are asked of a function, so that all of them can be renamed together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Row = dict[str, str]
Sheets = dict[str, list[Row]]
Code = Callable[[str], str]
YEARS = ("2019/20", "2020/21", "2021/22")
TARGETS = ("2022/23", "2023/24", "future")


def as_it_is(code: str) -> str:
    return f"ComS_{code}"


def renamed(code: str) -> str:
    """Every code fifty further on: 011 becomes 061, 012a becomes 062a."""
    return f"ComS_{int(code[:3]) + 50:03}{code[3:]}"


# ---------------------------------------------------------------- its indicators

# Code, title, unit, aim, and what else its definition says of other codes.
DEFINED: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("011", "Incidents reported", "number", "minimise", {}),
    ("012", "Cases received", "number", "minimise", {"parts": ["012a", "012b", "012c"]}),
    ("012a", "Closed in under 3 months", "number", "none", {}),
    ("012b", "Closed in 3 to 6 months", "number", "none", {}),
    ("012c", "Closed later or still open", "number", "none", {}),
    ("012d", "Cases closed in three months %", "percent", "maximise",
     {"operands": ["012a", "012"], "bases": [("out of all bands", ["012a"], ["012a", "012b", "012c"])]}),
    ("013", "Complaints received", "number", "minimise", {}),
    ("014", "Referrals repeated %", "percent", "minimise", {"operands": ["014b", "014a"]}),
    ("014a", "Referrals", "number", "none", {}),
    ("014b", "Referrals repeated", "number", "none", {}),
    ("015", "Notices served", "number", "none", {}),
    ("016", "Requests answered", "number", "none", {"contains": ["017"]}),
    ("017", "Requests about noise", "number", "none", {}),
    ("018", "Visits made", "number", "maximise", {}),
    ("021", "Premises inspected %", "percent", "maximise", {"operands": ["021a", "021b"]}),
    ("021a", "Premises inspected", "number", "none", {}),
    ("021b", "Premises due", "number", "none", {}),
    ("022", "Graffiti reported", "number", "minimise", {}),
    ("023", "Streets judged clean %", "percent", "maximise", {}),
    ("024", "Abuse reported", "number", "maximise", {"aim_disputed": True}),
)  # fmt: skip


def definitions(code: Code) -> str:
    """The file of definitions, for a folder of its own."""
    return "\n".join(_entry(code, *entry) for entry in DEFINED)


def _entry(code: Code, number: str, title: str, unit: str, aim: str, more: dict[str, Any]) -> str:
    lines = [
        f"- code: {code(number)}", f"  title: {title}", "  sets: [service data, CSI, KPI, MPI]",
        "  owner: Head of Service", f"  unit: {unit}", f"  aim: {aim}",
        f"  rollup: {'ratio' if unit == 'percent' else 'sum'}", "  source: housing_cases",
        "  sensitivity: person_ordinary",
    ]  # fmt: skip
    for key in ("parts", "contains", "operands"):
        lines += [f"  {key}: [{', '.join(map(code, more[key]))}]"] if key in more else []
    lines += ["  aim_disputed: yes"] if "aim_disputed" in more else []
    for words, above, below in more.get("bases", ()):
        lines += ["  bases:", f"    - words: {words}", f"      numerator: [{', '.join(map(code, above))}]"]
        lines += [f"      denominator: [{', '.join(map(code, below))}]"]
    lines += ["  definitions:", "    - since: 2018-19-Q1", "      because: It is invented for a test."]
    lines += ["      numerator: Cases of a test, as they are counted."]
    if unit == "percent":
        lines += ["      denominator: All cases of a test.", "      measure: case_closed_share"]
    else:
        lines += ["      measure: case_received"]
    return "\n".join([*lines, "      of: housing", ""])


# ---------------------------------------------------------------- its sheets

TITLES = {number: title for number, title, *_ in DEFINED}
SERVICE = {
    "011": ("1,483", "1,391", "1,317"),
    "012": ("386", "399", "371"),
    "012a": ("316", "330", "301"),
    "012b": ("42", "44", "45"),
    "012c": ("28", "25", "25"),
    "013": ("126", "118", "112"),
    "014": ("14%", "15%", "15%"),
    "014a": ("129", "133", "141"),
    "014b": ("18", "20", "21"),
    "015": ("71", "78", "74"),
    "016": ("475", "491", "512"),
    "021a": ("45", "47", "50"),
    "021b": ("50", "52", "55"),
}
PERFORMANCE = {
    ("CSI", "011"): ("1,483", "1,391", "1,317", "1,290", "1,255", "1,220"),
    ("CSI", "013"): ("126", "118", "112", "110", "108", "105"),
    ("CSI", "014"): ("14%", "15%", "15%", "14%", "14%", "13%"),
    ("KPI", "012"): ("386", "399", "371", "365", "360", "355"),
    ("KPI", "012d"): ("82%", "83%", "81%", "82%", "83%", "84%"),
    ("KPI", "013"): ("126", "118", "112", "110", "108", "105"),
    ("KPI", "021"): ("90%", "90%", "91%", "92%", "93%", "94%"),
    ("MPI", "018"): ("30", "34", "37", "40", "42", "45"),
    ("MPI", "022"): ("52", "48", "45", "44", "43", "42"),
}


def service_row(code: Code, number: str, values: tuple[str, ...]) -> Row:
    figures = {f"Actual {year}": value for year, value in zip(YEARS, values, strict=True)}
    return {"Section": "Communities", "PI code": code(number), "Name": TITLES[number], **figures}


def performance_row(code: Code, indicator_set: str, number: str, values: tuple[str, ...]) -> Row:
    headings = [f"Achieved {year}" for year in YEARS] + [f"Target {year}" for year in TARGETS]
    named = {"Set": indicator_set, "PI code": code(number), "Name": TITLES[number], "Owner": "Head of Service"}
    return named | dict(zip(headings, values, strict=True))


def action(code: str, name: str, note: str = "Within existing budgets") -> Row:
    return {
        "Action code": code,
        "Action": name,
        "Officers": "Head of Service",
        "Due": "March 2024",
        "Budget note": note,
    }


def budget(heading: str, item: str, code: str, *amounts: str) -> Row:
    years = ("2023/24", "2024/25", "2025/26")
    line = {"Heading": heading, "Item": item, "Action code": code}
    return line | {f"Budget {year}": amount for year, amount in zip(years, amounts, strict=True)}


def clean_plan(code: Code) -> Sheets:
    return {
        "Service data": [service_row(code, number, values) for number, values in SERVICE.items()],
        "Performance indicators": [
            performance_row(code, indicator_set, number, values)
            for (indicator_set, number), values in PERFORMANCE.items()
        ],
        "Objectives": [{"Objective code": "CS1", "Objective": "Less of it", "Services": "Communities; Housing"}],
        "Actions": [
            action("COMS2324_01", "Deliver the Harbour Action Plan", "A grant of £12k"),
            action("COMS2324_02", "Train the wardens"),
            action("COMS2324_03", "Review Lantern Policy"),
        ],
        "Budgets": [
            budget("Income", "Harbour plan (£12,000 grant)", "COMS2324_01", "12,000", "-", "-"),
            budget("Efficiencies", "Lantern review", "COMS2324_03", "5,000", "5,000", "5,000"),
            budget("Net change", "", "", "17,000", "5,000", "5,000"),
        ],
        "Risks": [
            *({"Kind": "Top three strategic risks", "Risk": f"Risk {letter}"} for letter in "ABC"),
            {"Kind": "Key task", "Reference": "Harbour", "Risk": "Nobody comes", "Action codes": "COMS2324_01"},
        ],
        "Strategies": [
            {"Document": "Harbour Strategy", "Renewal": "2026", "Responsible": "Head of Service"},
            {"Document": "Lantern Policy", "Renewal": "2023", "Responsible": "Head of Service"},
            {"Document": "Money Plan", "Renewal": "Updated annually", "Responsible": "Head of Service"},
        ],
    }


# ---------------------------------------------------------------- the errors

Change = Callable[[Sheets, Code], None]
Told = tuple[str, str]  # kind, subject


@dataclass(frozen=True)
class Error:
    """One error: in which of the changed plans it is planted, what it does, and all that must be told of it."""

    plan: int
    change: Change
    told: tuple[Told, ...]


def service(number: str, **cells: str) -> Change:
    """Writes other cells into a row of the service data: `y2019="6"` is the actual of 2019/20."""
    return lambda sheets, code: _row(sheets, "Service data", code(number)).update(_headed("Actual", cells))


def performance(indicator_set: str, number: str, **cells: str) -> Change:
    """The same for a performance indicator; `t2022` and `future` are targets."""
    return lambda sheets, code: _row(sheets, "Performance indicators", code(number), indicator_set).update(
        _headed("Achieved", cells)
    )


def both(*changes: Change) -> Change:
    def change(sheets: Sheets, code: Code) -> None:
        for one in changes:
            one(sheets, code)

    return change


def add(sheet: str, make: Callable[[Code], Row]) -> Change:
    return lambda sheets, code: sheets[sheet].insert(0, make(code))


def set_in(sheet: str, place: int, **cells: str) -> Change:
    return lambda sheets, _: sheets[sheet][place].update({name.replace("_", " "): text for name, text in cells.items()})


def _row(sheets: Sheets, sheet: str, code: str, indicator_set: str | None = None) -> Row:
    return next(row for row in sheets[sheet] if row["PI code"] == code and row.get("Set") == indicator_set)


def _headed(actual: str, cells: dict[str, str]) -> dict[str, str]:
    names = {f"y{year[:4]}": f"{actual} {year}" for year in YEARS}
    names |= {f"t{year[:4]}": f"Target {year}" for year in TARGETS} | {"future": "Target future"}
    return {names.get(name, name.capitalize()): text for name, text in cells.items()}


ERRORS = (
    # two values, two targets
    Error(1, performance("CSI", "011", y2020="1,392"), (("two_values", "011"),)),
    Error(2, performance("KPI", "013", y2019="127"), (("two_values", "013"),)),
    Error(3, performance("CSI", "014", y2021="16%"), (("two_values", "014"), ("operands_give_another", "014"))),
    Error(1, performance("KPI", "013", t2022="109"), (("two_targets", "013"),)),
    Error(3, performance("KPI", "013", future="104"), (("two_targets", "013"),)),
    # percentages and their operands
    Error(1, performance("KPI", "012d", y2019="87%"), (("operands_give_another", "012d"),)),
    Error(2, performance("KPI", "021", y2021="88%"), (("operands_give_another", "021"),)),
    Error(4, both(service("014", y2019="20%"), performance("CSI", "014", y2019="20%")),
          (("operands_give_another", "014"),)),
    Error(1, add("Performance indicators", lambda code: performance_row(
        code, "KPI", "023", ("81%", "82%", "84%", "85%", "86%", "87%"))), (("percentage_without_operands", "023"),)),
    Error(3, lambda sheets, code: sheets["Service data"].remove(_row(sheets, "Service data", code("021b"))),
          (("percentage_without_operands", "021"),)),
    Error(2, performance("KPI", "012d", y2020="103%"),
          (("percentage_over_100", "012d"), ("operands_give_another", "012d"))),
    Error(4, performance("KPI", "021", y2019="101%"),
          (("percentage_over_100", "021"), ("operands_give_another", "021"))),
    # bands, parts and what is counted inside another
    Error(1, service("012b", y2021="47"), (("bands_do_not_add", "012"),)),
    Error(3, service("012c", y2019="26"), (("bands_do_not_add", "012"),)),
    Error(4, service("012a", y2020="401"), (
        ("part_larger_than_whole", "012a"), ("bands_do_not_add", "012"), ("operands_give_another", "012d"))),
    Error(2, add("Service data", lambda code: service_row(code, "017", ("480", "40", "41"))),
          (("counted_inside_another", "017"), ("part_larger_than_whole", "017"), ("value_jumps", "017"))),
    Error(5, add("Service data", lambda code: service_row(code, "017", ("31", "40", "41"))),
          (("counted_inside_another", "017"),)),
    # codes, headings and names
    Error(1, lambda sheets, code: _row(sheets, "Performance indicators", code("022"), "MPI").update(
        {"PI code": code("022").replace("_0", "_")}), (("alias", "022 short"),)),
    Error(2, lambda sheets, code: _row(sheets, "Performance indicators", code("011"), "CSI").update(
        {"PI code": code("011").replace("_0", "_")}), (("alias", "011 short"),)),
    Error(1, lambda sheets, code: _row(sheets, "Service data", code("015")).update({"Group": f"Time ({code('049')})"}),
          (("heading_without_values", "049"),)),
    Error(3, performance("CSI", "011", Name="Reduction in incidents"), (("several_names", "011"),)),
    Error(5, performance("KPI", "012", Group="Cases closed"), (("several_names", "012"),)),
    # actions, budgets and risks
    Error(1, set_in("Risks", 3, Action_codes="COMS2324_01 COMS2324_77"), (("action_unknown", "COMS2324_77"),)),
    Error(2, set_in("Risks", 3, Action_codes="COMS2324_78, COMS2324_79"),
          (("action_unknown", "COMS2324_78"), ("action_unknown", "COMS2324_79"))),
    Error(3, add("Budgets", lambda _: budget("Costs", "Signs", "COMS2324_88", "2,000", "-", "-")),
          (("action_unknown", "COMS2324_88"),)),
    Error(1, set_in("Actions", 0, Budget_note="A grant of £15k"), (("money_disagrees", "COMS2324_01"),)),
    Error(4, set_in("Budgets", 0, Item="Harbour plan (£13,500 grant)"), (("money_disagrees", "COMS2324_01"),)),
    Error(2, set_in("Actions", 1, Budget_note="£1k for signs"), (("cost_without_budget_line", "COMS2324_02"),)),
    Error(3, set_in("Budgets", 3, **{"Budget_2023/24": "NOTE*", "Budget_2024/25": "", "Budget_2025/26": ""}),
          (("total_not_printed", "Net change"),)),
    Error(4, add("Actions", lambda _: action("COMS2223_04", "Clean the quay")),
          (("action_rolled_forward", "COMS2223_04"),)),
    Error(5, add("Actions", lambda _: action("COMS2024_05a", "Light the quay")),
          (("action_rolled_forward", "COMS2024_05a"),)),
    Error(1, lambda sheets, _: sheets["Risks"].pop(0) and None,
          (("count_does_not_match", "Top three strategic risks"),)),
    # periods, values and marks
    Error(2, service("015", y2019="71 (Oct 2019 - Sept 2020)"), (("periods_overlap", "015"),)),
    Error(3, service("015", y2020="300"), (("value_jumps", "015"),)),
    Error(4, service("016", y2019="500"), (("value_suspiciously_round", "016"),)),
    Error(4, both(service("011", y2020="1,500"), performance("CSI", "011", y2020="1,500")),
          (("value_suspiciously_round", "011"),)),
    Error(5, performance("KPI", "021", y2020="a/a%"), (("mark_illegible", "021"),)),
    Error(5, performance("KPI", "012d", y2019="n/a%"), (("mark_illegible", "012d"),)),
    # targets, aims and statuses
    Error(2, performance("MPI", "018", t2023="38"), (("target_against_aim", "018"),)),
    Error(3, performance("MPI", "022", t2023="46"), (("target_against_aim", "022"),)),
    Error(5, add("Performance indicators", lambda code: performance_row(
        code, "MPI", "015", ("71", "78", "74", "80", "85", "90"))), (("target_against_aim", "015"),)),
    Error(4, performance("MPI", "018", t2022="35"), (("target_behind_last_value", "018"),)),
    Error(5, performance("MPI", "022", t2022="50"), (("target_behind_last_value", "022"),)),
    Error(2, add("Performance indicators", lambda code: performance_row(
        code, "CSI", "024", ("749", "786", "789", "801", "810", "820"))), (("aim_disputed", "024"),)),
    Error(5, service("012c", y2021="60"), (("status_depends_on_basis", "012d"), ("bands_do_not_add", "012"))),
    # owners and documents
    Error(5, performance("CSI", "011", Owner=""), (("owner_missing", "011"),)),
    Error(1, set_in("Actions", 2, Officers=""), (("owner_missing", "COMS2324_03"),)),
    Error(2, set_in("Strategies", 2, Responsible=""), (("owner_missing", "Money Plan"),)),
    Error(3, set_in("Strategies", 0, Renewal="2022"), (("renewal_passed", "Harbour Strategy"),)),
    Error(4, set_in("Strategies", 1, Document="Beacon Policy"), (("renewal_without_action", "Beacon Policy"),)),
)  # fmt: skip
