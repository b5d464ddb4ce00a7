-- Every change of a figure, with the numbers of it that are open to all.
select
    c.indicator_code,
    c.period_kind,
    c.period_key,
    c.version_number,
    c.known_at,
    open_number(c.indicator_code, c.period_kind, c.period_key, '', c.replaced_value) as replaced_value,
    case
        when is_open(c.indicator_code, c.period_kind, c.period_key, '', c.replaced_value) then c.replaced_missing_reason
        else 'suppressed'
    end as replaced_missing_reason,
    open_number(c.indicator_code, c.period_kind, c.period_key, '', c.value) as value,
    case
        when is_open(c.indicator_code, c.period_kind, c.period_key, '', c.value) then c.missing_reason
        else 'suppressed'
    end as missing_reason,
    c.is_defined_anew
from inside.marts.figure_change as c
