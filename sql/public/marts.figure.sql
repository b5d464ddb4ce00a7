-- Every figure as the public may see it: a number about people stands only where it is open to all.
select
    f.indicator_code,
    f.period_kind,
    f.period_key,
    f.period_name,
    f.quarter_key,
    f.year_key,
    open_number(f.indicator_code, f.period_kind, f.period_key, '', f.value) as value,
    case when is_open(f.indicator_code, f.period_kind, f.period_key, '', f.value) then f.numerator end as numerator,
    case when is_open(f.indicator_code, f.period_kind, f.period_key, '', f.value) then f.denominator end as denominator,
    case
        when is_open(f.indicator_code, f.period_kind, f.period_key, '', f.value) then f.missing_reason
        else 'suppressed'
    end as missing_reason,
    case
        when f.held_over is null then null
        when is_harmless(f.held_over, f.indicator_code, f.first_day, f.last_day) then f.held_over
        else 'statements of ' || f.indicator_code || ' for ' || f.period_name || ' disagree; the numbers are protected'
    end as held_over,
    f.taken_from,
    f.figure_state,
    f.is_waiting,
    f.since_quarter_key,
    f.comparable_run,
    f.first_day,
    f.last_day
from inside.marts.figure as f
