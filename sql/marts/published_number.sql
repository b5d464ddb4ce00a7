-- Every number of an indicator that is public, and every mark for a small one: what packs showed, and what the plan prints.
-- One row per pack and figure; where an edition of the plan prints a figure with two values, one row per value, as both are public.
select
    ---------- which
    f.pack_key,
    f.published_on,
    f.indicator_code,
    f.period_kind,
    f.period_key,
    coalesce(r.first_day, p.first_day) as first_day, -- First day of the period.
    coalesce(r.last_day, p.last_day) as last_day, -- Last day of the period, which still belongs to it.
    f.ward_code,
    ---------- what the public saw
    f.printed,
    f.value,
    case when not f.is_hidden then length(regexp_extract(f.printed, '^[^(.]*[.]([0-9]+)', 1))::integer end as n_decimals, -- Decimal places that the statement gives.
    f.unit,
    f.is_hidden,
    ---------- where it stands
    f.delivery_key,
    f.sheet_name,
    f.row_number,
    f.cell
from core.fact_published_number as f
left join core.dim_reported_period as r
    on
        r.period_kind = f.period_kind
        and r.period_key = f.period_key
left join core.dim_period as p
    on
        p.period_kind = f.period_kind
        and p.period_key = f.period_key
