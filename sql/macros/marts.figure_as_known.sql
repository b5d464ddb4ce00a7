-- Every figure as it was known at the end of a day: select * from marts.figure_as_known('2022-02-14').
-- Takes: day
select
    h.indicator_code,
    h.period_kind,
    h.period_key,
    h.version_number,
    h.value,
    h.numerator,
    h.denominator,
    h.missing_reason,
    h.since_quarter_key,
    h.known_at
from meta.figure_history as h
where h.known_at::date <= day::date
qualify row_number() over (partition by h.indicator_code, h.period_kind, h.period_key order by h.version_number desc) = 1
