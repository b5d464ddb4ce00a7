-- fail: Every current result of the residents' survey stands in the star.
-- Dimension: completeness
with placed as (
    select count(*) as n_placed
    from core.fact_survey_answer
),

listed as (
    select count(*) as n_listed
    from current.residents_survey
)

select l.n_listed - p.n_placed || ' current results of the residents'' survey were lost or stand more than once.' as finding
from placed as p
cross join listed as l
where l.n_listed <> p.n_placed
