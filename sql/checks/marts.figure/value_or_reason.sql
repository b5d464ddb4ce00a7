-- fail: Every figure is a number or a typed reason why there is none, and never both.
-- Dimension: completeness
select
    f.indicator_code || ' for ' || f.period_key || ' (' || f.period_kind || ') has '
    || case when f.value is null then 'neither a number nor a reason.' else 'a number and a reason.' end as finding,
    f.indicator_code,
    f.period_kind,
    f.period_key
from marts.figure as f
where (f.value is null) = (f.missing_reason is null)
