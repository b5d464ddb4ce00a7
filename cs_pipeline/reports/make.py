"""From what is asked for to files: which packs a name stands for, and their forms written side by side.

`warehouse/reports/<period>/<pack>.<form>`; the tables of a pack as CSV are in a folder of its name. A file is replaced
whole or not at all.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cs_pipeline.reports.audiences import AUDIENCES
from cs_pipeline.words.periods import parse_period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Connection

    from cs_pipeline.disclosure.protection import Protection
    from cs_pipeline.reports.pack import Pack
    from cs_pipeline.words.periods import Period
    from cs_pipeline.words.settings import Settings

Kind = Literal["quarterly", "outturn", "business-plan", "ward"]
KINDS: tuple[Kind, ...] = ("quarterly", "outturn", "business-plan")  # What a night writes.
ASKED_FOR: tuple[Kind, ...] = (*KINDS, "ward")  # What a person can ask for.
FORMS = ("xlsx", "html", "docx", "csv")


@dataclass(frozen=True)
class Ask:
    """Which packs are wanted: those of a quarter, of a year, or of an edition, by its key.

    `audiences` and `service` narrow those of a quarter, `ward` the pages of wards; none are all. `n_earlier` is how
    many years an outturn or a ward's page shows before its own.
    """

    kind: Kind
    key: str
    audiences: tuple[str, ...] = ()
    service: str | None = None
    n_earlier: int = 2
    ward: str | None = None

    @property
    def folder(self) -> str:
        return f"{self.kind}-{self.key}" if self.kind in ("business-plan", "ward") else self.key


@contextmanager
def open_for_packs(
    settings: "Settings", *, internal: bool = False, with_wards: bool = False
) -> "Iterator[tuple[Connection, Protection | None]]":
    """What packs are made from: the public copy of the publication, or for inside use the publication itself.

    Raises FileNotFoundError before the first publication, and CannotPublish where a protected number could be worked
    out from the rest.
    """
    from cs_pipeline.disclosure.policy import read_policy
    from cs_pipeline.disclosure.protection import find_protection, open_public
    from cs_pipeline.publish.release import open_publication

    with open_publication(settings) as publication:
        if internal:
            yield publication, None
            return
        protection = find_protection(publication, read_policy(), with_wards=with_wards)
        with open_public(publication, settings.sql, protection) as copy:
            yield copy, protection


def make_checked(publication: "Connection", protection: "Protection | None", ask: Ask) -> "list[Pack]":
    """What is asked for, and where it is for the public, read as its readers will. Raises CannotPublish."""
    packs = make_packs(publication, ask)
    if protection is not None:
        from cs_pipeline.reports.audit import check_packs

        check_packs(packs, protection)
    return packs


def make_packs(publication: "Connection", ask: Ask) -> "list[Pack]":
    """What is asked for, in no form yet. Raises NoSuchPack."""
    from cs_pipeline.reports.business_plan import business_plan_pack
    from cs_pipeline.reports.outturn import outturn_pack
    from cs_pipeline.reports.quarterly import quarterly_packs
    from cs_pipeline.reports.ward import ward_packs

    if ask.kind == "business-plan":
        return [business_plan_pack(publication, ask.key)]
    if ask.kind == "ward":
        return ward_packs(publication, _period(ask, "quarter", "2021-22-Q3"), ask.ward, ask.n_earlier)
    if ask.kind == "outturn":
        return [outturn_pack(publication, _period(ask, "year", "2021-22"), ask.n_earlier)]
    quarter = _period(ask, "quarter", "2021-22-Q3")
    return quarterly_packs(publication, quarter, ask.audiences or tuple(AUDIENCES), ask.service)


def _period(ask: Ask, wanted: str, example: str) -> "Period":
    from cs_pipeline.reports.parts import NoSuchPack

    period = parse_period(ask.key)
    if period is None or period.kind != wanted:
        raise NoSuchPack(f'"{ask.key}" is no financial {wanted}. Write it as {example}.')
    return period


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
