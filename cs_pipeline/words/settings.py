"""Where things are and which limits hold: the only reader of the environment.

Everything has a default, so a fresh clone runs without a single variable set. Constants of a rule do not belong here.
"""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    """The folders and limits of one run; every path is absolute."""

    sources: Path
    warehouse: Path
    sql: Path = PROJECT / "sql"
    package: Path = PROJECT / "cs_pipeline"
    indicators: Path = PROJECT / "cs_pipeline" / "indicators"
    first_quarter: str = "2018-19-Q1"
    last_quarter: str = "2030-31-Q4"
    read_memory_mb: int = 3000
    read_cpu_seconds: int = 300
    read_wall_seconds: int = 600
    keep_publications: int = 30
    earlier_years: int = 2
    makes_packs: bool = True
    lock_wait_seconds: float = 2.0
    key_file: Path = Path.home() / ".config" / "cs_pipeline" / "key"

    @property
    def archive(self) -> Path:
        return self.warehouse / "archive"

    @property
    def quarantine(self) -> Path:
        """Where suppliers' copies with their cells marked are put, a folder for each source."""
        return self.warehouse / "quarantine"

    @property
    def scratch(self) -> Path:
        return self.warehouse / "scratch"

    @property
    def rehearsal(self) -> Path:
        """Where a run is rehearsed; gone when the rehearsal has ended, or at the next run where it was killed."""
        return self.warehouse / ".rehearsal"

    @property
    def ledger(self) -> Path:
        return self.warehouse / "ledger.duckdb"

    @property
    def build(self) -> Path:
        return self.warehouse / "build.duckdb"

    @property
    def published(self) -> Path:
        return self.warehouse / "published"

    @property
    def restricted(self) -> Path:
        return self.warehouse / "restricted"

    @property
    def reports(self) -> Path:
        """The packs, a folder for each quarter, year and edition."""
        return self.warehouse / "reports"

    @property
    def publication(self) -> Path:
        """The one path that analysts open."""
        return self.published / "community_safety.duckdb"

    @property
    def decisions(self) -> Path:
        return self.sources / "decisions"

    @property
    def dagster_home(self) -> Path:
        """The project's own, or one inside a warehouse that stands elsewhere, so that their runs never mix."""
        own = PROJECT / "dagster_home"
        return own if self.warehouse == PROJECT / "warehouse" else self.warehouse / "dagster_home"

    def source_folder(self, folder: str) -> Path:
        """A source's folder; reference data falls back to the project's own when a set of deliveries brings none."""
        own = self.sources / folder
        return own if own.exists() or not folder.startswith("reference/") else PROJECT / "sources" / folder


def read_settings(sources: str | Path | None = None, warehouse: str | Path | None = None) -> Settings:
    """The settings of this process: what the command line says, else the environment, else the project's own folders.

    Variables: `CS_SOURCES`, `CS_WAREHOUSE`, `CS_INDICATORS`, `CS_KEY_FILE`, `CS_FIRST_QUARTER`, `CS_LAST_QUARTER`,
    `CS_READ_MEMORY_MB`; `CS_EARLIER_YEARS`, how many an outturn shows before its own; `CS_MAKES_PACKS`, which is `no`
    where a run is only to publish; and `CS_NOW`, a moment at which a replay is to believe itself.
    """
    settings = Settings(
        sources=Path(sources or os.environ.get("CS_SOURCES") or PROJECT / "sources").resolve(),
        warehouse=Path(warehouse or os.environ.get("CS_WAREHOUSE") or PROJECT / "warehouse").resolve(),
    )
    return replace(
        settings,
        indicators=Path(os.environ.get("CS_INDICATORS") or settings.indicators).resolve(),
        first_quarter=os.environ.get("CS_FIRST_QUARTER", settings.first_quarter),
        last_quarter=os.environ.get("CS_LAST_QUARTER", settings.last_quarter),
        key_file=Path(os.environ.get("CS_KEY_FILE") or settings.key_file).absolute(),
        earlier_years=int(os.environ.get("CS_EARLIER_YEARS", settings.earlier_years)),
        makes_packs=os.environ.get("CS_MAKES_PACKS", "yes") != "no",
        read_memory_mb=int(os.environ.get("CS_READ_MEMORY_MB", settings.read_memory_mb)),
    )


def read_clock() -> datetime | None:
    """The moment that `CS_NOW` says it is, for replays and tests; None where the machine's clock holds."""
    said = os.environ.get("CS_NOW")
    return datetime.fromisoformat(said).astimezone(UTC) if said else None


class UnsafeEnvironment(Exception):
    """A variable of the environment would switch the checks off in silence; the message is two sentences."""


def check_environment() -> None:
    """Raises UnsafeEnvironment where pandera would judge less than is declared, or nothing, in silence (0.35)."""
    switches = {
        "PANDERA_VALIDATION_ENABLED": ("true", "True", "1"),  # any other word, "yes" too, switches it off
        "PANDERA_VALIDATION_DEPTH": ("SCHEMA_AND_DATA",),
    }
    for name, harmless in switches.items():
        if os.environ.get(name, harmless[0]) not in harmless:
            raise UnsafeEnvironment(f"The variable {name} switches checks off. Unset it and run again.")
