"""What reading a delivery gave: counts that add up, findings, quarantined rows by address, and typed rows as files."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from cs_pipeline.words.findings import Finding, Severity


@dataclass
class SheetCount:
    """Rows of one sheet, by what became of them; `ignored` is counted by the declared rule that left them out."""

    table: str
    sheet: str
    read: int = 0
    accepted: int = 0
    quarantined: int = 0
    ignored: dict[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        return self.read == self.accepted + self.quarantined + sum(self.ignored.values())


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that was not accepted: where it stands and which rule it broke. Never its values."""

    table: str
    sheet: str
    row_number: int
    cells: str
    rule: str
    remedy: str


@dataclass(frozen=True)
class Corrected:
    """A cell whose value a decision replaced before it was judged. The values themselves stand in the decision."""

    table: str
    sheet: str
    cell: str
    column: str
    because: str
    by: str
    on: date


@dataclass
class Reading:
    """One delivery, judged. `rows` holds a Parquet file of typed rows for each table; none for a refused delivery.

    `may_be_kept` is false for a return of counts that did not pass the door: neither its bytes nor its name are kept,
    and `n_turned_away` is how many rows it had.
    """

    source: str
    title: str
    file_name: str
    as_at: date | None = None
    counts: list[SheetCount] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    quarantined: list[QuarantinedRow] = field(default_factory=list)
    rows: dict[str, Path] = field(default_factory=dict)
    corrected: list[Corrected] = field(default_factory=list)
    may_be_kept: bool = True
    n_turned_away: int | None = None

    @property
    def is_refused(self) -> bool:
        return any(finding.severity is Severity.REFUSED for finding in self.findings)

    @property
    def n_read(self) -> int:
        return sum(count.read for count in self.counts)

    @property
    def n_accepted(self) -> int:
        return sum(count.accepted for count in self.counts)

    @property
    def n_quarantined(self) -> int:
        return sum(count.quarantined for count in self.counts)

    @property
    def n_ignored(self) -> int:
        return sum(sum(count.ignored.values()) for count in self.counts)

    def sentences(self) -> list[str]:
        """Every finding as an officer reads it, the gravest first."""
        order = list(Severity)
        ranked = sorted(self.findings, key=lambda finding: order.index(finding.severity))
        return [finding.sentence(self.title, self.file_name if self.may_be_kept else None) for finding in ranked]
