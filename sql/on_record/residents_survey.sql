-- Months of a survey year by question: one survey tells the whole of its year, in whichever month people were asked.
-- One row per question and month.
select
    f.survey_question as counted_part,
    k.month_key,
    true as is_complete
from core.fact_survey_answer as f
inner join core.dim_date as k
    on k.year_key = f.year_key
group by
    f.survey_question,
    k.month_key
