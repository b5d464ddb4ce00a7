-- Every figure that the plan prints, cell by cell: as printed, as a number, or with the reason why there is none.
-- One row per edition, set, indicator, measure and printed period.
with cells as (
    select
        s.*,
        'service data' as indicator_set,
        null as objective_code,
        null as owner_title
    from current.plan_service_data as s
    union all by name
    select p.*
    from current.plan_performance_indicators as p
),

rows_of_cells as (
    select
        c.*,
        max(c.printed_introduced_on) over (partition by c.edition_from, c.indicator_set, c.indicator_code) as row_introduced_on,
        max(c.stated_period_to) over (partition by c.edition_from) + 1 as future_from
    from cells as c
),

dated as (
    select
        r.*,
        coalesce(r.printed_period_from, r.stated_period_from, r.future_from) as first_day,
        coalesce(r.printed_period_to, r.stated_period_to, r.edition_to) as last_day,
        year(r.edition_from) || '-' || right(year(r.edition_to)::varchar, 2) as edition_code
    from rows_of_cells as r
)

select
    ---------- which
    d.edition_code, -- Edition of the Business Plan by its years, such as 2023-26.
    d.indicator_set, -- Table of the plan in which the figure stands: service data, CSI, KPI or MPI.
    d.indicator_code,
    d.indicator_code_printed,
    lower(d.measure) as measure, -- Whether the figure is an actual, an achieved value or a target.
    p.period_key, -- Period of the figure: the one that the cell names for itself, else that of its heading.
    d.stated_period,
    ---------- what it says
    d.printed,
    d.printed_value as value, -- The figure read as a number; empty when a reason says why.
    d.printed_unit as unit_typed, -- Unit typed beside the number, percent or pounds.
    case
        when d.printed_value is not null then null
        when d.printed_missing_reason is not null then d.printed_missing_reason
        when d.row_introduced_on > d.last_day then 'not introduced'
        when d.note ilike '%not yet available%' then 'not yet available'
        when d.note ilike '%not comparable%' then 'not comparable'
    end as missing_reason, -- Why there is no number, from the mark itself, the rest of its row or the plan's note.
    d.printed_footnote as footnote, -- Footnote mark or words beside the number.
    ---------- as the plan presents it
    d.group_heading,
    d.printed_name,
    d.objective_code,
    coalesce(d.owner_title, 'not stated') as owner_title, -- Post that answers for the indicator in this table, or not stated.
    d.note,
    ---------- where it stands
    d.delivery_key,
    d.sheet_name,
    d.row_number,
    d.cell
from dated as d
left join core.dim_period as p
    on
        p.first_day = d.first_day
        and p.last_day = d.last_day
