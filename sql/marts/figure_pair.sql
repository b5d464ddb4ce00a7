-- Every figure that is said more than once, side by side: each document against the deliveries, and against the document that says it first.
-- One row per figure and two statements of it; a percentage agrees where the coarser of the two may be the other, rounded.
with placed as (
    select
        s.indicator_code,
        s.period_key,
        s.first_day,
        s.last_day,
        s.stated_by,
        case s.stated_by
            when 'deliveries' then 'the deliveries'
            when 'Pentana' then 'Pentana'
            else 'the plan''s ' || s.stated_by
        end || coalesce(', cell ' || s.cell, '') as stated_where,
        s.stated_as,
        s.edition_code,
        s.value,
        s.printed,
        s.n_decimals,
        s.delivery_key,
        s.sheet_name,
        s.cell,
        s.place > 0 as is_document,
        row_number() over (
            partition by s.indicator_code, s.first_day, s.last_day, s.place > 0
            order by s.place, s.edition_code desc, s.sheet_name, s.cell
        ) as number_among
    from marts.figure_statement as s
)

select
    ---------- which
    a.indicator_code,
    a.period_key,
    n.period_name,
    a.first_day,
    a.last_day,
    i.unit,
    ---------- the first
    a.stated_by as first_by, -- Who says the first: a table of the plan, Pentana, the deliveries or a definition.
    a.stated_where as first_where, -- Where the first stands, in words.
    a.edition_code as first_edition_code, -- Edition of the plan that says the first.
    a.value as first_value, -- The first as a number, in the unit of the indicator.
    a.printed as first_said, -- What the first says, as it is written.
    a.delivery_key as first_delivery_key, -- The delivery in which the first stands: source and start of its SHA-256.
    a.sheet_name as first_sheet_name, -- The sheet in which the first stands; empty for a flat file.
    a.cell as first_cell, -- The cell, or the row, in which the first stands.
    ---------- the second
    b.stated_by as second_by, -- Who says the second, or is silent.
    b.stated_as as second_stated_as, -- Kind of period as which the second states it.
    b.stated_where as second_where, -- Where the second stands, in words.
    b.edition_code as second_edition_code, -- Edition of the plan that says the second.
    b.value as second_value, -- The second as a number, in the unit of the indicator.
    b.printed as second_said, -- What the second says, as it is written; empty where it is silent.
    b.delivery_key as second_delivery_key, -- The delivery in which the second stands: source and start of its SHA-256.
    b.sheet_name as second_sheet_name, -- The sheet in which the second stands; empty for a flat file.
    b.cell as second_cell, -- The cell, or the row, in which the second stands.
    ---------- whether they agree
    b.value - a.value as difference, -- By how much the second exceeds the first, in the unit of what is said.
    case
        when i.unit = 'percent' then abs(a.value - b.value) <= 0.5 * power(10, -least(a.n_decimals, b.n_decimals)) + 0.0000001
        else a.value = b.value
    end as statements_agree -- Whether the two are the same number, as far as both are written out.
from placed as a
inner join placed as b
    on
        b.indicator_code = a.indicator_code
        and b.first_day = a.first_day
        and b.last_day = a.last_day
        and b.is_document
        and (not a.is_document or b.number_among > 1)
inner join meta.indicator as i
    on i.indicator_code = a.indicator_code
inner join core.dim_period as n
    on n.period_key = a.period_key
where a.number_among = 1
