-- Every change of a figure after it was first published: what it was, what it became, and when that was known.
-- One row per indicator, kind of period, period and version that took the place of another.
select
    ---------- which
    v.indicator_code,
    i.indicator_title,
    v.period_kind,
    v.period_key,
    p.period_name,
    v.version_number,
    v.known_at,
    ---------- what changed
    i.unit,
    b.value as replaced_value, -- The figure as it stood until this change.
    b.missing_reason as replaced_missing_reason, -- Why there was no number until this change.
    v.value,
    v.missing_reason,
    v.version_state,
    not coalesce(v.since_quarter_key = b.since_quarter_key, false) as is_defined_anew -- Whether another definition was used.
from marts.figure_version as v
inner join marts.figure_version as b
    on
        b.indicator_code = v.indicator_code
        and b.period_kind = v.period_kind
        and b.period_key = v.period_key
        and b.version_number = v.version_number - 1
inner join meta.indicator as i
    on i.indicator_code = v.indicator_code
inner join core.dim_reported_period as p
    on
        p.period_kind = v.period_kind
        and p.period_key = v.period_key
