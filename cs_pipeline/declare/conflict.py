"""Kinds of conflict: each a general claim in SQL, `sql/reconciliation/<kind>.sql`, whose rows are what disagrees.

A file gives those of the columns in `COLUMNS` that it has something to say of, `subject` and `disagrees` at least.
Kinds that hold a figure are gathered into `marts.figure_conflict`, which figures are made from; these and all others
into `marts.conflict`, which may read figures. What was decided of a conflict is `sql/marts/reconciliation.sql`.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cs_pipeline.declare.model import Model, ModelBroken, SqlFile

# Name -> type and description. Who is told from the second says something else than the first.
COLUMNS = {
    "edition_code": ("varchar", "Edition of the Business Plan by its years, such as 2023-26."),
    "indicator_code": ("varchar", "Code of the performance indicator in Pentana, such as ComS_011."),
    "subject": ("varchar", "What the conflict is about: the code of an indicator or action, a document, a heading."),
    "period_key": (
        "varchar",
        "Key of the period: 2021-10, 2021-22-Q3, 2021-22, or first and last month of an odd period.",
    ),
    "detail": ("varchar", "What tells the conflict from others of its kind, subject and period."),
    "first_by": ("varchar", "Who says the first: a table of the plan, Pentana, the deliveries or a definition."),
    "first_said": ("varchar", "What the first says, as it is written."),
    "first_delivery_key": ("varchar", "The delivery in which the first stands: source and start of its SHA-256."),
    "first_sheet_name": ("varchar", "The sheet in which the first stands; empty for a flat file."),
    "first_cell": ("varchar", "The cell, or the row, in which the first stands."),
    "second_by": ("varchar", "Who says the second, or is silent."),
    "second_said": ("varchar", "What the second says, as it is written; empty where it is silent."),
    "second_delivery_key": ("varchar", "The delivery in which the second stands: source and start of its SHA-256."),
    "second_sheet_name": ("varchar", "The sheet in which the second stands; empty for a flat file."),
    "second_cell": ("varchar", "The cell, or the row, in which the second stands."),
    "difference": ("double", "By how much the second exceeds the first, in the unit of what is said."),
    "ask": ("varchar", "Post to ask, where one is known."),
    "disagrees": ("varchar", "What disagrees, in one plain sentence."),
}
NEEDED = ("subject", "disagrees")
HOLDS = "Holds: the figure."
SETTLED = "Settled by: "


@dataclass(frozen=True)
class ConflictKind(SqlFile):
    """One kind. Head comments: the kind in words; `Settled by:` what would settle it; `Holds: the figure.` where no
    figure may go out while it is open.
    """

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def words(self) -> str:
        return self.head[0].rstrip(".")

    @cached_property
    def settled_by(self) -> str:
        return next(line for line in self.head if line.startswith(SETTLED)).removeprefix(SETTLED).rstrip(".")

    @property
    def holds(self) -> bool:
        return HOLDS in self.head

    @cached_property
    def given(self) -> frozenset[str]:
        """The columns that it has something to say of."""
        return frozenset(column.alias_or_name for column in self._tree.selects)


def find_kinds(folder: Path) -> list[ConflictKind]:
    """Every kind by name. Raises ModelBroken for a file without its head, or with other columns than `COLUMNS`."""
    kinds = [ConflictKind(path, path.read_text()) for path in sorted(folder.glob("*.sql"))]
    for kind in kinds:
        if not any(line.startswith(SETTLED) for line in kind.head[1:]):
            what = f"{kind.path.name} does not say what would settle a conflict of its kind"
            raise ModelBroken(f"{what}. Start with the kind in words, then Settled by: and what settles it.")
        if not set(NEEDED) <= kind.given <= COLUMNS.keys():
            strange = ", ".join(sorted(kind.given - COLUMNS.keys() | set(NEEDED) - kind.given))
            raise ModelBroken(f"{kind.path.name} gives other columns than a conflict has: {strange}. Correct them.")
    return kinds


@dataclass(frozen=True)
class Gathered(Model):
    """A table gathered from many files: what it reads and holds is known from them, so its long text is parsed once."""

    reads: frozenset[str] = frozenset()

    @cached_property
    def depends_on(self) -> frozenset[str]:
        return self.reads

    @cached_property
    def columns(self) -> dict[str, str | None]:
        return KEYS | {name: words for name, (_, words) in COLUMNS.items()}


KEYS: dict[str, str | None] = {
    "conflict_kind": "Kind of conflict, which is also the name of its SQL file.",
    "conflict_key": "Key of the conflict, by which it is settled.",
}
IDENTIFYING = ("edition_code", "subject", "period_key", "detail")
CONFLICT = """-- {what}
-- One row per kind, edition, subject, period and detail. Gathered from `sql/reconciliation/`, a file a kind.
"""
KEYED = """select
    '{kind}' as conflict_kind,
    left(sha256(concat_ws('|', '{kind}', {key})), 12) as conflict_key,
    {columns}
from (
{query}
) as r
"""
CARRIED = """select
    f.conflict_kind,
    f.conflict_key,
    {columns}
from marts.figure_conflict as f
"""
OVER_FIGURES = "Conflicts over what a figure is: no such figure goes out before somebody has decided."
EVERY = "Every conflict in the plan, between the plan and Pentana, and between either and the deliveries."


def gather_conflicts(folder: Path) -> list[Model]:
    """`marts.figure_conflict` and `marts.conflict` from the query of each kind; neither without one that holds."""
    kinds = find_kinds(folder)
    holding, other = [kind for kind in kinds if kind.holds], [kind for kind in kinds if not kind.holds]
    if not holding:
        return []
    carried = CARRIED.format(columns=",\n    ".join(f"f.{name}" for name in COLUMNS))
    return [
        _gather(folder, "marts.figure_conflict", OVER_FIGURES, [], holding),
        _gather(folder, "marts.conflict", EVERY, [carried], other),
    ]


def _gather(folder: Path, name: str, what: str, carried: list[str], kinds: list[ConflictKind]) -> Model:
    text = CONFLICT.format(what=what) + "union all\n".join([*carried, *map(_keyed, kinds)])
    reads = frozenset[str]().union(*(kind.depends_on for kind in kinds))
    return Gathered(folder, text, name, reads | ({"marts.figure_conflict"} if carried else frozenset()))


def _keyed(kind: ConflictKind) -> str:
    columns = [
        f"r.{name}" if name in kind.given else f"null::{of_type} as {name}" for name, (of_type, _) in COLUMNS.items()
    ]
    key = ", ".join(f"coalesce(r.{name}, '-')" if name in kind.given else "'-'" for name in IDENTIFYING)
    query = kind.text.rstrip().rstrip(";")
    return KEYED.format(kind=kind.name, key=key, columns=",\n    ".join(columns), query=query)
