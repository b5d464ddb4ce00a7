-- Every figure against each target set for it: green, amber or red by the limits of its indicator, judged on the unrounded value.
-- One row per edition, set, indicator, kind of period and period with a target.
with measured as (
    select
        t.edition_code,
        t.indicator_set,
        t.indicator_code,
        t.period_kind,
        t.period_key,
        t.period_target_value,
        f.value,
        f.missing_reason,
        i.aim,
        i.green_within_pct,
        i.amber_within_pct,
        i.green_at,
        i.amber_at,
        case i.aim
            when 'maximise' then 100.0 * (f.value - t.period_target_value) / nullif(abs(t.period_target_value), 0)
            when 'minimise' then 100.0 * (t.period_target_value - f.value) / nullif(abs(t.period_target_value), 0)
            when 'plan is best' then -100.0 * abs(f.value - t.period_target_value) / nullif(abs(t.period_target_value), 0)
        end as variance_pct,
        case when i.aim = 'minimise' then -1 else 1 end as sign
    from marts.figure_target as t
    inner join meta.indicator as i
        on i.indicator_code = t.indicator_code
    inner join marts.figure as f
        on
            f.indicator_code = t.indicator_code
            and f.period_kind = t.period_kind
            and f.period_key = t.period_key
)

select
    ---------- which
    m.edition_code,
    m.indicator_set,
    m.indicator_code,
    m.period_kind,
    m.period_key,
    ---------- how much
    m.value,
    m.missing_reason,
    m.period_target_value,
    m.variance_pct, -- Distance from target in per cent of it; below 0 is worse than the target.
    case
        when m.aim = 'none' then 'data only'
        when m.value is null then 'unknown'
        when m.green_at is not null and m.sign * m.value >= m.sign * m.green_at then 'green'
        when m.green_at is not null and m.sign * m.value >= m.sign * coalesce(m.amber_at, m.green_at) then 'amber'
        when m.green_at is not null then 'red'
        when m.variance_pct is null then 'unknown'
        when m.variance_pct >= -m.green_within_pct - 0.0000001 then 'green'
        when m.variance_pct >= -m.amber_within_pct - 0.0000001 then 'amber'
        else 'red'
    end as figure_status -- How the figure stands against its target: green, amber, red, data only or unknown.
from measured as m
