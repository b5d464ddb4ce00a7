-- Months of the panel: told in whole within the days from which and to which the lists are whole.
-- One row per month.
select
    'all' as counted_part,
    p.period_key as month_key,
    p.first_day >= s.covered_from and p.last_day <= s.latest_as_at as is_complete
from meta.source_span as s
inner join core.dim_period as p
    on
        p.last_day >= least(s.first_quarter_from, s.covered_from)
        and (p.last_day <= s.latest_as_at or p.first_day < s.last_quarter_from + interval 3 months)
where
    p.period_kind = 'month'
    and s.source_name = 'asb_panel'
