-- Every figure as a pack prints it: with its marks, the target of its own set, its status, and what it is compared with.
-- One row per set, indicator, kind of period and period.
with placed as (
    select
        s.indicator_set,
        f.indicator_code,
        f.period_kind,
        f.period_key,
        f.period_name,
        f.quarter_key,
        f.year_key,
        f.value,
        f.numerator,
        f.denominator,
        f.missing_reason,
        f.held_over,
        f.taken_from,
        f.figure_state,
        f.is_waiting,
        f.comparable_run,
        f.last_day,
        coalesce(f.comparable_run <> lag(f.comparable_run ignore nulls) over of_kind, false) as is_break
    from marts.figure as f
    inner join marts.pack_place as s
        on s.indicator_code = f.indicator_code
    window
        of_kind as (
            partition by s.indicator_set, f.indicator_code, f.period_kind
            order by f.last_day
        )
),

illustrative as (
    select distinct t.edition_code
    from core.fact_target as t
    inner join core.dim_delivery as d
        on d.delivery_key = t.delivery_key
    inner join meta.illustrative as m
        on m.source_name = d.source_name
),

targeted as (
    select
        p.indicator_set,
        p.indicator_code,
        p.period_kind,
        p.period_key,
        s.edition_code,
        s.indicator_set as target_set,
        s.period_target_value,
        s.variance_pct,
        s.figure_status
    from placed as p
    inner join marts.figure_status as s
        on
            s.indicator_code = p.indicator_code
            and s.period_kind = p.period_kind
            and s.period_key = p.period_key
    where
        s.indicator_set = p.indicator_set
        or (s.edition_code = 'Pentana' and p.indicator_set <> 'service data')
    qualify
        row_number() over (
            partition by p.indicator_set, p.indicator_code, p.period_kind, p.period_key
            order by s.edition_code = 'Pentana', s.edition_code desc
        ) = 1
)

select
    ---------- which
    p.indicator_set,
    p.indicator_code,
    p.period_kind,
    p.period_key,
    p.period_name,
    p.quarter_key,
    p.year_key,
    p.last_day,
    ---------- how much
    p.value,
    p.numerator,
    p.denominator,
    p.missing_reason,
    p.held_over,
    p.taken_from,
    ---------- its marks
    p.figure_state,
    p.is_waiting,
    p.comparable_run,
    p.is_break, -- Whether it does not compare with the figure of the same kind that stands before it.
    ---------- against its target
    t.edition_code,
    t.period_target_value,
    i.edition_code is not null as is_target_illustrative, -- Whether the target comes from synthetic samples only.
    t.variance_pct,
    coalesce(t.figure_status, 'data only') as figure_status, -- How the figure stands against its target: green, amber, red, data only or unknown.
    ---------- where it is heading
    m.previous_value,
    m.previous_missing_reason,
    m.short_trend,
    m.long_trend
from placed as p
left join targeted as t
    on
        t.indicator_set = p.indicator_set
        and t.indicator_code = p.indicator_code
        and t.period_kind = p.period_kind
        and t.period_key = p.period_key
left join illustrative as i
    on i.edition_code = t.edition_code
left join marts.figure_trend as m
    on
        m.indicator_code = p.indicator_code
        and m.period_kind = p.period_kind
        and m.period_key = p.period_key
