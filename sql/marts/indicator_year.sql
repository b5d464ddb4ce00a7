-- Every indicator, every financial year: value, target by edition and set, status and direction of travel.
-- One row per indicator, year, and edition and set with a target for it; one without these where none is set.
select
    ---------- which
    f.indicator_code,
    i.indicator_title,
    i.indicator_sets,
    f.year_key,
    ---------- how much
    f.value,
    f.numerator,
    f.denominator,
    i.unit,
    f.missing_reason,
    f.held_over,
    f.figure_state,
    f.is_waiting,
    ---------- against what
    s.edition_code,
    s.indicator_set as target_set, -- Set of the plan whose target is meant; CSI before KPI before MPI.
    s.period_target_value,
    s.variance_pct,
    coalesce(s.figure_status, 'data only') as figure_status, -- How the figure stands against its target: green, amber, red, data only or unknown.
    t.short_trend,
    t.long_trend
from marts.figure as f
inner join meta.indicator as i
    on i.indicator_code = f.indicator_code
left join marts.figure_status as s
    on
        s.indicator_code = f.indicator_code
        and s.period_kind = f.period_kind
        and s.period_key = f.period_key
left join marts.figure_trend as t
    on
        t.indicator_code = f.indicator_code
        and t.period_kind = f.period_kind
        and t.period_key = f.period_key
where f.period_kind = 'year'
