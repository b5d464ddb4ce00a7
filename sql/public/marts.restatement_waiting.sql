-- Issued figures that would change, with the numbers of them that are open to all.
select
    w.indicator_code,
    w.period_kind,
    w.period_key,
    w.period_name,
    open_number(w.indicator_code, w.period_kind, w.period_key, '', w.standing_value) as standing_value,
    case
        when is_open(w.indicator_code, w.period_kind, w.period_key, '', w.standing_value) then w.standing_missing_reason
        else 'suppressed'
    end as standing_missing_reason,
    open_number(w.indicator_code, w.period_kind, w.period_key, '', w.calculated_value) as calculated_value,
    case
        when is_open(w.indicator_code, w.period_kind, w.period_key, '', w.calculated_value) then w.calculated_missing_reason
        else 'suppressed'
    end as calculated_missing_reason
from inside.marts.restatement_waiting as w
