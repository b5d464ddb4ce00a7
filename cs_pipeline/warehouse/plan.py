"""Every model and claim of a folder of SQL, in the order in which they are built and judged."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cs_pipeline.declare.model import Claim, Model, find_claims, find_models
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.warehouse.records import META


@dataclass(frozen=True)
class Plan:
    """Models, each after those that it reads, and claims by table and name."""

    models: tuple[Model, ...]
    claims: tuple[Claim, ...]

    @classmethod
    def read(cls, sql: Path) -> "Plan":
        return cls(tuple(find_models(sql)), tuple(find_claims(sql)))

    @cached_property
    def known(self) -> set[str]:
        stage = {f"{schema}.{t.name}" for s in all_sources() for t in s.tables for schema in ("stage", "current")}
        return stage | {f"meta.{name}" for name in META} | {model.name for model in self.models}

    def claims_of(self, table: str) -> list[Claim]:
        return [claim for claim in self.claims if claim.table == table]
