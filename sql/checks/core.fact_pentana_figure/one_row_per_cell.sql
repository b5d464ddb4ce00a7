-- fail: Every cell of Pentana's export is one stated figure, and no figure stands twice.
-- Dimension: uniqueness
select
    p.indicator_code || ', ' || p.pi_measure || ' of ' || p.stated_period || ' stands more than once.' as finding,
    p.indicator_code,
    p.cell
from core.fact_pentana_figure as p
where p.period_key is not null
qualify count(*) over (partition by p.indicator_code, p.pi_measure, p.period_kind, p.period_key) > 1
