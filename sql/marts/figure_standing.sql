-- What stands as issued for each figure and from when: its version at the first cut, then each restatement that was agreed.
-- One row per issued figure and version that stood.
with first_cut as (
    select
        f.indicator_code,
        f.period_kind,
        f.period_key,
        f.cut_at,
        f.known_version_number
    from marts.figure_issued_to as f
    where f.is_told
    qualify
        row_number() over (
            partition by f.indicator_code, f.period_kind, f.period_key
            order by f.cut_at, f.issue_key
        ) = 1
),

agreed as (
    select
        r.indicator_code,
        r.period_kind,
        r.period_key,
        r.restated_at,
        r.restated_because,
        r.agreed_by,
        r.agreed_on,
        max(h.version_number) as version_number
    from meta.restated as r
    inner join first_cut as f
        on
            f.indicator_code = r.indicator_code
            and f.period_kind = r.period_kind
            and f.period_key = r.period_key
            and f.cut_at <= r.restated_at
    inner join meta.figure_history as h
        on
            h.indicator_code = r.indicator_code
            and h.period_kind = r.period_kind
            and h.period_key = r.period_key
            and h.figure_fingerprint = r.figure_fingerprint
            and h.known_at <= r.restated_at
    group by all
),

stood as (
    select
        f.indicator_code,
        f.period_kind,
        f.period_key,
        f.cut_at as stands_from_at,
        f.known_version_number as version_number,
        false as is_restated,
        null as restated_because,
        null as agreed_by,
        null::date as agreed_on
    from first_cut as f
    union all
    select
        a.indicator_code,
        a.period_kind,
        a.period_key,
        a.restated_at as stands_from_at,
        a.version_number,
        true as is_restated,
        a.restated_because,
        a.agreed_by,
        a.agreed_on
    from agreed as a
)

select
    ---------- which
    s.indicator_code,
    s.period_kind,
    s.period_key,
    row_number() over history as standing_number, -- Place among the versions that stood as issued, counted from 1.
    ---------- since when and why
    s.stands_from_at, -- Moment from which the version stands as issued, in universal time.
    lead(s.stands_from_at) over history as stands_until_at, -- Moment until which the version stood as issued; empty while it stands.
    s.is_restated, -- Whether the version stands because a restatement was agreed.
    s.restated_because,
    s.agreed_by,
    s.agreed_on,
    ---------- what
    s.version_number,
    h.value,
    h.numerator,
    h.denominator,
    h.missing_reason,
    h.since_quarter_key,
    h.figure_fingerprint
from stood as s
inner join meta.figure_history as h
    on
        h.indicator_code = s.indicator_code
        and h.period_kind = s.period_kind
        and h.period_key = s.period_key
        and h.version_number = s.version_number
window history as (
    partition by s.indicator_code, s.period_kind, s.period_key
    order by s.stands_from_at, s.is_restated, s.version_number
)
