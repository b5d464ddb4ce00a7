-- fail: Every published number belongs to a period that is reported or that the plan names.
-- Dimension: validity
select
    f.pack_key || ', row ' || f.row_number || ': ' || coalesce(f.period_key, 'a period') || ' (' || coalesce(f.period_kind, 'no kind')
    || ') is no period of the calendar.' as finding,
    f.pack_key,
    f.indicator_code,
    f.delivery_key,
    f.row_number
from marts.published_number as f
where
    f.first_day is null
    or f.last_day is null
