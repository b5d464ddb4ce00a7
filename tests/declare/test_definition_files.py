"""Every sentence in which a file of definitions is refused, and the quarters in which a definition holds.

The committed definitions themselves are judged in `test_indicators.py`.
"""

import re
from pathlib import Path

import pytest

from cs_pipeline.declare.definition_files import BrokenDefinition, read_indicators, read_site
from cs_pipeline.declare.indicator import Indicator
from cs_pipeline.words.periods import parse_period
from cs_pipeline.words.settings import PROJECT

GOOD = """\
- code: ComS_011
  title: ASB incidents
  sets: [CSI]
  owner: Chief Communities Officer
  unit: number
  aim: minimise
  rollup: sum
  source: police_asb
  sensitivity: person_ordinary
  definitions:
    - since: 2018-19-Q1
      because: As the force counts them.
      numerator: Incidents that the police logged.
      measure: asb_incidents
"""
SINCE, MEASURE, CODE, SUM = "since: 2018-19-Q1", "measure: asb_incidents", "code: ComS_011", "rollup: sum"
DEFINITIONS = GOOD[GOOD.index("  definitions") :]


def later(since: str, until: str | None = None) -> str:
    """The first definition, ended by `until`, and the same one again from another quarter."""
    first = f"{MEASURE}\n      until: {until}" if until else MEASURE
    return first + DEFINITIONS[DEFINITIONS.index("\n") :].replace("2018-19-Q1", since).rstrip()


def also(lines: str) -> str:
    return f"{CODE}\n  {lines}"


