"""The Business Plan comes back from the publication as printed and as typed, in whatever order its workbook stands.

What is expected was written by hand in `expected.py`; the workbooks are read here with openpyxl alone.
"""

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import expected
import pytest
from expected import EDITION, PERIODS
from filelock import FileLock
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from worlds import hurry, write_comments

from cs_pipeline.operate.night import Listener, night
from cs_pipeline.publish.release import open_publication
from cs_pipeline.words.settings import Settings, read_settings

COMMITTED = next((Path(__file__).resolve().parents[2] / "sources" / "business_plan").glob("*.xlsx"))
N_ABOVE = 3  # Two title rows and an empty one stand above the headings of every sheet.

Line = list[str | None]
Sheets = dict[str, list[Line]]
Rows = Counter[tuple[Any, ...]]

# One row of each sheet. Traps: the only figures of two odd periods, a code that two other tables print as well, the
# only line under its heading, and a risk whose words another risk shares.
TAKEN_OUT = {
    "Service data": {"PI code": "ComS_020"},
    "Performance indicators": {"Set": "KPI", "PI code": "ComS_012"},
    "Actions": {"Action code": "COMS2324_06"},
    "Budgets": {"Heading": "Budget implications"},
    "Risks": {"Kind": "Strategic risk register", "Reference": "13"},
    "Strategies": {"Document": "Corporate Plan"},
}


@dataclass(frozen=True)
class Published:
    """A publication made from one workbook alone, open to read, and that workbook."""

    connection: Any
    file_name: str
    sheets: Sheets

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.connection.execute(query).fetchall()
        return found

    def at(self, sheet: str, cell: str) -> str | None:
        """What the workbook has at an address such as G12."""
        row_number, column = coordinate_to_tuple(cell)
        return self.sheets[sheet][row_number - 1][column - 1]

    def heading_over(self, sheet: str, cell: str) -> str | None:
        return self.sheets[sheet][N_ABOVE][coordinate_to_tuple(cell)[1] - 1]

    def line(self, sheet: str, row_number: int) -> dict[str | None, str | None]:
        """A row of the workbook by its headings."""
        return dict(zip(self.sheets[sheet][N_ABOVE], self.sheets[sheet][row_number - 1], strict=True))


def read_sheets(path: Path) -> Sheets:
    """Every cell as it stands: in these workbooks all are text or empty."""
    book: Any = load_workbook(path)
    return {sheet.title: [list(row) for row in sheet.values] for sheet in book.worksheets}


