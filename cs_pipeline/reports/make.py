"""From what is asked for to files: which packs a name stands for, and their forms written side by side.

`warehouse/reports/<period>/<pack>.<form>`; the tables of a pack as CSV are in a folder of its name. A file is replaced
whole or not at all.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cs_pipeline.reports.audiences import AUDIENCES
from cs_pipeline.words.periods import parse_period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

    from cs_pipeline.reports.pack import Pack

Kind = Literal["quarterly", "outturn", "business-plan"]
KINDS: tuple[Kind, ...] = ("quarterly", "outturn", "business-plan")
FORMS = ("xlsx", "html", "docx", "csv")


@dataclass(frozen=True)
class Ask:
    """Which packs are wanted: those of a quarter, of a year, or of an edition, by its key.

    `audiences` and `service` narrow those of a quarter; none are all. `n_earlier` is how many years an outturn shows
    before its own.
    """

    kind: Kind
    key: str
    audiences: tuple[str, ...] = ()
    service: str | None = None
    n_earlier: int = 2

    @property
    def folder(self) -> str:
        return f"business-plan-{self.key}" if self.kind == "business-plan" else self.key


def make_packs(publication: "Connection", ask: Ask) -> "list[Pack]":
    """What is asked for, in no form yet. Raises NoSuchPack."""
    from cs_pipeline.reports.business_plan import business_plan_pack
    from cs_pipeline.reports.outturn import outturn_pack
    from cs_pipeline.reports.parts import NoSuchPack
    from cs_pipeline.reports.quarterly import quarterly_packs

    if ask.kind == "business-plan":
        return [business_plan_pack(publication, ask.key)]
    period = parse_period(ask.key)
    wanted = "quarter" if ask.kind == "quarterly" else "year"
    if period is None or period.kind != wanted:
        example = "2021-22-Q3" if wanted == "quarter" else "2021-22"
        raise NoSuchPack(f'"{ask.key}" is no financial {wanted}. Write it as {example}.')
    if ask.kind == "outturn":
        return [outturn_pack(publication, period, ask.n_earlier)]
    return quarterly_packs(publication, period, ask.audiences or tuple(AUDIENCES), ask.service)


def write_packs(packs: "Sequence[Pack]", folder: Path, forms: Iterable[str] = FORMS) -> list[Path]:
    """Writes each pack in each form; returns the files, and for CSV the folder of the tables."""
    folder.mkdir(parents=True, exist_ok=True)
    return [write_pack(pack, folder, form) for pack in packs for form in forms]


def write_pack(pack: "Pack", folder: Path, form: str) -> Path:
    """Writes one form beside where it belongs, then puts it in place in one rename; CSV files one by one."""
    if form == "csv":
        from cs_pipeline.reports.csv import write_csv

        write_csv(pack, folder / pack.key)
        return folder / pack.key
    from cs_pipeline.reports.docx import write_docx
    from cs_pipeline.reports.html import write_html
    from cs_pipeline.reports.xlsx import write_xlsx

    path, part = folder / f"{pack.key}.{form}", folder / f".{pack.key}.part.{form}"
    {"xlsx": write_xlsx, "html": write_html, "docx": write_docx}[form](pack, part)
    part.replace(path)
    return path


def digest(packs: "Sequence[Pack]") -> str:
    """A hash over all that packs say, by which a later run knows whether they would say the same."""
    from importlib.metadata import version

    said = hashlib.sha256(version("cs-pipeline").encode())
    for pack in packs:
        said.update(repr(pack).encode())
    return said.hexdigest()[:16]
