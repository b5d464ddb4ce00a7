"""The door: a return of counts in which any column looks like one about a person is turned away, unread and unkept.

What is said of it afterwards is how many rows it had and which columns are meant, by letter; never a heading, a sheet
or a value. What may be repeated of other returns is settled in `words/harmless.py`.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from cs_pipeline.declare.columns import SPREADSHEET_ERRORS, plain
from cs_pipeline.declare.source import Source, Table
from cs_pipeline.intake.headings import count_figures, heading_row
from cs_pipeline.intake.table import Book, Sheet
from cs_pipeline.words.days import parse_date
from cs_pipeline.words.findings import Refused, column_letter
from cs_pipeline.words.harmless import CONTACTS, FILING, is_harmless, words_of

RULE = "personal data"
BORN_BEFORE = 2015  # A day so early, in a return of figures that begin in 2018, can only be a date of birth.

_HEADINGS = re.compile(
    r"""\b(sur|fore|first|last|full|given|maiden|christian)[ -]?names?\b | \binitials\b
    | ^(?!.*\b(offence|area|ward|beat|agency|district|class|category|group|force|team|file|sheet)\b).*\bnames?\b
    | \bd\.?o\.?b\b | \bbirth | \bborn\b
    | \baddress | \bstreet\b | \bpost[ -]?code | \buprn\b | \bhouse[ ](no|number|name)
    | \b(tele)?phone | \btel\b | \bmobile | \be-?mail | \bcontact
    | \bref(s|erence|erences)?\b | \bids?\b
    | \b(case|crime|incident|occurrence|record|log)[ ]?(no|nos|number|numbers)\b
    | \burn\b | \bnhs\b | \bni(no)?([ ]number)?$ | national[ ]insurance
    | \bnarrative | \bcomments?\b | \bdetails\b | \bdescription | \bcircumstance | \bsummary\b | \bbackground\b
    | \bremarks?\b | free[ ]text | \bnotes?\b
    | ^(the[ ])?(victim|perpetrator|offender|suspect|complainant|tenant|client|person|individual|subject)s?$
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What heads one more column of figures: just these words, and none like them.
_FIGURES = re.compile(
    r"""\b(active|adults?|average|cases?|changes?|child|children|class|closed|compared|comparison|completed|costs?
    |crimes?|cumulative|decrease|detected|detections?|difference|expiry|female|financial|force|high|home|incidents?
    |increase|issued|low|male|mean|median|medium|meetings?|offences?|offenders|office|open|opened|outcomes?|outstanding
    |pending|per|percent|percentage|population|positive|previous|proportion|rank|rates?|ratio|received|recorded
    |referrals?|refused|region|repeats?|risk|same|served|share|solved|status|suspects|targets?|time|trend|variance
    |victims|ytd)\b""",
    re.VERBOSE | re.IGNORECASE,
)
# What stands in a column that tells of figures; two letters alone are somebody's initials.
_SAID = frozenset(
    (
        *("active", "better", "closed", "completed", "down", "estimated", "expired", "final", "higher", "issued"),
        *("lower", "nil", "none", "open", "pending", "provisional", "refused", "same", "stable", "up", "worse", "yes"),
        *("a", "no", "n", "y", "na", "nc", "of", "in", "on", "to", "by", "or", "at", "per"),
        *("q", "fy", "v", "st", "nd", "rd", "th", "b", "c", "e", "p", "r", "x", "z"),  # [c], [x]: official shorthand
    )
)
_COMMENTS = re.compile(r"xl/(comments|threadedComments)")
_PIVOTS = re.compile(r"xl/pivotCache/pivotCache(Records|Definition)")
_TEXTS = re.compile(rb"(?:<(?:\w+:)?(?:t|text)(?: [^>]*)?>|<(?:\w+:)?[sd] v=[\"'])([^<\"']+)")
# Days before 2015, in years that `parse_date` does not read for any figure.
_BIRTHDAY = re.compile(
    r"""(?<!\d)\d\d?(st|nd|rd|th)?[./ -](\d\d?|[a-z]{3,9})[./ -](19\d\d|200\d|201[0-4]|[5-9]\d)(?!\d)
    | (?<!\d)(19\d\d|200\d|201[0-4])-\d\d-\d\d(?!\d)
    | \b[a-z]{3,9}[ ]\d\d?(st|nd|rd|th)?,?[ ](19\d\d|200\d|201[0-4])(?!\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)


class TurnedAway(Refused):
    """A return of counts with personal data in it: nothing of it may be kept."""

    def __init__(self, n_rows: int, columns: list[str], beside: Sequence[str] = ()) -> None:
        *others, last = columns or [""]
        named = f"columns {', '.join(others)} and {last}" if others else f"column {last}"
        named = " and ".join([*([named] if columns else []), *beside])
        rows = "1 row" if n_rows == 1 else f"{n_rows} rows"
        what = f"refused, {rows}, personal data in {named}; nothing of the file was kept"
        super().__init__(RULE, what, "Send counts only: delete what is about persons, and the file from the folder.")
        self.n_rows = n_rows


def turn_away_people(book: Book, source: Source, path: Path | None = None) -> None:
    """Raises TurnedAway where a return that holds counts only has a column that looks like one about a person.

    `path` is the file, in which comments on cells and the rows behind a pivot table are looked for too.
    """
    n_rows, found = 0, set[int]()
    for sheet in book.sheets:
        table, at = _table_of(sheet, source)
        rows = sheet.rows if at is None else sheet.rows[at + 1 :]
        n_rows += len(rows)
        if re.fullmatch(source.other_sheets, sheet.name.strip(), re.IGNORECASE):
            found |= set(_personal_headings(sheet.rows))
            continue
        found |= set(_personal_headings(sheet.rows[:at]))
        found |= set(_personal_columns(sheet, at, table, source.vocabulary))
    beside = _beside_cells(path, source.vocabulary) if path and is_zipfile(path) else []
    if found or beside:
        raise TurnedAway(n_rows, [column_letter(place + 1) for place in sorted(found)], beside)


def _beside_cells(path: Path, known: frozenset[str]) -> list[str]:
    """Where a workbook holds texts that no cell shows: comments, and the rows that a pivot table was made from."""
    comments, pivots = "comments on cells", "the rows behind a pivot table"
    found = dict[str, None]()
    with ZipFile(path) as package:
        for part in package.namelist():
            where = comments if _COMMENTS.match(part) else pivots if _PIVOTS.match(part) else None
            texts = (
                (unescape(text.decode("utf-8", "replace")) for text in _TEXTS.findall(package.read(part)))
                if where
                else ()
            )
            if where and any(_is_about_someone(text.strip(), known) for text in texts if text.strip()):
                found[where] = None
    return list(found)


def _table_of(sheet: Sheet, source: Source) -> tuple[Table, int | None]:
    """The declared table that a sheet is nearest to, and the place of its heading row where it has one."""
    found = [(*heading_row(sheet, {s: s for s in spellings(table)}, table), table) for table in source.tables]
    best, place, table = max(found, key=lambda known: known[0])
    is_headed = best or (sheet.rows and count_figures(sheet.rows[place][1], table) > 1)
    return table, place if is_headed else None


def spellings(table: Table) -> dict[str, str]:
    """Every heading that any layout declares, in the form that is compared -> its column; none for one not stored."""
    declared = {plain(heading): column.name for column in table.columns for heading in column.headings}
    for layout in table.layouts:
        declared |= {plain(heading): name for name, headings in layout.renamed.items() for heading in headings}
    return {plain(heading): "" for heading in table.not_stored} | declared


def _personal_headings(rows: list[tuple[int, list[str | None]]]) -> Iterator[int]:
    """In notes and titles, whose sentences are nobody's business, only what heads a list of persons counts."""
    for _, texts in rows:
        if sum(bool(text and len(text) <= 30 and _HEADINGS.search(text)) for text in texts) > 1:
            yield from (place for place, text in enumerate(texts) if text and _HEADINGS.search(text))


def _personal_columns(sheet: Sheet, at: int | None, table: Table, known: frozenset[str]) -> Iterator[int]:
    headings = sheet.rows[at][1] if at is not None else []
    rows = sheet.rows if at is None else sheet.rows[at + 1 :]
    declared = set(spellings(table))
    for place in range(max(len(headings), *(len(texts) for _, texts in rows), 0)):
        heading = headings[place] if place < len(headings) else None
        values = {text for _, texts in rows if (text := texts[place] if place < len(texts) else None)}
        values -= SPREADSHEET_ERRORS
        if _is_declared(heading, declared, table):
            is_personal = any(map(CONTACTS.search, values))
        else:
            is_personal = bool(heading and _tells_of_people(heading, known))
            is_personal |= any(_is_about_someone(value, known) for value in values)
        if is_personal:
            yield place


def _is_declared(heading: str | None, declared: set[str], table: Table) -> bool:
    if heading is None:
        return False
    is_figure = table.cells and re.fullmatch(table.cells.heading, " ".join(heading.split()), re.IGNORECASE)
    return bool(is_figure) or plain(heading) in declared


def _tells_of_people(heading: str, known: frozenset[str]) -> bool:
    words = " ".join(heading.replace("_", " ").split())
    return bool(_HEADINGS.search(words)) or _is_somebodys(words) or not is_harmless(_FIGURES.sub("", words), known)


def _is_about_someone(value: str, known: frozenset[str]) -> bool:
    """In a column that nobody declared, whatever is no number, no date and no word of the return may be a person's.

    Words are compared to the letter: Jane is near Jan, and Marsh near March.
    """
    if _is_somebodys(value) or any(word not in known | FILING | _SAID for word in words_of(value)):
        return True
    return not is_harmless(value, known | _SAID)


def _is_somebodys(text: str) -> bool:
    """Whether a text can only be a person's: a number to call, an address, a title, or a day on which one was born."""
    day = parse_date(text) if not text.isdigit() else None
    is_birthday = bool(_BIRTHDAY.search(text)) or (day is not None and day.year < BORN_BEFORE)
    return is_birthday or bool(CONTACTS.search(text))
