-- fail: Every current row of the domestic abuse conference finds its day in the calendar.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from core.fact_marac_meeting
),

listed as (
    select count(*) as n_listed
    from current.marac
)

select l.n_listed - p.n_placed || ' current rows of the conference lie outside the calendar.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
