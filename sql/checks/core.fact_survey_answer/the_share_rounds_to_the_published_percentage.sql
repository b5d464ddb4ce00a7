-- warn: The number who feel safe, over all who answered, rounds to the percentage that the survey published.
-- Dimension: accuracy
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number || ': ' || f.n_feeling_safe || ' of '
    || f.n_answered || ' is ' || round(100.0 * f.n_feeling_safe / f.n_answered)::integer || '%, and '
    || round(f.feeling_safe_pct)::integer || '% was published.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number,
    f.year_key
from core.fact_survey_answer as f
where round(100.0 * f.n_feeling_safe / f.n_answered) <> round(f.feeling_safe_pct)
order by
    f.year_key,
    f.survey_question
