-- A heading that says how many stand under it, and another number does.
-- Settled by: the heading corrected, or what is missing added
with headings as (
    select
        r.edition_code,
        r.risk_kind as heading,
        'risks' as what,
        count(*) as n_under,
        min(r.delivery_key) as delivery_key,
        min(r.sheet_name) as sheet_name,
        min(r.row_number) as row_number
    from core.fact_risk as r
    group by all
    union all
    select
        f.edition_code,
        f.group_heading as heading,
        'indicators' as what,
        count(distinct f.indicator_code) as n_under,
        min(f.delivery_key) as delivery_key,
        min(f.sheet_name) as sheet_name,
        min(f.row_number) as row_number
    from core.fact_stated_figure as f
    where f.group_heading is not null
    group by
        f.edition_code,
        f.group_heading
    union all
    select
        b.edition_code,
        b.budget_heading as heading,
        'budget lines' as what,
        count(distinct b.budget_item) as n_under,
        min(b.delivery_key) as delivery_key,
        min(b.sheet_name) as sheet_name,
        min(b.row_number) as row_number
    from core.fact_budget_line as b
    group by
        b.edition_code,
        b.budget_heading
),

numbered as (
    select
        h.edition_code,
        h.heading,
        h.what,
        h.n_under,
        h.delivery_key,
        h.sheet_name,
        h.row_number,
        regexp_extract(lower(h.heading), '\b(?:top|main|key|chief|following) ([a-z]+|[0-9]+)\b', 1) as number_said
    from headings as h
),

said as (
    select
        n.edition_code,
        n.heading,
        n.what,
        n.n_under,
        n.delivery_key,
        n.sheet_name,
        n.row_number,
        n.number_said,
        coalesce(
            try_cast(n.number_said as bigint),
            nullif(list_position(
                ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'], n.number_said
            ), 0)
        ) as n_said
    from numbered as n
)

select
    s.edition_code,
    s.heading as subject,
    'heading' as first_by,
    s.number_said as first_said,
    s.delivery_key as first_delivery_key,
    s.sheet_name as first_sheet_name,
    'row ' || s.row_number as first_cell,
    s.what as second_by,
    s.n_under::varchar as second_said,
    s.n_under - s.n_said as difference,
    'The heading "' || s.heading || '" (' || s.sheet_name
    || ', from row ' || s.row_number || ') says ' || s.number_said || ', and ' || s.n_under || ' ' || s.what || ' stand under it' as disagrees
from said as s
where s.n_said <> s.n_under
