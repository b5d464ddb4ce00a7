-- fail: Every current row of the register, and every number that an edition of the plan prints, is among what is published once.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from marts.published_number
),

printed as (
    select distinct
        f.edition_code,
        f.indicator_code,
        f.period_key,
        f.value
    from core.fact_stated_figure as f
    where
        f.measure in ('actual', 'achieved')
        and f.value is not null
),

listed as (
    select (select count(*) from current.published_numbers) + (select count(*) from printed) as n_listed
)

select l.n_listed - p.n_placed || ' numbers that are public were lost or stand more than once.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
