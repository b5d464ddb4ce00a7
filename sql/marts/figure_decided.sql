-- What was decided of each conflict over a figure: who holds, why and by whom; without that the figure is held.
-- One row per conflict over a figure. A decision on one figure is used up once its conflict has gone; a rule for all is not.
with gone as (
    select
        h.conflict_key,
        max(h.known_at) as gone_at
    from meta.conflict_history as h
    where not h.is_there
    group by h.conflict_key
),

days as (
    select distinct
        p.indicator_code,
        p.period_key,
        p.first_day,
        p.last_day
    from marts.figure_pair as p
),

applied as (
    select
        c.conflict_key,
        c.conflict_kind,
        c.edition_code,
        c.indicator_code,
        c.period_key,
        d.first_day,
        d.last_day,
        c.disagrees,
        r.for_indicator_code is not null and r.for_first_day is not null and r.decided_on < g.gone_at::date as is_used_up,
        count(r.stated_by) filter (where r.stated_by in (c.first_by, c.second_by)) over (partition by c.conflict_key, r.for_indicator_code, r.for_first_day)
        = if(c.first_by = c.second_by, 1, 2) as names_both,
        r.stated_by,
        r.place_in_order,
        r.decided_because,
        r.decided_by,
        r.decided_on,
        if(is_used_up, -1, (r.for_indicator_code is not null)::integer * 2 + (r.for_first_day is not null)::integer) as closeness
    from marts.figure_conflict as c
    inner join days as d
        on
            d.indicator_code = c.indicator_code
            and d.period_key = c.period_key
    left join gone as g
        on g.conflict_key = c.conflict_key
    left join meta.precedence as r
        on
            coalesce(r.for_indicator_code, c.indicator_code) = c.indicator_code
            and coalesce(r.for_first_day, d.first_day) = d.first_day
            and coalesce(r.for_last_day, d.last_day) = d.last_day
    qualify closeness = max(closeness) over (partition by c.conflict_key)
),

-- Of those that the order names, the first that says anything; a later edition before an earlier one.
taken as (
    select
        a.conflict_key,
        s.stated_by || coalesce(' of ' || s.edition_code, '') as taken_from,
        s.value as taken_value
    from applied as a
    inner join marts.figure_statement as s
        on
            s.indicator_code = a.indicator_code
            and s.first_day = a.first_day
            and s.last_day = a.last_day
            and s.stated_by = a.stated_by
    where
        a.names_both
        and not coalesce(a.is_used_up, false)
    qualify row_number() over (partition by a.conflict_key order by a.place_in_order, s.edition_code desc, s.cell) = 1
)

select
    ---------- which
    a.conflict_key,
    a.conflict_kind,
    a.edition_code,
    a.indicator_code,
    a.period_key,
    a.first_day,
    a.last_day,
    a.disagrees,
    ---------- what was decided
    t.conflict_key is not null as is_settled, -- Whether a decision says which of the two holds.
    coalesce(bool_or(a.is_used_up), false) as has_come_back, -- Whether it was settled before, had gone, and has come back.
    case when t.taken_from <> 'deliveries' then t.taken_from end as taken_from, -- Whose statement stands in place of the count, by decision; empty where the count stands.
    case when t.taken_from <> 'deliveries' then t.taken_value end as taken_value, -- What that statement says, in the unit of the indicator.
    max(a.decided_because) as decided_because,
    max(a.decided_by) as decided_by,
    max(a.decided_on) as decided_on
from applied as a
left join taken as t
    on t.conflict_key = a.conflict_key
group by
    a.conflict_key,
    a.conflict_kind,
    a.edition_code,
    a.indicator_code,
    a.period_key,
    a.first_day,
    a.last_day,
    a.disagrees,
    t.conflict_key,
    t.taken_from,
    t.taken_value
