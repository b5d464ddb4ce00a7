-- Every figure as it was issued: what went to each meeting, whatever became of it afterwards.
-- One row per issue and figure.
select
    ---------- which
    f.issue_key,
    i.issued_on,
    i.issued_to,
    f.indicator_code,
    f.period_kind,
    f.period_key,
    ---------- how much
    s.version_number,
    s.value,
    s.numerator,
    s.denominator,
    s.missing_reason,
    s.is_restated,
    s.since_quarter_key,
    s.figure_fingerprint
from marts.figure_issued_to as f
inner join meta.issue as i
    on i.issue_key = f.issue_key
inner join marts.figure_standing as s
    on
        s.indicator_code = f.indicator_code
        and s.period_kind = f.period_kind
        and s.period_key = f.period_key
        and s.stands_from_at <= f.cut_at
        and coalesce(s.stands_until_at > f.cut_at, true)
