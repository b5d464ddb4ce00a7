-- Requests on health and safety by kind and quarter: how many were received and how many answered in time.
-- One row per kind and quarter in which a request was received.
select
    f.hs_request_kind,
    f.quarter_key,
    f.year_key,
    count(*) as n_requests, -- Requests or notifications received in the period.
    count(*) filter (where f.is_urgent) as n_urgent, -- Requests among them that were urgent.
    count(f.is_answered_in_time) as n_settled, -- Requests among them that were answered or whose time to answer was over.
    count(*) filter (where f.is_answered_in_time) as n_answered_in_time, -- Requests among them that were answered in time.
    100.0 * avg(f.is_answered_in_time::integer) as answered_in_time_pct -- Answered in time as a percentage of the settled, 0 to 100.
from core.fact_health_and_safety_request as f
group by
    f.hs_request_kind,
    f.quarter_key,
    f.year_key