def write_sheets(sheets: Sheets, path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def permute(sheets: Sheets, seed: int) -> Sheets:
    """Sheets, rows below the headings, and whole columns in another order; what stands above the headings stays."""
    shuffled = random.Random(seed)  # noqa: S311  (an order of rows is no secret)

    def permute_one(rows: list[Line]) -> list[Line]:
        above, headings, below = rows[:N_ABOVE], rows[N_ABOVE], rows[N_ABOVE + 1 :]
        columns = shuffled.sample(range(len(headings)), len(headings))
        below = shuffled.sample(below, len(below))
        return above + [[row[column] for column in columns] for row in (headings, *below)]

    return {name: permute_one(sheets[name]) for name in shuffled.sample(sorted(sheets), len(sheets))}


def without(sheets: Sheets, taken_out: dict[str, dict[str, str]]) -> Sheets:
    def is_taken_out(row: Line, name: str) -> bool:
        line = dict(zip(sheets[name][N_ABOVE], row, strict=True))
        return name in taken_out and taken_out[name].items() <= line.items()

    return {name: [row for row in rows if not is_taken_out(row, name)] for name, rows in sheets.items()}


def write_committed(path: Path) -> None:
    shutil.copy(COMMITTED, path)


def write_permuted(seed: int) -> Callable[[Path], None]:
    return lambda path: write_sheets(permute(read_sheets(COMMITTED), seed), path)


def write_with_rows_taken_out(path: Path) -> None:
    write_sheets(without(read_sheets(COMMITTED), TAKEN_OUT), path)


ORDERS = {
    "committed": write_committed,
    "seed-1": write_permuted(1),
    "seed-2": write_permuted(2),
    "seed-3": write_permuted(3),
}
WORKBOOKS = ORDERS | {"shorter": write_with_rows_taken_out}


def settings_of(name: str, folder: Path) -> Settings:
    return read_settings(folder / name / "sources", folder / name / "warehouse")


def publish(name: str, folder: Path) -> None:
    """One night on a folder that holds nothing but the workbook."""
    settings = settings_of(name, folder)
    deliveries = settings.sources / "business_plan"
    deliveries.mkdir(parents=True)
    WORKBOOKS[name](deliveries / COMMITTED.name)
    outcome = night(settings, Listener())
    assert outcome.exit_code == 0, outcome.verdict


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every workbook has its sources and its warehouse; made once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder, done = base / "plan", base / "plan.done"
    with FileLock(base / "plan.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            with pytest.MonkeyPatch.context() as patched:
                hurry(patched, reconciles=True)
                write_comments(patched)
                for name in WORKBOOKS:
                    publish(name, folder)
            done.touch()
    return folder


def open_published(settings: Settings) -> Iterator[Published]:
    (path,) = (settings.sources / "business_plan").iterdir()
    with open_publication(settings) as connection:
        yield Published(connection, path.name, read_sheets(path))


@pytest.fixture(scope="module", params=ORDERS)
def plan(request: pytest.FixtureRequest, folder: Path) -> Iterator[Published]:
    yield from open_published(settings_of(request.param, folder))


@pytest.fixture(scope="module")
def shorter(folder: Path) -> Iterator[Published]:
    yield from open_published(settings_of("shorter", folder))


# What the publication says, in the shape of `expected.py`.


def figures_in(plan: Published) -> Rows:
    return Counter(
        plan.rows(
            """select edition_code, indicator_set, indicator_code, indicator_code_printed, measure, stated_period,
                printed, value, unit_typed, missing_reason, period_key, footnote
            from core.fact_stated_figure"""
        )
    )


def figures_of_mart(plan: Published) -> Rows:
    return Counter(
        plan.rows(
            """select edition_code, indicator_set, indicator_code, measure, stated_period, printed, value, unit,
                missing_reason, period_name, first_day, last_day, footnote
            from marts.plan_figure"""
        )
    )


def targets_in(plan: Published) -> Rows:
    return Counter(
        plan.rows(
            """select edition_code, indicator_set, indicator_code, period_key, printed, target_value, unit_typed
            from core.fact_target"""
        )
    )


def budgets_in(plan: Published) -> Rows:
    return Counter(
        plan.rows(
            """select edition_code, budget_heading, budget_item, action_code, action_name, period_key, printed,
                amount_pounds, missing_reason, footnote, is_note
            from marts.plan_budget"""
        )
    )


def actions_in(plan: Published) -> Rows:
    return Counter(
        plan.rows("select edition_code, action_code, action_name, due, due_on, n_risks from marts.plan_action")
    )


def risks_in(plan: Published) -> Rows:
    return Counter(
        plan.rows(
            """select edition_code, risk_kind, risk_reference, risk_name, strategic_risks, action_codes,
                n_actions, n_actions_unknown
            from marts.plan_risk"""
        )
    )


def risk_actions_in(plan: Published) -> Rows:
    return Counter(
        plan.rows(
            """select edition_code, risk_kind, risk_reference, risk_name, action_code, is_in_plan
            from core.fact_risk_action"""
        )
    )


def strategies_in(plan: Published) -> Rows:
    return Counter(plan.rows("select edition_code, document, renewal, renew_by, renewal_rule from marts.plan_strategy"))


def expected_figures(wanted: Callable[[expected.Figure], bool] = lambda f: True) -> Rows:
    return Counter(
        (
            EDITION, f.indicator_set, f.indicator_code, f.code_printed, f.measure, f.stated_period, f.printed,
            f.value, f.unit_typed, f.missing_reason, f.period_key, f.footnote,
        )
        for f in expected.figures()
        if wanted(f)
    )  # fmt: skip


def expected_figures_of_mart(
    wanted: Callable[[expected.Figure], bool] = lambda f: True,
) -> Rows:
    return Counter(
        (
            EDITION, f.indicator_set, f.indicator_code, f.measure, f.stated_period, f.printed, f.value, f.unit,
            f.missing_reason, *PERIODS[f.period_key], f.footnote,
        )
        for f in expected.figures()
        if wanted(f)
    )  # fmt: skip


def expected_targets() -> Rows:
    return Counter(
        (EDITION, f.indicator_set, f.indicator_code, f.period_key, f.printed, f.value, f.unit_typed)
        for f in expected.figures()
        if f.measure == "target"
    )


def expected_budgets() -> Rows:
    return Counter((EDITION, *cell, cell.item is None) for cell in expected.budget_cells())


def expected_actions() -> Rows:
    return Counter((EDITION, *action) for action in expected.ACTIONS)


def expected_risks() -> Rows:
    return Counter(
        (
            EDITION, kind, reference, risk, strategic, " ".join(codes) or None,
            len(codes), sum(not is_in_plan for is_in_plan in codes.values()),
        )
        for kind, reference, risk, strategic, codes in expected.RISKS
    )  # fmt: skip


def expected_risk_actions() -> Rows:
    return Counter(
        (EDITION, kind, reference, risk, code, is_in_plan)
        for kind, reference, risk, _, codes in expected.RISKS
        for code, is_in_plan in codes.items()
    )


def expected_strategies() -> Rows:
    return Counter((EDITION, *strategy) for strategy in expected.STRATEGIES)


def assert_every_figure_stands_in_its_cell(plan: Published) -> None:
    rows = plan.rows(
        """select m.file_name, m.sheet_name, m.cell, m.measure, m.stated_period, m.printed, f.indicator_code_printed,
            m.group_heading, m.printed_name, m.objective_code, m.owner_title, m.note
        from marts.plan_figure as m
        inner join core.fact_stated_figure as f on f.sheet_name = m.sheet_name and f.cell = m.cell"""
    )
    (n_figures,) = plan.rows("select count(*) from core.fact_stated_figure")[0]
    assert len(rows) == n_figures > 0
    for file_name, sheet, cell, measure, period, printed, code, group, name, objective, owner, note in rows:
        line = plan.line(sheet, coordinate_to_tuple(cell)[0])
        assert file_name == plan.file_name
        assert plan.at(sheet, cell) == printed
        assert plan.heading_over(sheet, cell) == f"{measure.capitalize()} {period}"
        assert (line["PI code"], line["Group"], line["Name"], line["Note"]) == (code, group, name, note)
        assert (line.get("Objective"), line.get("Owner") or "not stated") == (objective, owner)


# The tables written by hand.


def test_the_expected_tables_have_every_row_of_the_plan_once() -> None:
    by_set = Counter(f.indicator_set for f in expected.figures())
    assert by_set == {"service data": 51 * 3, "CSI": 7 * 6, "KPI": 9 * 6, "MPI": 10 * 6}
    assert set(expected_figures().values()) == {1}
    assert len(expected.SERVICE_DATA) == 51
    assert [row[:3] for row in expected.ACHIEVED] == [row[:3] for row in expected.TARGETS]
    assert len(expected.ACHIEVED) == 26
    assert (len(expected.ACTIONS), len(expected.BUDGET_LINES), len(expected.RISKS)) == (18, 9, 9)
    assert len(expected.STRATEGIES) == 27


def test_a_figure_has_a_value_or_a_reason_and_never_both() -> None:
    for figure in expected.figures():
        assert (figure.value is None) != (figure.missing_reason is None), figure


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_permuted_workbook_has_the_same_lines_in_other_places(seed: int) -> None:
    """Otherwise the orders below would prove nothing."""

    def lines(rows: list[Line]) -> Counter[frozenset[tuple[str | None, str | None]]]:
        return Counter(frozenset(zip(rows[N_ABOVE], row, strict=True)) for row in rows[N_ABOVE + 1 :])

    before = read_sheets(COMMITTED)
    after = permute(before, seed)
    assert after == permute(before, seed)
    assert list(after) != list(before)
    for name in ("Service data", "Performance indicators", "Actions", "Budgets", "Risks", "Strategies"):
        old, new = before[name], after[name]
        assert new[:N_ABOVE] == old[:N_ABOVE]
        assert lines(new) == lines(old)
        assert new[N_ABOVE + 1 :] != old[N_ABOVE + 1 :]
    assert after["Service data"][N_ABOVE] != before["Service data"][N_ABOVE]
    assert after["Performance indicators"][N_ABOVE] != before["Performance indicators"][N_ABOVE]


# As printed and typed, in any order.


def test_every_row_of_the_workbook_is_accepted(plan: Published) -> None:
    counts = plan.rows(
        """select c.sheet_name, c.n_read, c.n_accepted
        from meta.sheet_count as c
        inner join meta.delivery as d on d.delivery_key = c.delivery_key
        where d.source_name = 'business_plan'"""
    )
    rows = {
        "Service data": 51,
        "Performance indicators": 26,
        "Objectives": 3,
        "Actions": 18,
        "Budgets": 10,
        "Risks": 9,
        "Strategies": 27,
    }
    assert sorted(counts) == sorted((sheet, n, n) for sheet, n in rows.items())
    assert plan.rows("select * from meta.quarantine") == []
    assert plan.rows("select * from meta.finding") == []


def test_every_indicator_cell_is_published_as_printed_and_typed(plan: Published) -> None:
    assert figures_in(plan) == expected_figures()


def test_the_mart_shows_every_indicator_cell_with_its_unit_and_days(plan: Published) -> None:
    assert figures_of_mart(plan) == expected_figures_of_mart()


def test_every_target_is_a_target_of_its_set_and_period(plan: Published) -> None:
    assert targets_in(plan) == expected_targets()


def test_every_figure_leads_to_the_cell_that_prints_it(plan: Published) -> None:
    assert_every_figure_stands_in_its_cell(plan)


def test_no_printed_cell_of_the_indicators_is_left_out(plan: Published) -> None:
    cells = {
        (name, row_number, heading)
        for name in ("Service data", "Performance indicators")
        for row_number, row in enumerate(plan.sheets[name][N_ABOVE + 1 :], start=N_ABOVE + 2)
        for heading, text in zip(plan.sheets[name][N_ABOVE], row, strict=True)
        if text and (heading or "").startswith(("Actual ", "Achieved ", "Target "))
    }
    published = plan.rows("select sheet_name, row_number, cell from core.fact_stated_figure")
    assert {(sheet, row, plan.heading_over(sheet, cell)) for sheet, row, cell in published} == cells
    assert all(row == coordinate_to_tuple(cell)[0] for _, row, cell in published)


def test_every_action_has_the_last_day_of_its_due_month(plan: Published) -> None:
    assert actions_in(plan) == expected_actions()


def test_every_action_keeps_the_words_of_its_row(plan: Published) -> None:
    rows = plan.rows(
        """select f.row_number, m.action_code, m.action_name, m.intended_outcome, m.partners, m.officers, m.due,
        m.budget_note from marts.plan_action as m
        inner join core.fact_action as f on f.action_code = m.action_code"""
    )
    headings = ("Action code", "Action", "Outcome", "Partners", "Officers", "Due", "Budget note")
    assert len(rows) == 18
    for row_number, *words in rows:
        assert words == [plan.line("Actions", row_number)[heading] for heading in headings]


def test_every_budget_cell_is_pounds_nil_or_the_note(plan: Published) -> None:
    assert budgets_in(plan) == expected_budgets()


def test_every_budget_cell_leads_to_the_cell_that_prints_it(plan: Published) -> None:
    rows = plan.rows(
        """select f.sheet_name, f.cell, f.row_number, m.printed, m.budget_heading, m.budget_item, m.period_key
        from marts.plan_budget as m
        inner join core.fact_budget_line as f on f.cell = m.cell"""
    )
    assert len(rows) == 28
    for sheet, cell, row_number, printed, heading, item, period_key in rows:
        line = plan.line(sheet, row_number)
        assert plan.at(sheet, cell) == printed
        assert plan.heading_over(sheet, cell) == f"Budget {period_key.replace('-', '/')}"
        assert (line["Heading"], line["Item"]) == (heading, item)
        assert row_number == coordinate_to_tuple(cell)[0]


def test_every_risk_is_published_with_the_actions_it_names(plan: Published) -> None:
    assert risks_in(plan) == expected_risks()


def test_each_action_code_of_a_risk_says_whether_the_plan_has_it(plan: Published) -> None:
    assert risk_actions_in(plan) == expected_risk_actions()


def test_every_risk_keeps_the_words_of_its_row(plan: Published) -> None:
    rows = plan.rows(
        """select row_number, risk_kind, risk_reference, risk_name, mitigation, action_codes, strategic_risks
        from core.fact_risk"""
    )
    headings = ("Kind", "Reference", "Risk", "Mitigation", "Action codes", "Strategic risks")
    assert len(rows) == 9
    for row_number, *words in rows:
        assert words == [plan.line("Risks", row_number)[heading] for heading in headings]


def test_every_strategy_has_a_day_or_a_rule_of_renewal(plan: Published) -> None:
    assert strategies_in(plan) == expected_strategies()


def test_every_strategy_keeps_the_words_of_its_row(plan: Published) -> None:
    rows = plan.rows("select row_number, document, renewal, responsible from core.fact_strategy_renewal")
    assert len(rows) == 27
    for row_number, *words in rows:
        line = plan.line("Strategies", row_number)
        assert words == [line["Document"], line["Renewal"], line["Responsible"]]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_order_changes_nothing_but_addresses(seed: int, folder: Path) -> None:
    """In every dimension, fact and mart: no name and no owner may hang on which row stands first."""

    def contents(name: str) -> dict[str, Rows]:
        with open_publication(settings_of(name, folder)) as connection:
            tables = connection.execute(
                """select schema_name || '.' || table_name,
                    string_agg(column_name, ', ' order by column_index) filter (
                        not regexp_matches(column_name, 'delivery_key$|cell$|where$|^row_number$|^sha256$')
                        -- what names cells in words, and the texts that list what stands in them
                        and column_name not in ('disagrees', 'conflict_sentence', 'held_over')
                        and column_name <> 'place_in_set'  -- the order of the rows is what it tells
                    )
                from duckdb_columns()
                where schema_name in ('core', 'marts')
                group by all"""
            ).fetchall()
            return {
                table: Counter(connection.execute(f"select {columns} from {table}").fetchall())
                for table, columns in tables
            }

    assert contents(f"seed-{seed}") == contents("committed")


# A row less.


def test_a_row_taken_out_takes_exactly_its_own_figures(shorter: Published) -> None:
    def stays(figure: expected.Figure) -> bool:
        taken_out = (("service data", "ComS_020"), ("KPI", "ComS_012"))
        return (figure.indicator_set, figure.indicator_code) not in taken_out

    assert expected_figures(stays).total() == 309 - 3 - 6
    assert figures_in(shorter) == expected_figures(stays)
    assert figures_of_mart(shorter) == expected_figures_of_mart(stays)


def test_a_row_taken_out_takes_nothing_from_the_other_tables(shorter: Published) -> None:
    assert [row[1] for row in (expected_actions() - actions_in(shorter))] == ["COMS2324_06"]
    assert [row[5:7] for row in (expected_budgets() - budgets_in(shorter))] == [
        ("2023-24", "10,000*"),
        ("2024-25", "10,000"),
        ("2025-26", "10,000"),
    ]
    assert [row[1:3] for row in (expected_risks() - risks_in(shorter))] == [("Strategic risk register", "13")]
    assert [row[1] for row in (expected_strategies() - strategies_in(shorter))] == ["Corporate Plan"]
    assert risk_actions_in(shorter) == expected_risk_actions()
    for more in (
        actions_in(shorter) - expected_actions(),
        budgets_in(shorter) - expected_budgets(),
        risks_in(shorter) - expected_risks(),
        strategies_in(shorter) - expected_strategies(),
    ):
        assert not more


def test_the_rows_that_moved_up_are_found_in_their_new_cells(shorter: Published) -> None:
    assert_every_figure_stands_in_its_cell(shorter)
