-- Of the residents who answered the survey's question, those who feel safe outside.
-- One row per question and survey year.
-- Reach: any time
select
    f.survey_question as counted_part,
    p.period_kind,
    p.period_key,
    f.n_feeling_safe as numerator,
    f.n_answered as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_survey_answer as f
inner join core.dim_reported_period as p
    on
        p.period_kind = 'year'
        and p.year_key = f.year_key
