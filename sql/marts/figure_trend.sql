-- Where every figure is heading: against the period before it, and against all earlier ones that compare with it.
-- One row per indicator, kind of period and period; no trend across a break in comparability or between unlike periods.
with ordered as (
    select
        f.indicator_code,
        f.period_kind,
        f.period_key,
        f.value,
        f.missing_reason,
        case when f.value is not null then f.numerator end as numerator,
        case when f.value is not null then f.denominator end as denominator,
        f.comparable_run,
        i.unit,
        case when i.is_aim_disputed then 'none' else i.aim end as aim,
        case
            when f.period_kind = 'year to date' then 12
            else (year(f.last_day) - year(f.first_day)) * 12 + month(f.last_day) - month(f.first_day) + 1
        end as months_apart,
        case when f.period_kind = 'year to date' then right(f.period_key, 2) end as reaches_quarter,
        f.last_day
    from marts.figure as f
    inner join meta.indicator as i
        on i.indicator_code = f.indicator_code
),

earlier as (
    select
        o.indicator_code,
        o.period_kind,
        o.period_key,
        any_value(o.value) as value,
        any_value(o.aim) as aim,
        max(e.value) filter (where e.last_day = last_day(o.last_day - to_months(o.months_apart))) as previous_value,
        max(e.missing_reason) filter (
            where e.value is null and e.last_day = last_day(o.last_day - to_months(o.months_apart))
        ) as previous_missing_reason,
        count(e.value) as n_earlier,
        count(*) filter (where e.missing_reason = 'suppressed') as n_suppressed,
        case
            when any_value(o.unit) = 'percent' then 100.0 * sum(e.numerator) / nullif(sum(e.denominator), 0)
            else avg(e.value)
        end as mean_of_earlier
    from ordered as o
    left join ordered as e
        on
            e.indicator_code = o.indicator_code
            and e.period_kind = o.period_kind
            and e.reaches_quarter is not distinct from o.reaches_quarter
            and e.comparable_run = o.comparable_run
            and e.last_day < o.last_day
    group by
        o.indicator_code,
        o.period_kind,
        o.period_key
),

moved as (
    select
        e.indicator_code,
        e.period_kind,
        e.period_key,
        e.previous_value,
        e.previous_missing_reason,
        case when e.n_earlier > 1 and e.n_suppressed = 0 then e.mean_of_earlier end as mean_of_earlier,
        sign(round(e.value - e.previous_value, 9)) as short_move,
        case
            when e.n_earlier > 1 and e.n_suppressed = 0 then sign(round(e.value - e.mean_of_earlier, 9))
        end as long_move,
        case e.aim
            when 'maximise' then ['worsening', 'no change', 'improving']
            when 'minimise' then ['improving', 'no change', 'worsening']
            else ['down', 'no change', 'up']
        end as said
    from earlier as e
)

select
    ---------- which
    m.indicator_code,
    m.period_kind,
    m.period_key,
    ---------- how it moved
    m.previous_value, -- The figure of the comparable period before; of the year before for a year to date.
    m.previous_missing_reason, -- Why the comparable period before has no number, such as held or suppressed.
    m.mean_of_earlier, -- Mean of at least two earlier comparable figures; for a percentage the ratio of their sums.
    m.said[m.short_move::integer + 2] as short_trend, -- Move since the period before: improving, worsening, or up and down where no aim is agreed.
    m.said[m.long_move::integer + 2] as long_trend -- Move against the mean of earlier periods, in the same words.
from moved as m
