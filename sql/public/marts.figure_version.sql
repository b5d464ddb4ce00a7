-- When versions of figures were known, without their numbers.
select
    v.indicator_code,
    v.period_kind,
    v.period_key,
    v.version_number,
    v.known_at
from inside.marts.figure_version as v
