-- What was decided of each conflict that was ever found, and whether that still holds.
-- One row per conflict with a decision. One that has gone since, or says something else than was settled, has opened again.
with gone as (
    select
        h.conflict_key,
        max(h.known_at)::date as gone_on
    from meta.conflict_history as h
    where not h.is_there
    group by h.conflict_key
),

settled as (
    select
        c.conflict_key,
        coalesce(s.first_said, '') = coalesce(c.first_said, '')
        and coalesce(s.second_said, '') = coalesce(c.second_said, '')
        and s.decided_on >= coalesce(g.gone_on, s.decided_on) as is_settled,
        s.decided_because,
        s.decided_by,
        s.decided_on
    from meta.settlement as s
    inner join marts.conflict as c
        on c.conflict_key = s.conflict_key
    left join gone as g
        on g.conflict_key = s.conflict_key
)

select
    d.conflict_key,
    d.is_settled,
    d.has_come_back,
    d.decided_because,
    d.decided_by,
    d.decided_on
from marts.figure_decided as d
where
    d.is_settled
    or d.has_come_back
union all
select
    s.conflict_key,
    s.is_settled,
    not s.is_settled as has_come_back,
    s.decided_because,
    s.decided_by,
    s.decided_on
from settled as s
left join marts.figure_decided as d
    on d.conflict_key = s.conflict_key
where d.conflict_key is null
