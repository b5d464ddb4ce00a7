-- Every indicator, every quarter: value, target, status and direction of travel, and the year to date beside the same of last year.
-- One row per indicator and quarter. A rate is empty when its denominator is zero.
with targeted as (
    select
        s.indicator_code,
        s.period_kind,
        s.period_key,
        s.edition_code,
        s.indicator_set,
        s.period_target_value,
        s.figure_status
    from marts.figure_status as s
    qualify
        row_number() over (
            partition by s.indicator_code, s.period_kind, s.period_key
            order by s.edition_code = 'Pentana', s.edition_code desc, s.indicator_set
        ) = 1
)

select
    ---------- which
    f.indicator_code,
    i.indicator_title,
    i.indicator_sets,
    f.quarter_key,
    f.year_key,
    ---------- the quarter
    f.value,
    f.numerator,
    f.denominator,
    i.unit,
    f.missing_reason,
    f.held_over,
    f.figure_state,
    f.is_waiting,
    q.period_target_value,
    q.edition_code,
    q.indicator_set as target_set, -- Set of the plan whose target is meant; CSI before KPI before MPI.
    coalesce(q.figure_status, 'data only') as figure_status, -- How the figure stands against its target: green, amber, red, data only or unknown.
    t.short_trend,
    t.long_trend,
    ---------- the year to date
    y.value as to_date_value, -- The figure of the year to date.
    y.missing_reason as to_date_missing_reason, -- Why there is no figure for the year to date.
    u.previous_value as to_date_last_year_value, -- The figure of the same period last year, where it compares.
    coalesce(w.figure_status, 'data only') as to_date_status, -- How the year to date stands against its target.
    u.short_trend as to_date_trend -- Move of the year to date against the same period last year.
from marts.figure as f
inner join meta.indicator as i
    on i.indicator_code = f.indicator_code
left join marts.figure as y
    on
        y.indicator_code = f.indicator_code
        and y.period_kind = 'year to date'
        and y.period_key = f.period_key
left join targeted as q
    on
        q.indicator_code = f.indicator_code
        and q.period_kind = 'quarter'
        and q.period_key = f.period_key
left join targeted as w
    on
        w.indicator_code = f.indicator_code
        and w.period_kind = 'year to date'
        and w.period_key = f.period_key
left join marts.figure_trend as t
    on
        t.indicator_code = f.indicator_code
        and t.period_kind = 'quarter'
        and t.period_key = f.period_key
left join marts.figure_trend as u
    on
        u.indicator_code = f.indicator_code
        and u.period_kind = 'year to date'
        and u.period_key = f.period_key
where f.period_kind = 'quarter'
