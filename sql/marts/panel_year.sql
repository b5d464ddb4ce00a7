-- Individuals before the panel on anti-social behaviour by financial year, and how long they remained on its agenda.
-- One row per financial year; quarters of it cannot be added, because an individual is counted once.
select
    p.period_key as year_key, -- Financial year, such as 2021-22.
    p.n_individuals,
    p.n_removed_under_3_months,
    p.n_removed_3_to_6_months,
    p.n_over_6_months_or_on_agenda,
    p.n_months,
    p.is_whole
from marts.panel_period as p
where p.period_kind = 'year'
