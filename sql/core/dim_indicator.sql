-- Every performance indicator of the plan: its name, sets, objective, owner, unit, aim and how quarters become a year.
-- One row per indicator; what its definition leaves open is as the latest edition that prints it says, never from two editions.
with printed as (
    select
        s.edition_from,
        s.edition_to,
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
        p.edition_to,
        p.indicator_code,
        coalesce(p.group_heading || ': ', '') || p.printed_name as printed_name,
        null as service_name,
        p.objective_code,
        nullif(p.owner_title, 'not stated') as owner_title,
        p.indicator_set,
        case p.indicator_set when 'CSI' then 2 when 'KPI' then 3 else 4 end as place
    from current.plan_performance_indicators as p
),

latest as (
    select
        p.edition_from,
        p.edition_to,
        p.indicator_code,
        p.printed_name,
        p.service_name,
        p.objective_code,
        p.owner_title,
        p.indicator_set,
        row_number() over (
            partition by p.indicator_code
            order by p.place, p.printed_name, p.service_name, p.objective_code, p.owner_title
        ) as place
    from printed as p
    qualify p.edition_from = max(p.edition_from) over (partition by p.indicator_code)
),

gathered as (
    select
        l.indicator_code,
        max(year(l.edition_from) || '-' || right(year(l.edition_to)::varchar, 2)) as edition_code,
        min_by(l.printed_name, l.place) as printed_name,
        min_by(l.service_name, l.place) filter (where l.service_name is not null) as service_name,
        min_by(l.objective_code, l.place) filter (where l.objective_code is not null) as objective_code,
        min_by(l.owner_title, l.place) filter (where l.owner_title is not null) as owner_title,
        string_agg(distinct l.indicator_set, ', ' order by l.indicator_set) as indicator_sets
    from latest as l
    group by l.indicator_code
),

codes as (
    select g.indicator_code from gathered as g
    union
    select r.indicator_code from meta.indicator as r
)

select
    ---------- what
    c.indicator_code,
    coalesce(r.indicator_title, g.printed_name) as indicator_name, -- Name of the indicator: its title, or as the latest edition prints it where nobody defines it.
    coalesce(r.indicator_sets, g.indicator_sets) as indicator_sets, -- Sets of the plan in which the indicator stands, joined by commas.
    coalesce(r.objective_code, g.objective_code) as objective_code,
    lower(regexp_replace(g.service_name, '[^A-Za-z]+', '_', 'g')) as service_key, -- Key of the service, made from its name.
    lower(regexp_replace(coalesce(r.owner_title, g.owner_title, 'not stated'), '[^A-Za-z]+', '_', 'g')) as owner_key, -- Key of the post or body, made from its name.
    g.edition_code, -- Edition of the Business Plan by its years, such as 2023-26.
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
left join meta.indicator as r
    on r.indicator_code = c.indicator_code
