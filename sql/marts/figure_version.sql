-- Every version of every figure that was ever published, and whether it was provisional, issued or restated to.
-- One row per indicator, kind of period, period and version.
with stood as (
    select
        s.indicator_code,
        s.period_kind,
        s.period_key,
        s.version_number,
        bool_or(s.is_restated) as is_restated
    from marts.figure_standing as s
    group by
        s.indicator_code,
        s.period_kind,
        s.period_key,
        s.version_number
)

select
    ---------- which
    h.indicator_code,
    h.period_kind,
    h.period_key,
    h.version_number,
    h.known_at,
    lead(h.known_at) over (
        partition by h.indicator_code, h.period_kind, h.period_key
        order by h.version_number
    ) as known_until_at, -- Moment from which another version was known; empty while the version holds.
    ---------- how much
    h.value,
    h.numerator,
    h.denominator,
    h.missing_reason,
    h.since_quarter_key,
    h.figure_fingerprint,
    ---------- how it stood
    case
        when s.is_restated is null then 'provisional'
        when s.is_restated then 'restated'
        else 'issued'
    end as version_state -- Whether the version was ever issued or restated to, or stayed provisional.
from meta.figure_history as h
left join stood as s
    on
        s.indicator_code = h.indicator_code
        and s.period_kind = h.period_kind
        and s.period_key = h.period_key
        and s.version_number = h.version_number
