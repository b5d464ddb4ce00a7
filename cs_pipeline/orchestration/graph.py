"""Every delivery folder, table and publication as an asset, every claim as a check: what the Dagster page shows.

Keys are table names, so `sql/marts/asb_month.sql` is the asset `marts/asb_month`, and the counts of an indicator are
`figures/ComS_011`. What happens in a run is in `run.py`.
"""

from collections.abc import Iterable, Sequence

import dagster as dg

from cs_pipeline.declare.indicator import Indicator
from cs_pipeline.declare.model import Claim, Model
from cs_pipeline.declare.registry import all_sources
from cs_pipeline.declare.source import Source, Table
from cs_pipeline.figures.compute import asset_of
from cs_pipeline.operate.packs import pack_asset
from cs_pipeline.reports.make import KINDS
from cs_pipeline.warehouse.plan import Plan
from cs_pipeline.warehouse.tables import describe_stage
from cs_pipeline.words.periods import quarters
from cs_pipeline.words.settings import Settings

PUBLISHED = dg.AssetKey(["published", "community_safety"])
RESTRICTED = dg.AssetKey(["restricted", "community_safety_restricted"])


def key_of(name: str) -> dg.AssetKey:
    """`marts.asb_month` -> the key marts/asb_month; rows that hold now belong to their table in stage."""
    return dg.AssetKey(name.replace("current.", "stage.").split("."))


def quarter_partitions(settings: Settings) -> dg.PartitionsDefinition[str]:
    """One partition for each financial quarter, up to a horizon: Dagster fixes partitions when the code is loaded."""
    kept = quarters(settings.first_quarter, settings.last_quarter)
    return dg.StaticPartitionsDefinition([quarter.key for quarter in kept])


def folder_specs() -> list[dg.AssetSpec]:
    """The folders in which deliveries arrive, as assets that others make."""
    return [
        dg.AssetSpec(
            dg.AssetKey(["sources", source.name]),
            description=f"{source.description} Due: {source.due}.",
            group_name="deliveries",
            owners=[_team(source.owner)],
            kinds={"excel" if source.has_sheets else "csv"},
            metadata={"folder": f"sources/{source.arrives_in}", "due": source.due, "owner": source.owner},
        )
        for source in all_sources()
    ]


def table_specs(settings: Settings, plan: Plan, indicators: Sequence[Indicator]) -> list[dg.AssetSpec]:
    """Stage tables, models, indicators and publications, each after those that it is made from."""
    partitions = quarter_partitions(settings)
    stage = [_stage_spec(source, table, partitions) for source in all_sources() for table in source.tables]
    counted = [i for i in indicators if not i.heading]
    figures = [_figure_spec(indicator, plan, partitions) for indicator in counted]
    codes = [indicator.code for indicator in counted]
    models = [_model_spec(model, plan, codes, partitions) for model in plan.models]
    return [*stage, *figures, *models, *_publication_specs(plan), *_pack_specs(partitions)]


def _stage_spec(source: Source, table: Table, partitions: dg.PartitionsDefinition[str]) -> dg.AssetSpec:
    columns = [dg.TableColumn(name, sql, words) for name, sql, words in table.typed_columns]
    return dg.AssetSpec(
        dg.AssetKey(["stage", table.name]),
        deps=[dg.AssetKey(["sources", source.name]), *(key_of(f"stage.{name}") for name in source.reads)],
        description=describe_stage(source, table),
        group_name="stage",
        owners=[_team(source.owner)],
        kinds={"duckdb", "pandera"},
        skippable=True,
        partitions_def=partitions if table.time else None,
        metadata={
            "dagster/column_schema": dg.TableSchema(columns),
            "declared in": f"cs_pipeline/sources/{source.name}.py",
        },
    )


def _figure_spec(indicator: Indicator, plan: Plan, partitions: dg.PartitionsDefinition[str]) -> dg.AssetSpec:
    """What an indicator's definitions count, by quarter; what a year or a status is made of follows in the marts."""
    named = {definition.measure for definition in indicator.definitions}
    read = {name for measure in plan.measures if measure.name in named for name in measure.depends_on}
    last = indicator.definitions[-1]
    awaits = f" Not yet available: it awaits {last.awaits}." if last.awaits else ""
    return dg.AssetSpec(
        key_of(asset_of(indicator.code)),
        deps=sorted(key_of(name) for name in read if not name.startswith("meta.")),
        description=f"{indicator.title}. Since {last.since}: {last.numerator}{awaits}",
        group_name="figures",
        owners=[_team(indicator.owner)],
        kinds={"duckdb", "yaml"},
        skippable=True,
        partitions_def=partitions,
        metadata={
            "definitions": dg.MetadataValue.md(
                "\n".join(
                    f"- since {d.since}: {d.because} ({d.measure or 'awaits ' + str(d.awaits)})"
                    for d in indicator.definitions
                )
            ),
        },
        tags={"sets": "-".join(indicator.sets).replace(" ", "_")},
    )


