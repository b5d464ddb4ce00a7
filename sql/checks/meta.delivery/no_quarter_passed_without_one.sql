-- warn: Between the first and the last delivery of a quarterly return no quarter passed without one.
-- Dimension: completeness
with spoken_for as (
    select
        s.source_title,
        d.source_name,
        d.as_at,
        lag(d.as_at) over (partition by d.source_name order by d.as_at) as before_it
    from meta.delivery as d
    inner join meta.source as s
        on s.source_name = d.source_name
    where
        d.outcome = 'accepted'
        and s.due_when like '%after the quarter ends%'
)

select
    f.source_title || ': no delivery speaks for the time between ' || strftime(f.before_it, '%d/%m/%Y') || ' and '
    || strftime(f.as_at, '%d/%m/%Y') || '. What was received and closed in it may be missing; ask for the quarter.' as finding,
    f.source_name,
    f.before_it,
    f.as_at
from spoken_for as f
where date_diff('day', f.before_it, f.as_at) > 140
order by
    f.source_name,
    f.as_at
