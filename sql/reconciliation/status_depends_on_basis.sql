-- A status that depends on the basis of the percentage.
-- Settled by: one basis, agreed by the owner and written in the definition
with otherwise as (
    select
        p.edition_code,
        p.indicator_set,
        p.indicator_code,
        b.basis_words,
        100.0 * sum(v.value) filter (where b.basis_place = 'numerator') / nullif(sum(v.value) filter (where b.basis_place = 'denominator'), 0) as value,
        string_agg(distinct v.cell, ', ' order by v.cell) as cells,
        min(v.sheet_name) as sheet_name
    from marts.plan_ambition as p
    inner join meta.other_basis as b
        on b.indicator_code = p.indicator_code
    left join marts.plan_value as v
        on
            v.edition_code = p.edition_code
            and v.indicator_code = b.part_code
            and v.period_key = p.achieved_period_key
    group by
        p.edition_code,
        p.indicator_set,
        p.indicator_code,
        b.basis_words
    having count(*) = count(v.value)
),

-- Distance from target in per cent of it, below 0 where worse, against the limits of the indicator.
judged as (
    select
        p.edition_code,
        p.indicator_set,
        p.indicator_code,
        o.basis_words,
        o.value as other_value,
        o.cells,
        o.sheet_name,
        if(i.aim = 'minimise', -1, 1) * 100 * (p.achieved_value - p.target_value) / nullif(abs(p.target_value), 0) + 0.0000001 as margin,
        if(i.aim = 'minimise', -1, 1) * 100 * (o.value - p.target_value) / nullif(abs(p.target_value), 0) + 0.0000001 as other_margin,
        i.green_within_pct,
        i.amber_within_pct,
        nullif(i.owner_title, 'not stated') as ask
    from marts.plan_ambition as p
    inner join otherwise as o
        on
            o.edition_code = p.edition_code
            and o.indicator_set = p.indicator_set
            and o.indicator_code = p.indicator_code
    inner join meta.indicator as i
        on
            i.indicator_code = p.indicator_code
            and i.aim in ('maximise', 'minimise')
            and i.green_at is null
),

coloured as (
    select
        j.edition_code,
        j.indicator_set,
        j.indicator_code,
        j.basis_words,
        j.other_value,
        j.cells,
        j.sheet_name,
        case when j.margin >= -j.green_within_pct then 'green' when j.margin >= -j.amber_within_pct then 'amber' else 'red' end as status,
        case when j.other_margin >= -j.green_within_pct then 'green' when j.other_margin >= -j.amber_within_pct then 'amber' else 'red' end as other_status,
        j.ask
    from judged as j
)

select
    c.edition_code,
    c.indicator_code,
    c.indicator_code as subject,
    p.achieved_period_key as period_key,
    c.indicator_set || ', ' || c.basis_words as detail,
    c.indicator_set as first_by,
    p.achieved_printed || ', ' || c.status as first_said,
    p.delivery_key as first_delivery_key,
    p.sheet_name as first_sheet_name,
    p.achieved_cell as first_cell,
    'another basis' as second_by,
    format('{:.1f}%', c.other_value) || ', ' || c.other_status as second_said,
    p.delivery_key as second_delivery_key,
    c.sheet_name as second_sheet_name,
    c.cells as second_cell,
    c.other_value - p.achieved_value as difference,
    c.ask,
    c.indicator_code || ' for ' || p.achieved_period_name || ' is ' || p.achieved_printed || ' (' || c.indicator_set || ', cell ' || p.achieved_cell || '), ' || c.status
    || ' against the target of ' || p.target_printed || ' for ' || p.target_period_name || '; as ' || c.basis_words || ' (' || c.sheet_name || ', ' || c.cells || ') it is '
    || format('{:.1f}%', c.other_value) || ', ' || c.other_status as disagrees
from coloured as c
inner join marts.plan_ambition as p
    on
        p.edition_code = c.edition_code
        and p.indicator_set = c.indicator_set
        and p.indicator_code = c.indicator_code
where c.status <> c.other_status
