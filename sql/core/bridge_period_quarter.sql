-- Which financial quarters each reported period is made of.
-- One row per kind of period, period and quarter.
select
    p.period_kind,
    p.period_key,
    q.period_key as quarter_key -- Financial quarter, such as 2021-22-Q3.
from core.dim_reported_period as p
inner join core.dim_reported_period as q
    on
        q.period_kind = 'quarter'
        and q.period_key between p.first_quarter_key and p.last_quarter_key
