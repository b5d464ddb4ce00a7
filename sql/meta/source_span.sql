-- From which day to which the lists that reach back of themselves are whole: the services' cases and the panel's agenda.
-- One row per source that lists what began on any day before. 2019/20 is the first year that any of them lists in whole.
with firsts as (
    select
        f.source_name,
        date_trunc('quarter', min(f.received_on))::date as first_quarter_from,
        date_trunc('quarter', max(f.received_on))::date as last_quarter_from
    from core.fact_case as f
    group by f.source_name
    union all
    select
        'asb_panel' as source_name,
        date_trunc('quarter', min(f.first_discussed_on))::date as first_quarter_from,
        date_trunc('quarter', max(f.first_discussed_on))::date as last_quarter_from
    from core.fact_panel_time as f
),

delivered as (
    select
        f.source_name,
        f.first_quarter_from,
        f.last_quarter_from,
        min(d.as_at) as first_as_at,
        max(d.as_at) as latest_as_at
    from firsts as f
    inner join core.dim_delivery as d
        on d.source_name = f.source_name
    where
        d.outcome = 'accepted'
        and f.first_quarter_from is not null
    group by all
)

select
    d.source_name,
    d.first_quarter_from, -- First day of the quarter in which the earliest row of the list began; its own day would tell of a person.
    d.last_quarter_from, -- First day of the quarter in which the latest row of the list began.
    greatest(
        date '2019-04-01',
        least(d.first_quarter_from, date_trunc('quarter', d.first_as_at + 1) - interval 3 months)
    )::date as covered_from, -- First day from which the list is whole: of its first quarter, by its rows or its first delivery.
    d.latest_as_at -- Day for which the latest delivery of the source speaks.
from delivered as d
