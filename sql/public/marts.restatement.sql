-- Every restatement, with the numbers of it that are open to all; its reason stands where both are.
select
    r.indicator_code,
    r.indicator_title,
    r.period_kind,
    r.period_key,
    r.period_name,
    r.restatement_number,
    open_number(r.indicator_code, r.period_kind, r.period_key, '', r.issued_value) as issued_value,
    case
        when is_open(r.indicator_code, r.period_kind, r.period_key, '', r.issued_value) then r.issued_missing_reason
        else 'suppressed'
    end as issued_missing_reason,
    open_number(r.indicator_code, r.period_kind, r.period_key, '', r.value_before) as value_before,
    open_number(r.indicator_code, r.period_kind, r.period_key, '', r.restated_value) as restated_value,
    case
        when is_open(r.indicator_code, r.period_kind, r.period_key, '', r.restated_value) then r.missing_reason
        else 'suppressed'
    end as missing_reason,
    case
        when
            is_open(r.indicator_code, r.period_kind, r.period_key, '', r.issued_value)
            and is_open(r.indicator_code, r.period_kind, r.period_key, '', r.value_before)
            and is_open(r.indicator_code, r.period_kind, r.period_key, '', r.restated_value)
            and is_silent(r.restated_because, r.indicator_code)
            then r.restated_because
        else 'Not shown, for it speaks of a protected number.'
    end as restated_because,
    r.agreed_by,
    r.agreed_on,
    r.stands_from_at
from inside.marts.restatement as r
