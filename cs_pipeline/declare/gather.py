"""Every model of a folder of SQL, in order: those that are one file, and those that are gathered from a folder.

Gathered are `meta.month_on_record` from `sql/on_record/`, a file a source, and the conflicts from
`sql/reconciliation/`, a file a kind (`conflict.py`): to add a source or a kind is to add a file.
"""

from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from cs_pipeline.declare.conflict import gather_conflicts
from cs_pipeline.declare.model import Model, ModelBroken

SCHEMAS = ("core", "meta", "marts")


def find_models(sql: Path) -> list[Model]:
    """Every model, each after those that it reads. Raises ModelBroken for a circle, or a file without its head."""
    files = [path for schema in SCHEMAS for path in sorted((sql / schema).glob("*.sql"))]
    models = [Model(path, path.read_text(), f"{path.parent.name}.{path.stem}") for path in files]
    models += [*_gather_records(sql / "on_record"), *gather_conflicts(sql / "reconciliation")]
    for model in models:
        if len(model.head) < 2 or not model.head[1].startswith("One row per "):
            raise ModelBroken(
                f"{model.path.name} does not say what it is. Start with two comments: what it is, and one row per what."
            )
    known = {model.name: model for model in models}
    needs = {model.name: sorted(model.depends_on & known.keys()) for model in models}
    try:
        order = list(TopologicalSorter(needs).static_order())
    except CycleError as circle:
        raise ModelBroken(
            f"These models read one another in a circle: {', '.join(circle.args[1])}. Break it at one of them."
        ) from circle
    rank = {name: (SCHEMAS.index(known[name].schema), place) for place, name in enumerate(order)}
    return sorted(models, key=lambda model: rank[model.name])


RECORDED = """-- Which months stand in each source, and whether its deliveries tell the whole of the month.
-- One row per source, part of it that is counted by itself, and month. Gathered from `sql/on_record/`, a file a source.
"""
COUNTED_PART = (
    "Part of the source that is counted by itself, such as a group of offences or an area; all where it has none."
)
OF_SOURCE = """select
    '{source}' as source_name,
    r.counted_part, -- {part}
    r.month_key,
    r.is_complete -- Whether the deliveries tell the whole of the month.
from (
{query}
) as r
"""


def _gather_records(folder: Path) -> list[Model]:
    """`meta.month_on_record` from the query of each source, `sql/on_record/<source>.sql`; none without any."""
    queries = [(path.stem, path.read_text().rstrip().rstrip(";")) for path in sorted(folder.glob("*.sql"))]
    text = RECORDED + "union all\n".join(
        OF_SOURCE.format(source=source, part=COUNTED_PART, query=query) for source, query in queries
    )
    return [Model(folder, text, "meta.month_on_record")] if queries else []
