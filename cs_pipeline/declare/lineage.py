"""From a model's SQL to the columns that each of its columns is made from, by sqlglot.

Lineage cannot follow `select *`, `union by name` or `columns(…)`, so a model that uses them is refused: in a trial, a
union by name gave wrong columns in silence.
"""

from typing import Any

from cs_pipeline.declare.model import Model, ModelBroken

Schema = dict[str, Any]  # schema -> table -> column -> type


def columns_behind(model: Model, schema: Schema) -> dict[str, list[tuple[str, str]]]:
    """Column -> (table, column) pairs it is made from, sorted; empty for a constant. Raises ModelBroken for what cannot
    be followed.
    """
    from sqlglot import exp, parse_one
    from sqlglot.lineage import lineage
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    tree: Any = parse_one(model.text, read="duckdb")
    by_name = any(union.args.get("by_name") for union in tree.find_all(exp.SetOperation))
    stars = any(not isinstance(star.parent, exp.Count) for star in tree.find_all(exp.Star))
    if by_name or stars or list(tree.find_all(exp.Columns)):
        raise ModelBroken(f"{model.path.name} uses select *, columns() or union by name. Write the columns out.")
    qualified = qualify(tree, schema=schema, dialect="duckdb", identify=False, validate_qualify_columns=False)
    scope = build_scope(qualified)
    behind = {}
    for column in model.columns:
        # Trimming makes each node's SQL shorter to read, which nobody does here, by copying the query every time.
        node = lineage(column, qualified, schema=schema, scope=scope, dialect="duckdb", copy=False, trim_selects=False)
        leaves = [(leaf.source, leaf.name.split(".")[-1]) for leaf in node.walk() if not leaf.downstream]
        behind[column] = sorted({(f"{t.db}.{t.name}", name) for t, name in leaves if isinstance(t, exp.Table)})
    return behind
