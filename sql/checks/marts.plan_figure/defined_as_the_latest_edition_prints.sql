-- warn: Each definition names the objective and the owner that the latest edition of the plan prints.
-- Dimension: consistency
with printed as (
    select
        f.indicator_code,
        f.edition_code,
        f.objective_code,
        f.owner_title,
        r.objective_code as defined_objective_code,
        r.owner_title as defined_owner_title,
        f.sheet_name,
        min(f.cell) as cell
    from marts.plan_figure as f
    inner join core.dim_indicator as d
        on
            d.indicator_code = f.indicator_code
            and d.edition_code = f.edition_code
    inner join meta.indicator as r
        on r.indicator_code = f.indicator_code
    group by all
)

select
    p.indicator_code || ', from cell ' || p.cell || ' on: the edition ' || p.edition_code || ' prints the objective '
    || p.objective_code || ' and the definition names ' || coalesce(p.defined_objective_code, 'none') || '.' as finding,
    p.indicator_code,
    p.sheet_name,
    p.cell
from printed as p
where p.objective_code <> coalesce(p.defined_objective_code, 'none')
union
select
    p.indicator_code || ', from cell ' || p.cell || ' on: the edition ' || p.edition_code || ' prints the owner "'
    || p.owner_title || '" and the definition names "' || p.defined_owner_title || '".' as finding,
    p.indicator_code,
    p.sheet_name,
    p.cell
from printed as p
where
    p.owner_title <> 'not stated'
    and lower(p.owner_title) <> lower(p.defined_owner_title)
order by finding