def load(folder: Path, text: str | bytes, file: str = "a.yml") -> dict[str, Indicator]:
    (folder / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    read = read_indicators(folder, frozenset({"asb_incidents"}), frozenset({"police_asb"}), "2018-19-Q1")
    return {indicator.code: indicator for indicator in read}


def refusal(folder: Path, text: str | bytes, file: str = "a.yml") -> str:
    """What the loader says of a file, nothing when it reads it: two sentences, and never a traceback."""
    try:
        load(folder, text, file)
    except BrokenDefinition as refused:
        said = str(refused)
        if not said.endswith(".") or "\n" in said or len(re.findall(r"\. (?=[A-Z])", said)) != 1:
            pytest.fail(f"Not two sentences: {said}")
        return said.removeprefix("Definitions, file ")
    return ""


def bad(key: str, said: str) -> str:
    return f"has {key} that cannot be used: it {said}. Correct it and run again."


NO_LIST = "Start each with a dash and its code."
FILES = [  # what stands in the file, and the sentences from the line on
    ("- code: [CSI\n  title: x", "2 — cannot be read: expected ',' or ']', but got ':'. Correct it and run again."),
    (b"- code: \xff", "1 — cannot be read: it is not written in UTF-8. Correct it and run again."),
    ("ComS_011: ASB", f"1 — is not a list of indicators. {NO_LIST}"),
    ("- ComS_011", f"1 — holds an entry that is no indicator. {NO_LIST}"),
    ("\n- title: ASB", "2 — An indicator has no code. Add code."),
    ("- code: ComS_24", f"1 — ComS_24 {bad('code', 'must be written as ComS_011 or ComS_012a')}"),
    (GOOD + GOOD, "15 — ComS_011 is defined here and in a.yml. Keep one of the two."),
]
RATIO = "Say in denominator what the numerator is taken out of, and only for a ratio."
ORDER = "Put definitions in the order in which they came into force, each with a quarter of its own."
HUNDRED = "has a profile that does not share out 100 per cent. Give four shares that add to 100."
EITHER = "needs either a measure or the source that it awaits. Give measure, or awaits."
HALF = "Say not comparable or not introduced, and from which year the indicator has figures."

ENTRIES = [  # name; one change to the good entry; the line and what is said of ComS_011
    ("no reason", "      because: As the force counts them.\n", "", 11, "has no definitions.because. Add because."),
    ("unknown key", CODE, also("colour: green"), 2,
     "has colour, which means nothing here. Correct the word or take it out."),
    ("misspelt key", "because", "becuase", 12,
     "has definitions.becuase, which means nothing here. Correct the word or take it out."),
    ("no such aim", "minimise", "reduce", 6, bad("aim", "must be 'maximise', 'minimise', 'plan is best' or 'none'")),
    ("no set", "[CSI]", "[]", 3,
     "belongs to no set, so no mart would show it. Give sets, one or more of: service data, CSI, KPI, MPI."),
    ("set without list", "[CSI]", "CSI", 3, bad("sets", "must be a list")),
    ("neither yes nor no", CODE, also("aim_disputed: maybe"), 2, bad("aim_disputed", "must be yes or no")),
    ("no year", CODE, also("first_year: '2021'\n  before_first: not introduced"), 2,
     'begins in "2021", which is no financial year. Write it as 2021/22.'),
    ("half a start", CODE, also("first_year: 2018/19"), 1, f"gives only one of first_year and before_first. {HALF}"),
    ("profile of 99", CODE, also("profile: [25, 25, 25, 24]"), 2, HUNDRED),
    ("profile of three", CODE, also("profile: [50, 25, 25]"), 2, bad("profile", "must have more items")),
    ("negative share", CODE, also("profile: [-1, 1, 50, 50]"), 2, bad("profile", "must be greater than or equal to 0")),
    ("profile of no sum", SUM, "rollup: latest\n  profile: [25, 25, 25, 25]", 8,
     "has a profile and is no sum. Take the profile out; only a sum has shares by quarter."),
    ("rate of no sum", SUM, "rollup: latest\n  rate_per: persons", 8,
     "has a rate_per and is no sum. Take rate_per out; only a sum is told per 1,000."),
    ("rate per something else", CODE, also("rate_per: dwellings"), 2,
     bad("rate_per", "must be 'persons' or 'households'")),
    ("amber inside green", CODE, also("thresholds: {green_within_pct: 9}"), 2,
     "has an amber band that ends inside the green one. Let amber_within_pct be green_within_pct or more."),
    ("one value of two", CODE, also("thresholds: {green_at: 9}"), 2,
     "gives only one of green_at and amber_at. Give both values, or neither."),
    ("odd period of months", CODE, also("odd_periods:\n  - {stands_for: 2019/20, first: Oct 2019, last: Sep 2020}"), 3,
     "has an odd period that cannot be read. "
     "Give stands_for as 2019/20, first and last as 2019-20-Q3, in order; only sums can run so."),
    ("heading", CODE, also("heads: [ComS_011]"), 11, "is a heading and has definitions. Take one of the two out."),
    ("undefined", DEFINITIONS, "", 1, "has no definition. Add definitions, each with since, because and a measure."),
    ("since a year", SINCE, "since: 2018/19", 11,
     'has a definition since "2018/19", which is no quarter. Write it as 2021-22-Q3.'),
    ("until a day", MEASURE, f"{MEASURE}\n      until: 2021-12-31", 15,
     'has a definition until "2021-12-31", which is no quarter. Write it as 2021-22-Q3.'),
    ("ends too soon", MEASURE, f"{MEASURE}\n      until: 2017-18-Q4", 15,
     "has a definition that ends in 2017-18-Q4, before it begins in 2018-19-Q1. Correct since or until."),
    ("nothing counts it", f"      {MEASURE}\n", "", 11, EITHER),
    ("two things count it", MEASURE, f"{MEASURE}\n      awaits: licensing", 11, EITHER),
    ("unknown measure", MEASURE, "measure: logs", 14,
     "is measured by logs, which does not exist. Add sql/measures/logs.sql, or correct the name."),
    ("unknown measure proposed", CODE, also("proposed:\n  - {numerator: Logs of any kind., measure: logs}"), 3,
     "is measured by logs, which does not exist. Add sql/measures/logs.sql, or correct the name."),
    ("awaited source has come", MEASURE, "awaits: police_asb", 14,
     "awaits police_asb, which has come. Give the measure that counts it."),
    ("awaits another source", MEASURE, "awaits: licensing", 14,
     "awaits licensing and comes from police_asb. Let the two be the same."),
    ("no source", "source: police_asb", "source: police", 8,
     "comes from police, which is no source. Correct the name."),
    ("ratio alone", SUM, "rollup: ratio", 11, f"is a ratio without a denominator. {RATIO}"),
    ("denominator alone", MEASURE, f"{MEASURE}\n      denominator: Logs of any kind.", 11,
     f"has a denominator and is no ratio. {RATIO}"),
    ("gap", MEASURE, later("2020-21-Q2", until="2019-20-Q4"), 16,
     "has no definition between 2019-20-Q4 and 2020-21-Q2. Correct since or until."),
    ("overlap", MEASURE, later("2020-21-Q1", until="2020-21-Q2"), 16,
     "has definitions that overlap from 2020-21-Q1 to 2020-21-Q2. Correct since or until."),
    ("two of one quarter", MEASURE, later("2018-19-Q1"), 15,
     f"has definitions that overlap: 2018-19-Q1 and 2018-19-Q1. {ORDER}"),
    ("out of order", MEASURE, later("2017-18-Q4"), 15,
     f"has definitions that overlap: 2018-19-Q1 and 2017-18-Q4. {ORDER}"),
    ("none at the beginning", SINCE, "since: 2018-19-Q2", 11, "has no definition before 2018-19-Q2. "
     "Let the first hold since 2018-19-Q1, or give the first_year of the indicator."),
    ("none in the first year", SUM, f"{SUM}\n  first_year: 2017/18\n  before_first: not comparable", 13,
     "has no definition before 2018-19-Q1. "
     "Let the first hold since 2017-18-Q1, or give the first_year of the indicator."),
    ("unknown code", CODE, also("contains: [ComS_011, ComS_999]"), 2,
     "names ComS_999, which no file defines. Correct the code."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), FILES)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert refusal(tmp_path, text) == f"a.yml, line {said}"


@pytest.mark.parametrize(("old", "new", "line", "said"), [row[1:] for row in ENTRIES], ids=[row[0] for row in ENTRIES])
def test_an_entry_is_refused_in_two_sentences(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in GOOD
    assert refusal(tmp_path, GOOD.replace(old, new, 1)) == f"a.yml, line {line} — ComS_011 {said}"


def test_a_code_in_two_files_is_refused(tmp_path: Path) -> None:
    load(tmp_path, GOOD)
    said = "b.yml, line 1 — ComS_011 is defined here and in a.yml. Keep one of the two."
    assert refusal(tmp_path, GOOD, "b.yml") == said


ODD = ["", "\t", "- ", "{", "a: b", "'", "2018", "2021-02-30", "null", "[a, {b: 1}]", "&x", "*x", "!!set", "%", "\x01"]


@pytest.mark.parametrize("odd", ODD)
def test_whatever_stands_on_a_line_is_read_or_refused_in_two_sentences(tmp_path: Path, odd: str) -> None:
    lines = GOOD.splitlines()
    changed = [[*lines[:n], line[: line.find(":") + 2] + odd, *lines[n + 1 :]] for n, line in enumerate(lines)]
    assert {refusal(tmp_path, "\n".join(text)) for text in changed} != {""}


SITE = "thresholds: {green_within_pct: 0, amber_within_pct: 5}\nprofile: [25, 25, 25, 25]\n"
SITES = [
    (None, "1 — cannot be read: it is not there. Correct it and run again."),
    ("", "1 — holds no settings. Give thresholds and profile."),
    (SITE[: SITE.index("profile")], "1 — The site has no profile. Add profile."),
    (SITE.replace("5}", "five}"), f"1 — The site {bad('thresholds.amber_within_pct', 'must be a number')}"),
    (SITE.replace("25]", "30]"), f"2 — The site {HUNDRED}"),
]


@pytest.mark.parametrize(("text", "said"), SITES)
def test_the_site_s_own_settings_are_refused_likewise(tmp_path: Path, text: str | None, said: str) -> None:
    (tmp_path / "site").mkdir()
    if text is not None:
        (tmp_path / "site" / "defaults.yml").write_text(text)
    with pytest.raises(BrokenDefinition) as refused:
        read_site(tmp_path)
    assert str(refused.value) == f"Definitions, file defaults.yml, line {said}"


def test_the_committed_site_is_green_at_target_and_amber_within_5_per_cent() -> None:
    site = read_site(PROJECT / "cs_pipeline" / "indicators")
    assert (site.thresholds.green_within_pct, site.thresholds.amber_within_pct, site.profile) == (0, 5, (25,) * 4)


# ---------------------------------------------------------------- in force

HELD = [
    ("2018-19-Q4", None), ("2019-20-Q1", 0), ("2020-21-Q2", 0),
    ("2020-21-Q3", 1), ("2021-22-Q2", 1), ("2021-22-Q3", None),
]  # fmt: skip


@pytest.mark.parametrize(("quarter", "number"), HELD)
def test_a_definition_holds_until_the_next_or_its_end(tmp_path: Path, quarter: str, number: int | None) -> None:
    begins = GOOD.replace(SUM, f"{SUM}\n  first_year: 2019/20\n  before_first: not introduced")
    text = begins.replace(MEASURE, later("2020-21-Q3")).replace("2018-19-Q1", "2019-20-Q1").rstrip()
    indicator = load(tmp_path, f"{text}\n      until: 2021-22-Q2\n")["ComS_011"]
    period = parse_period(quarter)
    assert period
    assert indicator.in_force(period) == (None if number is None else indicator.definitions[number])
