"""What may be repeated in a message, a record or a log: words we know, numbers and dates. All else may be a person's.

A file, a sheet, a heading or a cell can be somebody's name, so nothing strange in them is ever quoted. Which columns
may not be in a return at all is settled in `intake/door.py`.
"""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from cs_pipeline.words.days import MONTH_NUMBERS, WEEKDAYS

UNKNOWN = "~"
LIKE_ENOUGH = 0.88
SHORTEST_GUESS = 8
LONGEST_QUOTE = 200

# How people name files, sheets and columns, and what they type in a cell to say that there is nothing.
_FILING = (
    "broxtowe council nottinghamshire "
    "again all and annual area areas bad before blank board borough both category code codes column columns copy "
    "corrected correction count counts csv data date dates day days delivery details draft east empty end error "
    "example export extract false figure figures file final first for form from full good grand greater half heading "
    "last late later left list lists lower may missing month monthly months name new next none north not note notes "
    "nothing number numbers old one only other out over page part pdf per performance period periods plan print "
    "printed quarter quarterly quarters read renamed report rest return returns revised right row rows sample scan "
    "second service sheet since source south special subtotal sub sum summary tab table text the third title total "
    "totals true two type types under unknown until update updated upper value values version week weekly west whole "
    "with without word words wrong xls xlsm xlsx year yearly years zip "
)
FILING = frozenset(_FILING.split()) | frozenset(MONTH_NUMBERS) | frozenset(WEEKDAYS)

_YEAR = r"(?:19|20)\d\d"
_DAY = rf"{_YEAR}-\d\d-\d\d|{_YEAR}\d{{4}}|\d\d?[-/]\d\d?[-/](?:{_YEAR}|\d\d)"
_DATED = rf"{_DAY}|(?:fy)?{_YEAR}(?:[-–/](?:{_YEAR}|\d\d))?|\d\d?(?:st|nd|rd|th)|q[1-4]|v?\d\d?"
_TOKEN = re.compile(rf"\d{{1,3}}(?:,\d{{3}})+|(?<![\w/])(?:{_DATED})(?![\w/]|-\d)|[^\W_]+", re.IGNORECASE)
_FIGURE = re.compile(r"[-+<>=£~ ]*(?:\d{1,3}(?:,\d{3})+|0|[1-9]\d{0,6})(?:\.\d+)?[%+ ]*")  # A number by itself.
_SMALL = re.compile(r"0|[1-9]\d{0,2}|0\d|\d{1,3}(?:,\d{3})+")  # One beside others; a longer one is a reference.
_LONG_RUN = re.compile(r"(?<!\d)\d(?:[ -]?\d){8,}(?!\d)")  # A telephone number, however it is spaced.
_REFERENCE = re.compile(rf"(?<![^\W_])([a-z]{{1,8}})[-/_]?(?!{_YEAR}(?![-/_]?\d))\d+(?:[-/_]\d+)*", re.IGNORECASE)
_SHORTEST_REFERENCE = 3  # digits
# What can only lead to a person, wherever it stands.
CONTACTS = re.compile(
    r"""(?<![\d/.-])(\+44|0)(?:[ -]?\d){9,10}(?!\d)              # a telephone number
    | (?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)                      # an NHS number
    | \b[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}\b                     # a postcode
    | \b[A-Z]{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?[A-D]\b           # a National Insurance number
    | [^\s@]+@[^\s@]+\.\w+                                        # an e-mail address
    | \b(Mr|Mrs|Ms|Miss|Dr)\.?[ ][A-Z][\w'-]*([ ][A-Z][\w'-]*)?   # a person by title
    """,
    re.VERBOSE,
)


def words_of(text: str) -> frozenset[str]:
    """The words of a text in lower case."""
    return frozenset(re.findall(r"[^\W\d_]+", text.casefold()))


def is_harmless(text: str, known: frozenset[str]) -> bool:
    """Whether a text holds only numbers, dates, and words that we know or that are plainly misspelt ones."""
    if len(text) > LONGEST_QUOTE or _numbers_of_people(text, known):
        return False
    if _FIGURE.fullmatch(text):
        return True
    return all(_SMALL.fullmatch(token) or _is_known(token, known) for token in _TOKEN.findall(text))


def mask(text: str, known: frozenset[str]) -> str:
    """A file's name with every word that may be somebody's, and every number that is no date, shown as `~`.

    Masking twice is masking once, and what a declaration finds in a name, such as its day, is still there.
    """
    for run in _numbers_of_people(text, known):
        text = text.replace(run, UNKNOWN)
    return _TOKEN.sub(lambda token: token[0] if _is_known(token[0], known) else UNKNOWN, text)


def _numbers_of_people(text: str, known: frozenset[str]) -> list[str]:
    """Telephone numbers, and references: letters that are no word of ours with digits behind them, `EH-2019-00123`."""
    runs = [run for run in _LONG_RUN.findall(text) if not re.match(_DAY, run)]
    return runs + [
        found[0]
        for found in _REFERENCE.finditer(text)
        if sum(map(str.isdigit, found[0])) >= _SHORTEST_REFERENCE and not _is_spelt_out(found[1].casefold(), known)
    ]


def _is_spelt_out(letters: str, known: frozenset[str]) -> bool:
    """Whether the letters before a number are a word of ours, and not one or two that could be anybody's."""
    return letters in ("q", "v", "fy") or (len(letters) > 2 and (letters in known or letters in FILING))


def _is_known(token: str, known: frozenset[str]) -> bool:
    word = token.casefold()
    if re.fullmatch(_DATED, word):
        return True
    letters = word.rstrip("0123456789")
    return letters.isalpha() and len(word) - len(letters) <= 1 and _is_word(letters, known)


@lru_cache(maxsize=10_000)
def _is_word(word: str, known: frozenset[str]) -> bool:
    if len(word) <= 2 or word in known or word in FILING:
        return True
    if len(word) < SHORTEST_GUESS:
        return False
    near = (other for other in known | FILING if abs(len(other) - len(word)) <= 1)
    return any(SequenceMatcher(None, word, other, autojunk=False).ratio() >= LIKE_ENOUGH for other in near)
