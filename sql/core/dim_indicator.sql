-- Every performance indicator of the plan: its name, sets, objective, owner, unit, aim and how quarters become a year.
-- One row per indicator.
with printed as (
    select
        s.edition_from,
        s.indicator_code,
        s.printed_name,
        s.section as service_name,
        null as objective_code,
        null as owner_title,
        'service data' as indicator_set,
        1 as place
    from current.plan_service_data as s
    union all
    select
        p.edition_from,
        p.indicator_code,
        coalesce(p.group_heading || ': ', '') || p.printed_name as printed_name,
        null as service_name,
        p.objective_code,
        p.owner_title,
        p.indicator_set,
        case p.indicator_set when 'CSI' then 2 when 'KPI' then 3 else 4 end as place
    from current.plan_performance_indicators as p
),

named as (
    select
        p.indicator_code,
        p.printed_name
    from printed as p
    qualify
        row_number() over (
            partition by p.indicator_code
            order by p.edition_from desc, p.place, p.printed_name
        ) = 1
),

gathered as (
    select
        p.indicator_code,
        max(p.service_name) as service_name,
        max(p.objective_code) as objective_code,
        max(p.owner_title) as owner_title,
        string_agg(distinct p.indicator_set, ', ' order by p.indicator_set) as indicator_sets
    from printed as p
    group by p.indicator_code
),

codes as (
    select g.indicator_code from gathered as g
    union
    select r.indicator_code from meta.indicator as r
)

select
    ---------- what
    c.indicator_code,
    coalesce(r.indicator_title, n.printed_name) as indicator_name, -- Name of the indicator: its title, or as the latest edition prints it where nobody defines it.
    coalesce(r.indicator_sets, g.indicator_sets) as indicator_sets, -- Sets of the plan in which the indicator stands, joined by commas.
    coalesce(r.objective_code, g.objective_code) as objective_code,
    lower(regexp_replace(g.service_name, '[^A-Za-z]+', '_', 'g')) as service_key, -- Key of the service, made from its name.
    lower(regexp_replace(coalesce(r.owner_title, g.owner_title, 'not stated'), '[^A-Za-z]+', '_', 'g')) as owner_key, -- Key of the post or body, made from its name.
    ---------- how it is read
    r.unit,
    r.aim,
    coalesce(r.is_aim_disputed, false) as is_aim_disputed,
    r.rollup,
    r.fed_by,
    r.sensitivity,
    r.first_comparable_day,
    r.rule_note
from codes as c
left join gathered as g
    on g.indicator_code = c.indicator_code
left join named as n
    on n.indicator_code = c.indicator_code
left join meta.indicator as r
    on r.indicator_code = c.indicator_code
