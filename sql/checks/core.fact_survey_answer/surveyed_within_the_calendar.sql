-- warn: Every survey was held within the years that the warehouse keeps.
-- Dimension: validity
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number
    || ': the survey year lies outside the years that are kept.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_survey_answer as f
where f.year_key is null
order by
    f.delivery_key,
    f.sheet_name,
    f.row_number
