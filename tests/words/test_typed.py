"""What people type in a cell: every spelling of the Business Plan's tables, and what is not guessed at."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_pipeline.words.periods import Period, parse_period
from cs_pipeline.words.typed import Missing, Typed, canonical_code, read_typed

HATE_CRIME_YEARS = [Period(date(start, 10, 1), date(start + 1, 9, 30)) for start in (2019, 2020)]

READ = [
    ("0", Typed(value=0)),
    ("291", Typed(value=291)),
    ("1,500", Typed(value=1500)),
    ("166,666", Typed(value=166666)),
    ("1,234,567.5", Typed(value=1234567.5)),
    ("1500", Typed(value=1500)),
    ("1500.0", Typed(value=1500)),
    (" 1,500\u00a0", Typed(value=1500)),
    ("-3", Typed(value=-3)),
    ("−3", Typed(value=-3)),
    ("(1,000)", Typed(value=-1000)),
    ("(£1,000)", Typed(value=-1000, unit="pounds")),
    ("£1,000", Typed(value=1000, unit="pounds")),
    ("-£1,000.50", Typed(value=-1000.5, unit="pounds")),
    ("0%", Typed(value=0, unit="percent")),
    ("14%", Typed(value=14, unit="percent")),
    ("80.0%", Typed(value=80, unit="percent")),
    ("103%", Typed(value=103, unit="percent")),
    ("14 %", Typed(value=14, unit="percent")),
    ('"7.00 Number"', Typed(value=7)),
    ("7.00 Number", Typed(value=7)),
    ("79 (17%)", Typed(value=79, share_pct=17)),
    ("103 (Oct 2019 - Sept 2020)", Typed(value=103, period=HATE_CRIME_YEARS[0])),
    ("103 (Oct 2019 – Sept 2020)", Typed(value=103, period=HATE_CRIME_YEARS[0])),
    ("93 (Oct 2020 – Sept 2021)", Typed(value=93, period=HATE_CRIME_YEARS[1])),
    ("- (2019/20)", Typed(mark="dash", period=parse_period("2019/20"))),
    ("10,000*", Typed(value=10000, footnote="*")),
    ("10,000 **", Typed(value=10000, footnote="**")),
    ("79 (provisional)", Typed(value=79, footnote="provisional")),
    ("79* (provisional)", Typed(value=79, footnote="* provisional")),
    ("79 (17%)*", Typed(value=79, share_pct=17, footnote="*")),
    ("NOTE*", Typed(missing=Missing.NOT_APPLICABLE, footnote="*")),
    ("-", Typed(mark="dash")),
    ("–", Typed(mark="dash")),
    ("—", Typed(mark="dash")),
    ("n/a%", Typed(mark="n/a")),
    ("a/a%", Typed(mark="n/a")),
    ("n/a", Typed(mark="n/a")),
    ("N/A", Typed(mark="n/a")),
    ("NA", Typed(mark="n/a")),
    ("a/a", Typed(mark="n/a")),
    ("", Typed(mark="blank")),
    (" \u00a0\n", Typed(mark="blank")),
    (None, Typed(mark="blank")),
    ("?", Typed(mark="unknown")),
    ("no details", Typed(mark="unknown")),
    ("NC", Typed(missing=Missing.NOT_COMPARABLE)),
    ("nil", Typed(missing=Missing.NIL)),
    ("[c]", Typed(missing=Missing.SUPPRESSED)),
    ("[x]", Typed(missing=Missing.NOT_YET_AVAILABLE)),
    ("[z]", Typed(missing=Missing.NOT_APPLICABLE)),
    ("Not yet available", Typed(missing=Missing.NOT_YET_AVAILABLE)),
    ("New from Apr 2021", Typed(missing=Missing.NOT_INTRODUCED, introduced=date(2021, 4, 1))),
    ("new from 2021/22", Typed(missing=Missing.NOT_INTRODUCED, introduced=date(2021, 4, 1))),
    ("New from 5 May 2021", Typed(missing=Missing.NOT_INTRODUCED, introduced=date(2021, 5, 5))),
    ("Under 5", Typed(missing=Missing.SUPPRESSED, lower=0, upper=4)),
    ("<5", Typed(missing=Missing.SUPPRESSED, lower=0, upper=4)),
    ("< 5", Typed(missing=Missing.SUPPRESSED, lower=0, upper=4)),
    ("Fewer than 5", Typed(missing=Missing.SUPPRESSED, lower=0, upper=4)),
    ("Under 1,000", Typed(missing=Missing.SUPPRESSED, lower=0, upper=999)),
    ("5 or under", Typed(missing=Missing.SUPPRESSED, lower=0, upper=5)),
    ("5 or fewer", Typed(missing=Missing.SUPPRESSED, lower=0, upper=5)),
    ("10 or greater", Typed(missing=Missing.SUPPRESSED, lower=10)),
    ("10 or more", Typed(missing=Missing.SUPPRESSED, lower=10)),
]

UNREADABLE = [
    "abc", "12 34", "1,50", "12..3", "O", "1,5000", "0,123", "007", ",500", ".5", "5.", "1.000,00", "1e5",
    "--", "--3", "- 3", "£", "%", "£5%", "*", "£1.5m", "#N/A", "#DIV/0!", "NOTE", "New", "New from 2021",
    "New from Smarch 2021", "Under 0", "Under 5.5", "5 under", "or under 5", "<5%", "(5%)", "(-5)", "()",
    "79 ()", "79 (17)", "103 (2020)", "103 (Oct 2019 - Smarch 2020)", "17% (79)", "- (17%)", "17% (79%)",
    "79 (17%", "(x) 5", "103 (Oct 2019) (x)", "٣", "NaN", "inf", "[q]", "9" * 400, "1" + ",000" * 200,
    "nothing (provisional)",
]  # fmt: skip

# Every spelling of the value columns of service_data.csv, performance_indicators.csv and budgets.csv.
PRINTED = [
    text
    for row in (
        "0 1 2 3 4 5 6 7 8 9 10 12 13 14 17 18 19 21 22 23 25 27 28 30 31 33 35 36 38 40 42 43 44 46",
        "49 50 52 60 67 68 73 84 90 92 99 105 107 118 125 126 129 153 172 234 238 240 291 307 316 343",
        "377 386 399 400 405 407 433 475 494 561 563 669 671 709 749 786 789 800 810 820 845 1,000 1,012",
        "1,058 1,072 1,385 1,500 1,800 1,900 2,000 2,185 2,191 2,415 2,881 6,180 6,358 7,140 5,000",
        "10,000 10,000* 33,300 50,000 166,666 NOTE* - n/a% a/a% 0% 1% 5% 14% 15% 18% 25% 60% 65% 66% 67%",
        "71% 75% 78% 79% 80% 80.0% 82% 85% 87% 90% 93% 94% 95% 96% 98% 99% 100% 103%",
    )
    for text in row.split()
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_cell_is_read_as_people_type_it(text: str | None, expected: Typed) -> None:
    assert read_typed(text) == expected


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_understood_is_said_to_be_so(text: str) -> None:
    assert read_typed(text) == Typed(readable=False)


@pytest.mark.parametrize("text", PRINTED)
def test_every_figure_of_the_plan_is_read(text: str) -> None:
    figure = read_typed(text)
    assert figure.readable
    if text[0].isdigit():
        assert figure.value == float(text.strip("*%").replace(",", ""))
        assert (figure.unit == "percent") == text.endswith("%")
    else:
        assert figure.value is None


@given(st.text() | st.text(alphabet="0123456789,.-–%£*()[]<?/ nacorundeO", max_size=20))
def test_no_text_breaks_the_reader_and_a_cell_says_one_thing(text: str) -> None:
    figure = read_typed(text)
    said = [figure.value, figure.missing, figure.mark]
    assert len([one for one in said if one is not None]) == figure.readable
    assert figure.readable or figure == Typed(readable=False)


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_with_commas_comes_back(number: int) -> None:
    assert read_typed(f"{number:,}") == Typed(value=number)
    assert read_typed(f"{number:,}%") == Typed(value=number, unit="percent")


@given(st.integers(1000, 10**9), st.data())
def test_a_comma_in_the_wrong_place_is_never_a_number(number: int, data: st.DataObject) -> None:
    digits = str(number)
    at = data.draw(st.integers(1, len(digits) - 1))
    text = f"{digits[:at]},{digits[at:]}"
    assert read_typed(text).readable == (text == f"{number:,}")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ComS_24", "ComS_024"),
        ("coms_012D", "ComS_012d"),
        (" ComS_089b ", "ComS_089b"),
        ("COMS 011", "ComS_011"),
        ("ComS-011", "ComS_011"),
        ("ComS_011", "ComS_011"),
    ],
)
def test_a_code_is_written_as_pentana_has_it(text: str, code: str) -> None:
    assert canonical_code(text) == code


@pytest.mark.parametrize(
    "text",
    ["COMS2223_01", "COMS2324_09", "ComS_0111", "ComS_", "ComS_11ab", "ComS011", "Com_011", "ComS_٢٤", ""],
)
def test_what_is_no_code_of_an_indicator_is_not_read(text: str) -> None:
    assert canonical_code(text) is None


@given(st.integers(0, 999), st.sampled_from(["", "a", "b", "z"]))
def test_a_canonical_code_is_its_own_canonical_code(number: int, letter: str) -> None:
    code = canonical_code(f"coms_{number}{letter.upper()}")
    assert code == f"ComS_{number:03d}{letter}"
    assert canonical_code(code) == code
