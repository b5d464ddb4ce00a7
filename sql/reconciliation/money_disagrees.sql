-- Money in a text that disagrees with the budget lines.
-- Settled by: the owner's word which amount holds, and the other corrected
with texts as (
    select
        a.edition_code,
        a.action_code,
        'action' as said_by,
        null as budget_item,
        a.budget_note as said,
        a.officers,
        a.delivery_key,
        a.sheet_name,
        a.row_number
    from core.fact_action as a
    union
    select
        b.edition_code,
        b.action_code,
        'budget item' as said_by,
        b.budget_item,
        b.budget_item as said,
        a.officers,
        b.delivery_key,
        b.sheet_name,
        b.row_number
    from core.fact_budget_line as b
    left join core.fact_action as a
        on
            a.edition_code = b.edition_code
            and a.action_code = b.action_code
    where b.action_code is not null
),

amounts as (
    select
        t.edition_code,
        t.action_code,
        t.said_by,
        t.budget_item,
        t.officers,
        t.delivery_key,
        t.sheet_name,
        t.row_number,
        trim(unnest(regexp_extract_all(lower(t.said), '£ ?[0-9][0-9,.]*[0-9] ?k?|£ ?[0-9] ?k?'))) as amount_said
    from texts as t
),

meant as (
    select
        m.edition_code,
        m.action_code,
        m.said_by,
        m.budget_item,
        m.officers,
        m.delivery_key,
        m.sheet_name,
        m.row_number,
        m.amount_said,
        regexp_extract(replace(m.amount_said, ',', ''), '[0-9.]+')::double * if(contains(m.amount_said, 'k'), 1000, 1) as pounds,
        if(contains(m.amount_said, 'k'), 500, 0.5) as rounding
    from amounts as m
),

lines as (
    select
        b.edition_code,
        b.action_code,
        b.period_key,
        b.row_number,
        sum(b.amount_pounds) as pounds,
        min(b.printed) as printed,
        min(b.cell) as cell,
        min(b.delivery_key) as delivery_key,
        min(b.sheet_name) as sheet_name
    from core.fact_budget_line as b
    where
        b.action_code is not null
        and b.amount_pounds is not null
    group by
        b.edition_code,
        b.action_code,
        cube(b.period_key, b.row_number)
)

select
    m.edition_code,
    m.action_code as subject,
    concat_ws(' ', m.said_by, m.amount_said, m.budget_item) as detail,
    m.said_by as first_by,
    m.amount_said as first_said,
    m.delivery_key as first_delivery_key,
    m.sheet_name as first_sheet_name,
    'row ' || m.row_number as first_cell,
    'budget' as second_by,
    string_agg(l.printed, ', ' order by l.period_key, l.pounds, l.cell) filter (where l.period_key is not null and l.row_number is not null) as second_said,
    min(l.delivery_key) as second_delivery_key,
    min(l.sheet_name) as second_sheet_name,
    string_agg(l.cell, ', ' order by l.period_key, l.pounds, l.cell) filter (where l.period_key is not null and l.row_number is not null) as second_cell,
    max(m.officers) as ask,
    'The ' || m.said_by || ' of ' || m.action_code || ' (' || m.sheet_name || ', row ' || m.row_number || ') speaks of ' || m.amount_said || ', and its budget lines are '
    || string_agg(l.printed, ', ' order by l.period_key, l.pounds, l.cell) filter (where l.period_key is not null and l.row_number is not null) as disagrees
from meant as m
inner join lines as l
    on
        l.edition_code = m.edition_code
        and l.action_code = m.action_code
        and (m.said_by = 'action' or coalesce(l.row_number, m.row_number) = m.row_number)
group by
    m.edition_code,
    m.action_code,
    m.said_by,
    m.budget_item,
    m.amount_said,
    m.pounds,
    m.rounding,
    m.delivery_key,
    m.sheet_name,
    m.row_number
having not bool_or(abs(l.pounds - m.pounds) <= m.rounding)
