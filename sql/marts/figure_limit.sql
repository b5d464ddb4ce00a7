-- What chance alone would give: control limits for each quarter's figure from the comparable quarters before it.
-- One row per indicator and quarter with a value. Limits need six earlier quarters; where there are none the row says why.
with moved as (
    select
        f.indicator_code,
        f.quarter_key,
        f.comparable_run,
        f.last_day,
        f.value,
        i.rollup = 'sum' and i.unit = 'number' as is_of_events, -- People may be there in several quarters: no separate events.
        case case when i.is_aim_disputed then 'none' else i.aim end
            when 'maximise' then ['worsening', 'improving']
            when 'minimise' then ['improving', 'worsening']
            else ['down', 'up']
        end as said,
        case when lag(f.last_day) over run + 1 = f.first_day then abs(f.value - lag(f.value) over run) end as move
    from marts.figure as f
    inner join meta.indicator as i
        on i.indicator_code = f.indicator_code
    where
        f.period_kind = 'quarter'
        and (f.value is not null or f.missing_reason = 'suppressed')
    window run as (
        partition by f.indicator_code, f.comparable_run
        order by f.last_day
    )
),

earlier as (
    select
        m.indicator_code,
        m.quarter_key,
        m.value,
        m.said,
        count(m.value) over before as n_earlier,
        count(*) over before - count(m.value) over before as n_suppressed,
        avg(m.value) over before as mean_value, -- Of percentages too: each quarter is judged as one of its kind.
        count(m.move) over before as n_moves,
        avg(m.move) over before as mean_move,
        m.is_of_events and avg(m.value) over before < 10 as is_poisson
    from moved as m
    window before as (
        partition by m.indicator_code, m.comparable_run
        order by m.last_day
        rows between unbounded preceding and 1 preceding
    )
),

chances as (
    select
        k.indicator_code,
        k.quarter_key,
        k.n_events,
        sum(exp(k.n_events * ln(k.mean_value) - k.mean_value - lgamma(k.n_events + 1))) over (
            partition by k.indicator_code, k.quarter_key
            order by k.n_events
        ) as chance_of_no_more
    from (
        select
            e.indicator_code,
            e.quarter_key,
            e.mean_value,
            unnest(range(41)) as n_events -- More than 40 where 10 are expected: a chance of 2 in 10 million million.
        from earlier as e
        where
            e.is_poisson
            and e.mean_value > 0
    ) as k
),

limits as (
    select
        e.indicator_code,
        e.quarter_key,
        'XmR' as limit_method,
        greatest(0, e.mean_value - 2.66 * e.mean_move) as lower_limit,
        e.mean_value + 2.66 * e.mean_move as upper_limit
    from earlier as e
    where
        not e.is_poisson
        and e.n_moves >= 5
        and e.mean_move > 0
    union all
    select
        c.indicator_code,
        c.quarter_key,
        'Poisson' as limit_method,
        min(c.n_events) filter (where c.chance_of_no_more >= 0.00135) as lower_limit,
        min(c.n_events) filter (where c.chance_of_no_more >= 0.99865) as upper_limit
    from chances as c
    group by
        c.indicator_code,
        c.quarter_key
)

select
    ---------- which
    e.indicator_code,
    e.quarter_key,
    ---------- how much
    e.value,
    e.n_earlier, -- Number of comparable quarters with a value before this one.
    l.limit_method, -- How the limits are drawn: Poisson for counts of events with a mean below 10, else XmR.
    case when l.limit_method is not null then e.mean_value end as centre, -- Plain mean of the earlier comparable quarters that the limits are drawn round.
    l.lower_limit, -- Least that chance alone gives; a lower figure is a signal. Never below 0.
    l.upper_limit, -- Most that chance alone gives; a higher figure is a signal, and a percentage may pass 100.
    case
        when l.limit_method is not null then null
        when e.n_suppressed > 0 then 'a quarter before it is protected'
        when e.n_earlier < 6 then 'fewer than 6 comparable quarters before it'
        when e.is_poisson then 'nothing was counted before it'
        when e.n_moves < 5 then 'fewer than 5 moves from one quarter to the next before it'
        else 'it never moved before'
    end as no_limits_because, -- Why no limits can be drawn for the quarter.
    ---------- what it says
    e.value not between l.lower_limit and l.upper_limit as is_signal, -- Whether the figure lies outside its limits: more than chance alone would give.
    case
        when e.value > l.upper_limit then 'above'
        when e.value < l.lower_limit then 'below'
        when l.limit_method is not null then 'within'
    end as signal, -- Where the figure lies: above, below or within its limits.
    case
        when e.value > l.upper_limit then e.said[2]
        when e.value < l.lower_limit then e.said[1]
    end as signal_trend -- What a signal means: improving, worsening, or up and down where no aim is agreed.
from earlier as e
left join limits as l
    on
        l.indicator_code = e.indicator_code
        and l.quarter_key = e.quarter_key
        and e.n_earlier >= 6
        and e.n_suppressed = 0
where e.value is not null
