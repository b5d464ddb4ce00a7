-- The periods that figures are shown for: from the first quarter that any return tells to the last.
-- One row per reported period within them.
with told as (
    select
        min(r.period_key) as first_quarter_key,
        max(r.period_key) as last_quarter_key
    from meta.period_on_record as r
    where
        r.period_kind = 'quarter'
        and r.n_months > 0
)

select
    p.period_kind,
    p.period_key,
    p.period_name,
    p.first_quarter_key,
    p.last_quarter_key,
    p.year_key,
    p.first_day,
    p.last_day,
    p.n_quarters
from core.dim_reported_period as p
inner join told as t
    on
        p.last_quarter_key >= t.first_quarter_key
        and case when p.period_kind = 'year' then p.first_quarter_key else p.last_quarter_key end <= t.last_quarter_key
