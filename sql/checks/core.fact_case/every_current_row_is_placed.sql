-- fail: Every current case of the three services stands in the star, whatever is known of its ward.
-- Dimension: completeness
with placed as (
    select
        f.source_name,
        count(*) as n_placed
    from core.fact_case as f
    group by f.source_name
),

listed as (
    select
        'environmental_health_cases' as source_name,
        count(*) as n_listed
    from current.environmental_health_cases
    union all
    select
        'housing_cases' as source_name,
        count(*) as n_listed
    from current.housing_cases
    union all
    select
        'communities_cases' as source_name,
        count(*) as n_listed
    from current.communities_cases
)

select
    l.source_name || ': ' || l.n_listed || ' current cases are listed and ' || coalesce(p.n_placed, 0) || ' stand in the star.' as finding,
    l.source_name
from listed as l
left join placed as p
    on p.source_name = l.source_name
where l.n_listed <> coalesce(p.n_placed, 0)
