-- How many cases each ward had, where that is open to all.
select
    w.indicator_code,
    w.period_kind,
    w.period_key,
    w.ward_code,
    w.ward_name,
    open_number(w.indicator_code, w.period_kind, w.period_key, w.ward_code, w.value) as value,
    case
        when is_open(w.indicator_code, w.period_kind, w.period_key, w.ward_code, w.value) then w.missing_reason
        else 'suppressed'
    end as missing_reason,
    w.is_best_fit
from inside.marts.ward_figure as w
