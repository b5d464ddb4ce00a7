-- fail: Every printed cell of the plan is one stated figure, and no figure stands twice.
-- Dimension: uniqueness
select
    'The figure in ' || f.sheet_name || ' ' || f.cell || ' stands more than once.' as finding,
    f.sheet_name,
    f.cell
from core.fact_stated_figure as f
qualify
    count(*) over (
        partition by f.edition_code, f.indicator_set, f.indicator_code, f.measure, f.stated_period
    ) > 1
    or count(*) over (partition by f.delivery_key, f.sheet_name, f.cell) > 1
