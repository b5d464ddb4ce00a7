-- Cases of anti-social behaviour by service and financial year: received, and how long it took to close them.
-- One row per service and financial year; bands count what was closed in the year, so they need not add to what was received.
select
    c.service_key,
    s.service_name,
    c.period_key as year_key, -- Financial year, such as 2021-22.
    c.n_received,
    c.n_closed_under_3_months,
    c.n_closed_3_to_6_months,
    c.n_over_6_months_or_open,
    c.n_months,
    c.is_whole
from marts.case_period as c
left join core.dim_service as s
    on s.service_key = c.service_key
where c.period_kind = 'year'
