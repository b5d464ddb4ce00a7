-- What residents answered in the County Council's survey: how many feel safe outside, of how many who answered.
-- One row per question and survey year.
with published as (
    select
        r.survey_question,
        r.survey_year_from,
        rtrim(r.feeling_safe_printed, ' %')::double as feeling_safe_pct,
        r.n_answered,
        r.delivery_key,
        r.sheet_name,
        r.row_number
    from current.residents_survey as r
)

select
    ---------- which
    s.survey_question,
    d.year_key,
    ---------- how many
    s.feeling_safe_pct, -- Residents who feel safe as a percentage of those who answered, 0 to 100, as published.
    round(s.feeling_safe_pct * s.n_answered / 100)::bigint as n_feeling_safe, -- Residents who feel safe, from the percentage and the number who answered, to a whole person.
    s.n_answered,
    ---------- where it stands
    s.delivery_key,
    s.sheet_name,
    s.row_number
from published as s
left join core.dim_date as d
    on d.date_key = s.survey_year_from
