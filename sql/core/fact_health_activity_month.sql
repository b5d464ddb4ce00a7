-- What Environmental Health did or received by activity and month, as its latest return tells it.
-- One row per activity and month that is over.
-- Restricted: the counts of one month, of diseases and encampments, are so small that they tell of people.
select
    ---------- which and when
    a.health_activity_key,
    d.month_key,
    d.quarter_key,
    d.year_key,
    ---------- how many
    n.n_health_activity as n_done, -- What was done or received: notifications, inspections, visits, actions, complaints, sites or encampments.
    w.n_health_activity as n_of, -- Visits planned or sites due that the number is of; empty where it is of none.
    ---------- where it stands
    n.delivery_key,
    n.sheet_name,
    n.row_number,
    n.cell
from current.environmental_health_counts as n
inner join core.dim_date as d
    on d.date_key = n.health_activity_month_from
inner join core.dim_health_activity as a
    on a.health_activity_name = n.health_activity_name
left join current.environmental_health_counts as w
    on
        w.health_activity_name = n.health_activity_name
        and w.health_activity_month = n.health_activity_month
        and w.figure_role = 'of'
where
    n.figure_role = 'number'
    and n.n_health_activity is not null
