-- fail: A risk stands once in an export.
-- Dimension: uniqueness
select
    'The risk ' || r.risk_code || ' stands more than once in ' || r.delivery_key || '.' as finding,
    r.risk_code,
    r.delivery_key
from core.fact_risk_score as r
qualify count(*) over (partition by r.delivery_key, r.risk_code) > 1
