-- fail: Every rate is a number or a typed reason why there is none, and never both.
-- Dimension: completeness
select
    'The rate of ' || r.indicator_code || ' for ' || r.year_key || ' has '
    || case when r.rate_per_1000 is null then 'neither a number nor a reason.' else 'a number and a reason.' end as finding,
    r.indicator_code,
    r.year_key
from marts.indicator_rate as r
where (r.rate_per_1000 is null) = (r.missing_reason is null)