def _model_spec(
    model: Model, plan: Plan, codes: Sequence[str], partitions: dg.PartitionsDefinition[str]
) -> dg.AssetSpec:
    keys = {key for name in model.depends_on for key in _read_from(name, plan, codes)}
    return dg.AssetSpec(
        key_of(model.name),
        deps=sorted(keys) if model.quarter_column else _made_from_all_of(keys),
        description=model.description,
        group_name=model.schema,
        owners=["team:community-safety"],
        kinds={"duckdb", "sql"},
        skippable=True,
        partitions_def=partitions if model.quarter_column else None,
        metadata={"declared in": f"sql/{model.schema}/{model.path.name}"},
        tags={"restricted": "row-level"} if model.is_restricted else {},
    )


def _made_from_all_of(keys: Iterable[dg.AssetKey]) -> list[dg.AssetDep]:
    """What is made without quarters is made from those that have come: of all that may come, Dagster would wait for
    the rest and call it unsynced until then.
    """
    no_quarter = dg.SpecificPartitionsPartitionMapping([])
    return [dg.AssetDep(key, partition_mapping=no_quarter) for key in sorted(keys)]


def _read_from(name: str, plan: Plan, codes: Sequence[str]) -> list[dg.AssetKey]:
    """The assets behind a table that a model reads; records in `meta` stand for what they are records of."""
    if name in ("meta.delivery", "meta.arrived"):
        return [dg.AssetKey(["stage", table.name]) for source in all_sources() for table in source.tables]
    if name in ("meta.measured", "meta.measured_ward"):
        return [key_of(asset_of(code)) for code in codes]
    if name == "meta.held":
        return [key_of(claim.table) for claim in plan.claims if claim.severity == "hold"]
    is_record = name.startswith("meta.") and name not in {model.name for model in plan.models}
    return [] if is_record else [key_of(name)]


def _publication_specs(plan: Plan) -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(
            key,
            deps=_made_from_all_of(key_of(m.name) for m in plan.models if is_restricted or not m.is_restricted),
            description=words,
            group_name="publication",
            owners=["team:community-safety"],
            kinds={"duckdb"},
            skippable=True,
        )
        for key, is_restricted, words in (
            (RESTRICTED, True, "The publication with row-level facts, for the few who may open it."),
            (
                PUBLISHED,
                False,
                "The immutable publication that analysts and reports open: star, marts and records.",
            ),
        )
    ]


def _pack_specs(partitions: dg.PartitionsDefinition[str]) -> list[dg.AssetSpec]:
    """The packs that go to meetings. Those of a quarter are by quarter; a year is none, so it stands without."""
    words = {
        "quarterly": "The packs of a quarter for members, managers, Cabinet and each service, once it is complete.",
        "outturn": "The pack of a year, once it is complete: against target, with earlier years.",
        "business-plan": "The tables of the Business Plan's latest edition, filled from the deliveries.",
    }
    return [
        dg.AssetSpec(
            key_of(pack_asset(kind)),
            deps=[PUBLISHED],
            description=words[kind],
            group_name="reports",
            owners=["team:community-safety"],
            kinds={"excel", "html", "docx", "csv"},
            skippable=True,
            partitions_def=partitions if kind == "quarterly" else None,
        )
        for kind in KINDS
    ]


def check_specs(plan: Plan) -> list[dg.AssetCheckSpec]:
    """Every claim as a check on its table; claims about records in `meta` stand on the publication."""
    return [
        dg.AssetCheckSpec(claim.name, asset=checked_asset(claim, plan), description=claim.sentence)
        for claim in plan.claims
    ]


def checked_asset(claim: Claim, plan: Plan) -> dg.AssetKey:
    known = {model.name for model in plan.models} | {f"stage.{t.name}" for s in all_sources() for t in s.tables}
    return key_of(claim.table) if claim.table in known else PUBLISHED


def _team(owner: str) -> str:
    """Dagster takes a team's name in letters, digits and hyphens only."""
    return "team:" + "-".join("".join(c if c.isalnum() else " " for c in owner.lower()).split())
