-- Which figures each issue covers: all that end in its quarter, or the whole of its year; and the version that was known at the cut.
-- One row per issue and figure known at its cut.
with covered as (
    select
        s.issue_key,
        s.cut_at,
        p.period_kind,
        p.period_key
    from meta.issue as s
    inner join core.dim_reported_period as p
        on
            p.last_quarter_key = s.period_key
            or (p.year_key = s.period_key and p.period_kind in ('year', 'odd period'))
            or (p.last_quarter_key = s.period_key || '-Q4' and p.period_kind = 'year to date')
)

select
    c.issue_key,
    h.indicator_code,
    h.period_kind,
    h.period_key,
    c.cut_at,
    h.version_number as known_version_number, -- Version of the figure that was known when the issue was cut.
    h.missing_reason,
    coalesce(h.missing_reason not in ('not yet available', 'held'), true) as is_told -- Whether there was anything to issue: a number, or a reason that is more than waiting.
from covered as c
inner join meta.figure_history as h
    on
        h.period_kind = c.period_kind
        and h.period_key = c.period_key
        and h.known_at <= c.cut_at
qualify
    row_number() over (
        partition by c.issue_key, h.indicator_code, h.period_kind, h.period_key
        order by h.version_number desc
    ) = 1
