-- fail: Every question of the residents' survey stands once in each survey year.
-- Dimension: uniqueness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number
    || ': the question and year stand more than once among the current rows.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_survey_answer as f
where f.year_key is not null
qualify count(*) over (partition by f.survey_question, f.year_key) > 1
