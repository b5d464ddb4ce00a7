"""Every model, measure and claim of a folder of SQL, in the order in which they are built and judged."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cs_pipeline.declare.conflict import ConflictKind, find_kinds
from cs_pipeline.declare.gather import find_models
from cs_pipeline.declare.model import Claim, Macro, Measure, Model, find_claims, find_macros, find_measures
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.warehouse.records import META


@dataclass(frozen=True)
class Plan:
    """Models, each after those that it reads; claims by table and name; all else by name."""

    models: tuple[Model, ...]
    claims: tuple[Claim, ...]
    measures: tuple[Measure, ...] = ()
    macros: tuple[Macro, ...] = ()
    kinds: tuple[ConflictKind, ...] = ()

    @classmethod
    def read(cls, sql: Path) -> "Plan":
        return cls(
            tuple(find_models(sql)),
            tuple(find_claims(sql)),
            tuple(find_measures(sql)),
            tuple(find_macros(sql)),
            tuple(find_kinds(sql / "reconciliation")),
        )

    @cached_property
    def known(self) -> set[str]:
        stage = {f"{schema}.{t.name}" for s in all_sources() for t in s.tables for schema in ("stage", "current")}
        return stage | {f"meta.{name}" for name in META} | {model.name for model in self.models}

    def behind(self, table: str) -> set[str]:
        """Every model that reads a table, itself or through others."""
        found = {table}
        for model in self.models:
            if model.depends_on & found:
                found.add(model.name)
        return found - {table}

    def needed_by(self, name: str) -> set[str]:
        """A model and every model that it reads, itself or through others; empty where there is no such model."""
        known = {model.name: model for model in self.models}
        found, ask = set[str](), [name]
        while ask:
            model = known.get(ask.pop())
            if model and model.name not in found:
                found.add(model.name)
                ask += sorted(model.depends_on)
        return found

    def claims_of(self, table: str) -> list[Claim]:
        return [claim for claim in self.claims if claim.table == table]
