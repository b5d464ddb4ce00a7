-- Every figure that the plan prints, cell by cell: as printed, as a number, or with the reason why there is none.
-- One row per edition, set, indicator, measure and printed period.
with cells as (
    select
        'service data' as indicator_set,
        null as objective_code,
        'not stated' as owner_title,
        s.edition_from,
        s.edition_to,
        s.indicator_code,
        s.indicator_code_printed,
        s.measure,
        s.stated_period,
        s.stated_period_from,
        s.stated_period_to,
        s.printed,
        s.printed_value,
        s.printed_unit,
        s.printed_missing_reason,
        s.printed_period_from,
        s.printed_period_to,
        s.printed_introduced_on,
        s.printed_footnote,
        s.group_heading,
        s.printed_name,
        s.note,
        s.delivery_key,
        s.sheet_name,
        s.row_number,
        s.cell
    from current.plan_service_data as s
    union all
    select
        p.indicator_set,
        p.objective_code,
        coalesce(p.owner_title, 'not stated') as owner_title,
        p.edition_from,
        p.edition_to,
        p.indicator_code,
        p.indicator_code_printed,
        p.measure,
        p.stated_period,
        p.stated_period_from,
        p.stated_period_to,
        p.printed,
        p.printed_value,
        p.printed_unit,
        p.printed_missing_reason,
        p.printed_period_from,
        p.printed_period_to,
        p.printed_introduced_on,
        p.printed_footnote,
        p.group_heading,
        p.printed_name,
        p.note,
        p.delivery_key,
        p.sheet_name,
        p.row_number,
        p.cell
    from current.plan_performance_indicators as p
),

dated as (
    select
        c.delivery_key,
        c.sheet_name,
        c.cell,
        coalesce(c.printed_period_from, c.stated_period_from, max(c.stated_period_to) over edition + 1) as first_day,
        coalesce(c.printed_period_to, c.stated_period_to, c.edition_to) as last_day,
        max(c.printed_introduced_on) over (
            partition by c.edition_from, c.indicator_set, c.indicator_code
        ) as row_introduced_on
    from cells as c
    window edition as (partition by c.edition_from)
)

select
    ---------- which
    year(c.edition_from) || '-' || right(year(c.edition_to)::varchar, 2) as edition_code, -- Edition of the Business Plan by its years, such as 2023-26.
    c.indicator_set,
    c.indicator_code,
    c.indicator_code_printed,
    lower(c.measure) as measure,
    p.period_key,
    c.stated_period,
    ---------- what it says
    c.printed,
    c.printed_value as value, -- The figure as a number, in the unit of its indicator; empty where there is none.
    c.printed_unit as unit_typed, -- Unit typed beside the number, percent or pounds.
    case
        when c.printed_value is not null then null
        when c.printed_missing_reason is not null then c.printed_missing_reason
        when d.row_introduced_on > d.last_day then 'not introduced'
        when c.note ilike '%not yet available%' and contains(c.note, c.stated_period) then 'not yet available'
        when c.note ilike '%not comparable%' and r.first_comparable_day > d.last_day then 'not comparable'
    end as missing_reason, -- Why there is no number: a typed reason such as not comparable, nil or held.
    c.printed_footnote as footnote, -- Footnote mark or words beside the number.
    ---------- as the plan presents it
    c.group_heading,
    c.printed_name,
    c.objective_code,
    c.owner_title,
    c.note,
    ---------- where it stands
    c.delivery_key,
    c.sheet_name,
    c.row_number,
    c.cell
from cells as c
inner join dated as d
    on
        d.delivery_key = c.delivery_key
        and d.sheet_name = c.sheet_name
        and d.cell = c.cell
left join core.dim_period as p
    on
        p.first_day = d.first_day
        and p.last_day = d.last_day
left join meta.indicator as r
    on r.indicator_code = c.indicator_code
