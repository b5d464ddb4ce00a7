-- fail: Every current time on the panel's agenda stands in the star.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from core.fact_panel_time
),

listed as (
    select count(*) as n_listed
    from current.asb_panel
)

select l.n_listed - p.n_placed || ' current times on the agenda of the panel were lost or stand more than once.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
