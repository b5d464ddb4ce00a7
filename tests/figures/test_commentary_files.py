"""The files of comments, sign-offs and illustrative sources: what people type, what is kept of it, what is refused."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_pipeline.declare.commentary import Comment, file_of, read_commentary
from cs_pipeline.declare.decisions import read_decisions
from cs_pipeline.declare.entries import BrokenDecision, add_decisions
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.words.figures import read_figure, show_figure
from cs_pipeline.words.settings import PROJECT

OWNER, OTHER = "Chief Communities Officer", "Head of Service"


@given(st.floats(0, 1e9), st.sampled_from(["number", "percent"]))
def test_a_figure_is_read_as_it_was_printed(value: float, unit: str) -> None:
    printed = show_figure(value, unit, None)
    assert show_figure(*read_figure(printed)) == printed


HOSTILE = [
    "=1+1 and more",
    "+cmd|' /C calc'!A0",
    "@SUM(A1) again",
    "-2+3, or else",
    "<script>alert(1)</script>",
    "&amp; so on and on",
    "_x0041_ is no letter",
    "{{7*7}} is 49 here",
    "see http://x.y here",
    "$$note$$ is no mark",
    "# no remark of YAML",
    "- no list: {either}",
    "'quoted\" by halves",
    "2021-22-Q3",
    "null null null",
    "\u202eright to left\u202c",
    "\N{GRINNING FACE} all is well",
    "what was lost: \ufffd\ufffd",
    "x" * 1000,
]


def test_whatever_is_said_is_read_back_as_it_was_said(tmp_path: Path) -> None:
    said = [
        Comment(indicator="ComS_011", period="2021-22-Q1", comment=words, by=OWNER, on=dt.date(2021, 8, 1))
        for words in HOSTILE
    ]
    for entry in said:
        add_decisions(file_of(tmp_path, entry), [entry])
    assert [entry.comment for entry in read_commentary(tmp_path)[0]] == HOSTILE


def entry(**says: str | None) -> str:
    """A comment as somebody types it; None leaves a key out."""
    known = {"indicator": "ComS_011", "period": "2021-22-Q1", "comment": "The force sent late logs.", "by": OWNER}
    told = {**known, "on": "2021-08-01", **says}
    return "- " + "\n  ".join(f"{name}: {text}" for name, text in told.items() if text is not None) + "\n"


def signed(signs: str = "523", **says: str | None) -> str:
    return entry(comment=None, signs=signs, **says)


@pytest.mark.parametrize(
    ("text", "period", "words"),
    [
        (entry(period="2021/22 Q1"), "2021-22-Q1", "The force sent late logs."),
        (entry(period="2021/22", comment=">\n    The logs came\n    late."), "2021-22", "The logs came late."),
        (entry(comment="Calls to 101 fell by 1,200."), "2021-22-Q1", "Calls to 101 fell by 1,200."),
    ],
)
def test_a_comment_is_read_as_people_write_it(tmp_path: Path, text: str, period: str, words: str) -> None:
    write(tmp_path, text)
    ((comment,), _) = read_commentary(tmp_path)
    assert (comment.period, comment.period_kind) == (period, "quarter" if "Q" in period else "year")
    assert comment.comment == words


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("523", "523"), ("2415", "2,415"), ("'2,415'", "2,415"), ("84.6%", "84.6%"), ("84.60 %", "84.6%"),
     ("'[held]'", "[held]"), ("'[not comparable]'", "[not comparable]")],
)  # fmt: skip
def test_a_signed_figure_is_kept_as_it_is_printed(tmp_path: Path, typed: str, printed: str) -> None:
    write(tmp_path, entry() + signed(typed))
    ((_,), (sign_off,)) = read_commentary(tmp_path)
    assert sign_off.signs == printed


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        (entry() + entry(comment="Short."), 6, "comment"),
        (entry(comment="x" * 1001), 1, "comment"),
        (entry(comment="|\n    One line.\n    And another."), 1, "comment"),
        (entry(period="2021-11"), 1, "period"),
        (entry(period="last summer"), 1, "period"),
        (entry(indicator="ASB"), 1, "indicator"),
        (entry(by=None), 1, "by"),
        (entry(on="yesterday"), 1, "on"),
        (entry(signs="523"), 1, "comment"),
        (entry(comment=None), 1, "comment"),
        (signed("about 500"), 1, "signs"),
        (signed("'[because]'"), 1, "signs"),
        (signed("£1,000"), 1, "signs"),
        (signed("523 (provisional)"), 1, "signs"),
        (signed() + signed(because="All is well."), 6, "because"),
    ],
)
def test_an_entry_that_cannot_be_used_is_refused_with_file_and_line(
    tmp_path: Path, text: str, line: int, wrong: str
) -> None:
    write(tmp_path, text)
    with pytest.raises(BrokenDecision) as refused:
        read_decisions(tmp_path)
    what = f"Decisions, file 2021-22-Q1.yml, line {line} — {wrong} is missing or not as it must be. Give indicator, "
    assert str(refused.value).startswith(what)


OF_PEOPLE = ["0115 496 0123", "943 476 5919", "NG9 1AB", "QQ 12 34 56 C", "a.person@example.org", "Mrs Sample"]


@pytest.mark.parametrize("told", OF_PEOPLE)
@pytest.mark.parametrize("key", ["comment", "by"])
def test_what_leads_to_a_person_is_refused_and_not_repeated(tmp_path: Path, told: str, key: str) -> None:
    write(tmp_path, entry(**{key: f"Ask the resident, {told}, who rang."}))
    with pytest.raises(BrokenDecision) as refused:
        read_decisions(tmp_path)
    assert f"line 1 — {key} is" in str(refused.value)
    assert not any(word in str(refused.value) for word in (told, "resident"))


def write(decisions: Path, text: str) -> None:
    (decisions / "commentary").mkdir()
    (decisions / "commentary" / "2021-22-Q1.yml").write_text(text, encoding="utf-8")


def test_every_source_of_samples_is_illustrative_once() -> None:
    facts = {"business_plan", "areas", "wards", "populations", "published_numbers"}
    named = [entry.source for entry in read_decisions(PROJECT / "sources" / "decisions").illustrative]
    assert sorted(named) == sorted({source.name for source in all_sources()} - facts)


def test_a_source_that_is_illustrative_twice_is_refused(tmp_path: Path) -> None:
    said = f"- source: marac\n  because: It is a sample.\n  by: {OTHER}\n  on: 2021-08-01\n"
    (tmp_path / "illustrative.yml").write_text(said * 2)
    with pytest.raises(BrokenDecision, match=r"file illustrative.yml, line 1 — marac stands twice\. Keep one\."):
        read_decisions(tmp_path)
