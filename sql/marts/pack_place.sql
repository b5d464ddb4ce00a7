-- Where each indicator stands in a pack: its set, its objective, its services and its owner, in the order of the plan.
-- One row per set and indicator; the order is that of the latest edition that prints it, and what no edition prints comes last.
with printed as (
    select
        s.indicator_set,
        s.indicator_code,
        max(s.edition_code) as edition_code,
        arg_max(s.objective_code, s.edition_code) as objective_code,
        arg_max(s.row_number, s.edition_code) as row_number
    from core.fact_stated_figure as s
    group by
        s.indicator_set,
        s.indicator_code
),

listed as (
    select
        i.indicator_code,
        unnest(string_split(i.indicator_sets, ', ')) as indicator_set,
        i.objective_code,
        i.service_key,
        i.owner_key
    from core.dim_indicator as i
),

served as (
    select
        l.indicator_code,
        string_agg(distinct v.service_name, ', ' order by v.service_name) as service_names
    from listed as l
    inner join core.dim_owner as o
        on o.owner_key = l.owner_key
    inner join core.dim_service as v
        on
            v.service_key = l.service_key
            or contains(lower(o.owner_name), lower(v.service_name))
    group by l.indicator_code
)

select
    ---------- which
    l.indicator_set,
    l.indicator_code,
    m.indicator_title,
    ---------- where it stands
    coalesce(p.objective_code, l.objective_code) as objective_code,
    b.objective_name,
    w.service_name as section_name, -- Service under whose data the plan prints it; empty for what stands in other tables only.
    v.service_names, -- Services that answer for it, joined by commas: under whose data the plan prints it, and that of its owner.
    o.owner_name,
    row_number() over (
        partition by l.indicator_set
        order by p.row_number, l.indicator_code
    ) as place_in_set, -- Place in its set as the plan lays it out, from 1.
    ---------- how it is read
    m.unit,
    m.aim,
    m.is_aim_disputed,
    m.rollup,
    m.rule_note
from listed as l
inner join meta.indicator as m
    on m.indicator_code = l.indicator_code
left join printed as p
    on
        p.indicator_set = l.indicator_set
        and p.indicator_code = l.indicator_code
left join served as v
    on v.indicator_code = l.indicator_code
left join core.dim_service as w
    on w.service_key = l.service_key
left join core.dim_owner as o
    on o.owner_key = l.owner_key
left join core.dim_objective as b
    on
        b.objective_code = coalesce(p.objective_code, l.objective_code)
        and b.edition_code = p.edition_code
where not m.is_heading
