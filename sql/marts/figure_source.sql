-- Which rows of which deliveries stand behind each figure as it is counted now, held or not.
-- One row per indicator, kind of period, period, delivery and sheet.
select
    ---------- which
    c.indicator_code,
    c.period_kind,
    c.period_key,
    c.quarter_key,
    ---------- from where
    d.source_name,
    m.delivery_key,
    d.file_name,
    d.as_at,
    d.sha256,
    m.sheet_name,
    ---------- which rows
    sum(m.n_rows)::bigint as n_rows, -- Rows of the table, or of its quarter.
    min(m.first_row_number) as first_row_number,
    max(m.last_row_number) as last_row_number,
    case
        when i.sensitivity <> 'person_sensitive' then sum(m.part_numerator)::bigint
    end as part_numerator, -- What these rows add to the numerator; empty where one delivery would tell of people.
    case
        when i.sensitivity <> 'person_sensitive' then sum(m.part_denominator)::bigint
    end as part_denominator -- What these rows add to the denominator; empty where one delivery would tell of people.
from marts.figure_counted as c
inner join meta.indicator as i
    on i.indicator_code = c.indicator_code
inner join core.dim_reported_period as p
    on
        p.period_kind = c.period_kind
        and p.period_key = c.period_key
inner join core.dim_reported_period as q
    on
        case
            when i.rollup in ('sum', 'ratio') then q.period_kind = 'quarter' and q.period_key between p.first_quarter_key and p.last_quarter_key
            else q.period_kind = p.period_kind and q.period_key = p.period_key
        end
inner join meta.measured_from as m
    on
        m.indicator_code = c.indicator_code
        and m.period_kind = q.period_kind
        and m.period_key = q.period_key
inner join core.dim_delivery as d
    on d.delivery_key = m.delivery_key
where c.missing_reason is null
group by
    c.indicator_code,
    c.period_kind,
    c.period_key,
    c.quarter_key,
    d.source_name,
    m.delivery_key,
    d.file_name,
    d.as_at,
    d.sha256,
    m.sheet_name,
    i.sensitivity
