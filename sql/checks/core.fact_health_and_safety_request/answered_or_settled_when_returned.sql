-- warn: The return of a quarter is made when the time to answer each of its requests is over.
-- Dimension: timeliness
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', row ' || f.row_number
    || ': the request was still to be answered on the day of the return and counts once a later return tells it.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_health_and_safety_request as f
where f.is_answered_in_time is null
order by
    f.delivery_key,
    f.sheet_name,
    f.row_number
