"""What may be repeated and what may be somebody's: spellings of names, references and numbers beside real headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_pipeline.declare.registry import all_sources
from cs_pipeline.words.harmless import UNKNOWN, is_harmless, mask, words_of
from cs_pipeline.words.settings import PROJECT

KNOWN = words_of("Police ASB Incident Number Broxtowe Closing Code ComS nottinghamshire street")


@pytest.mark.parametrize(
    "text",
    [
        "Closing Code", "nottinghamshir", "Incident No. (2)", "#N/A", "n/a%", "-", "04/13/2019", "2019-04-01 23:50:00",
        "1,500", "2415", "£1,000", "12.5%", "ComS_999", "Q3 2021/22", "FY2019/20", "2023–26", "Sheet9", "1st April",
    ],
)  # fmt: skip
def test_a_known_word_a_number_or_a_date_may_be_quoted(text: str) -> None:
    assert is_harmless(text, KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "Zebedee Quillfeather", "QUILLFEATHER, Z", "Quillfeather", "Mrs O Marchbanks", "07700 900417", "07700900417",
        "+44 7700 900155", "0115 496 0733", "NG9 1AB", "QQ123456C", "EH/2019/00123", "S/18812/21", "NP-20190401-0012",
        "C4512", "4857773456", "o.marchbanks@example.org", "the closing code of incident " * 10,
    ],
)  # fmt: skip
def test_what_may_be_somebody_s_is_never_quoted(text: str) -> None:
    assert not is_harmless(text, KNOWN)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("ASB Broxtowe 2022-23 Q3.xlsx", "ASB Broxtowe 2022-23 Q3.xlsx"),
        ("ASB for Zebedee Quillfeather.xlsx", "ASB for ~ ~.xlsx"),
        ("2024-02-nottinghamshire-street.csv", "2024-02-nottinghamshire-street.csv"),
        ("2024-02-quillfeather-street.csv", "2024-02-~-street.csv"),
        ("20190401 final v2.xlsx", "20190401 final v2.xlsx"),
        ("07700900417.xlsx", "~.xlsx"),
        ("EH-2019-00123.xlsx", "EH-~.xlsx"),
    ],
)
def test_a_file_name_keeps_its_day_and_its_known_words(name: str, kept: str) -> None:
    assert mask(name, KNOWN) == kept


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0/"), max_size=60))
def test_masking_twice_is_masking_once(name: str) -> None:
    once = mask(name, KNOWN)
    assert mask(once, KNOWN) == once


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=5, max_size=12))
def test_a_word_that_is_not_known_is_always_masked(word: str) -> None:
    kept = mask(f"ASB {word}.xlsx", KNOWN)
    assert kept == f"ASB {UNKNOWN}.xlsx" or is_harmless(word, KNOWN)


def test_the_committed_files_keep_their_names() -> None:
    for source in all_sources():
        for path in (PROJECT / "sources" / source.arrives_in).glob("*.*"):
            assert mask(path.name, source.vocabulary) == path.name
