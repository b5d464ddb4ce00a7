"""Reads a finished pack as its readers will, and finds what it says of a protected number.

The public copy holds none, so nothing should be found here. This is the second lock: it would catch a section that was
made from anything else, a comment that slipped through, or a number written into a sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from cs_pipeline.disclosure.copy import bare
from cs_pipeline.disclosure.protection import CannotPublish, Protection, say_key
from cs_pipeline.disclosure.told import BOROUGH
from cs_pipeline.reports.pack import Cell, Chart, Of, Pack, Table
from cs_pipeline.words.figures import show_number

NEUTRAL = ("", "unknown", "data only", "too few to say")  # Said of a figure of which nothing is known, too.
MOST_NAMED = 5
# Columns of declared words and of what the plan prints, where a number counts nobody ("closed in under 3 months"), and
# of conflicts, which the public copy words itself.
DECLARED = {
    "conflict_sentence",
    "indicator_title",
    "printed_name",
    "numerator_words",
    "denominator_words",
    "definition_because",
    "why",
    "note",
}
CODE = re.compile(r"ComS_\d{3}[a-z]?")
NUMBER = re.compile(r"(?<![\w.,/])\d[\d,]*(?:\.\d+)?(?![\w/]|[.,]\d)")
# Words in which a number is none of an indicator: periods, days, and limits, which are reckoned from open numbers.
PASSED_OVER = re.compile(
    r"\d{4}/\d{2}(?: Q\d)?|\d{4}-\d{2}(?:-Q\d)?|\d{1,2}/\d{1,2}/\d{4}|\d{1,2} (?:January|February|March|April|May|"
    r"June|July|August|September|October|November|December) \d{4}|rows? \d+|what chance gives, [^)]*"
)


class Known:
    """The open and the hidden numbers of every indicator about people, as they are printed."""

    def __init__(self, protection: Protection) -> None:
        self.figures: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.open: dict[str, set[str]] = defaultdict(set)
        self.hidden: dict[str, set[str]] = defaultdict(set)
        self.about_people = protection.about_people
        for slot, value, unit in protection.numbers(hidden=False):
            base = protection.bases.get(slot[0])
            said = show_number(round(value / base) * base if base else value, unit)
            self.figures[_of(slot)].add(said)
            self.open[slot[0]].add(bare(said))
        for slot, value, _ in protection.equations.public:
            self.open[slot[0]].add(bare(show_number(value, "number")))
        for slot, value, unit in protection.numbers(hidden=True):
            self.hidden[slot[0]].add(bare(show_number(value, unit)))


def check_packs(packs: Iterable[Pack], protection: Protection) -> None:
    """Raises CannotPublish where a pack says a protected number, or anything that is taken from one."""
    known = Known(protection)
    for pack in packs:
        found = list(dict.fromkeys(find_leaks(pack, known)))
        if found:
            more = f", and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
            raise CannotPublish(
                f"The pack {pack.key} gives a protected number away: {'; '.join(found[:MOST_NAMED])}{more}. Nothing "
                "was written for the public; tell whoever keeps this program, and use --internal inside the council."
            )


def find_leaks(pack: Pack, known: Known) -> Iterator[str]:
    """Where a pack says something of a protected number, in words that do not repeat it."""
    titles, targets = _titles(pack), _targets(pack)

    def in_sentence(text: str, where: str) -> Iterator[str]:
        if text.startswith("Held: "):  # The words of conflicts, which the public copy judges itself.
            return
        for title in titles:
            text = text.replace(title, " ")
        for clause in text.split("; "):
            yield from _in_text(clause, where, known, targets)

    for section in pack.sections:
        for text in (section.title, *section.sentences, *section.listed):
            yield from in_sentence(text, f'a sentence under "{section.title}"')
        for table in section.tables:
            yield from _in_table(table, known)
        for chart in section.charts:
            yield from _in_chart(chart, known)
            for text in (chart.title, chart.words):
                yield from in_sentence(text, f"the words of the chart {chart.name}")


def _titles(pack: Pack) -> set[str]:
    """The titles of indicators, in which a number counts nobody."""
    return {
        cell.text
        for table in pack.tables
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if column.name == "indicator_title"
    }


def _targets(pack: Pack) -> dict[str, set[str]]:
    """Code -> its targets, which stand in the rows of figures and tell of none."""
    found: dict[str, set[str]] = defaultdict(set)
    for table in pack.tables:
        for row in table.rows:
            found[row[0].text] |= {bare(cell.text) for cell in row if cell.number is not None and not cell.of}
    return found


def _in_table(table: Table, known: Known) -> Iterator[str]:
    for row in table.rows:
        named = " ".join(CODE.findall(" ".join(cell.text for cell in row)))
        for column, cell in zip(table.columns, row, strict=True):
            where = f'the column "{column.heading}" of "{table.title}"'
            yield from _in_cell(cell, where, known)
            if not cell.of and cell.line is None and column.name not in DECLARED and cell.number is None:
                yield from _in_text(f"{named} {cell.text}", where, known, {})


def _in_cell(cell: Cell, where: str, known: Known) -> Iterator[str]:
    if cell.line is not None:
        for point in cell.line.points:
            if point.value is not None and not _is_open(point.of, show_number(point.value, cell.line.unit), known):
                yield f"{_say(point.of)} in {where}"
    is_told = cell.number is not None or cell.text not in NEUTRAL
    if cell.of and is_told and not _is_open(cell.of, cell.text if cell.number is not None else None, known):
        yield f"{_say(cell.of)} in {where}"


def _in_chart(chart: Chart, known: Known) -> Iterator[str]:
    yield from _in_table(chart.data, known)
    yield from _in_cell(Cell("", line=chart.line), f"the chart {chart.name}", known)


def _is_open(of: Of, said: str | None, known: Known) -> bool:
    """Whether all that is told of is open: with a number, exactly that number of the figure."""
    return all(
        slot[0] not in known.about_people or (known.figures[slot] if said is None else said in known.figures[slot])
        for slot in of
    )


def _in_text(text: str, where: str, known: Known, targets: dict[str, set[str]]) -> Iterator[str]:
    """A number of the text that is a hidden one of an indicator named in it, and no open one or target of any."""
    codes = set(CODE.findall(text)) & known.about_people
    if not codes:
        return
    numbers = {bare(number) for number in NUMBER.findall(PASSED_OVER.sub(" ", CODE.sub(" ", text)))}
    numbers -= set().union(*(known.open[code] | targets.get(code, set()) for code in codes))
    for code in sorted(codes):
        if numbers & known.hidden[code]:
            yield f"{code} in {where}"


def _of(slot: Sequence[str]) -> tuple[str, ...]:
    """A slot as a pack names it: the borough's without a ward."""
    return tuple(slot[:3]) if slot[3] == BOROUGH else tuple(slot)


def _say(of: Of) -> str:
    code, kind, key, *ward = of[0]
    return say_key((code, kind, key, *(ward or (BOROUGH,)), "", ""))
