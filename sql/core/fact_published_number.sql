-- Every figure that is public: what packs showed by the register, and as the beginning every actual value that the plan prints.
-- One row per pack, figure and value: a pack may show what a figure was beside what it is, and the plan prints some with two values.
select
    ---------- which
    r.pack_key,
    r.published_on,
    r.indicator_code,
    r.period_kind,
    r.period_key,
    r.ward_code,
    ---------- what the public saw
    r.printed,
    r.printed_value as value, -- The figure as a number, in the unit of its indicator; empty where there is none.
    r.unit,
    r.printed_value is null as is_hidden, -- Whether the mark for a small number stands where the number would be.
    r.cut_at::timestamp as cut_at, -- Moment at which the figures were cut, in universal time.
    ---------- where it stands
    r.delivery_key,
    r.sheet_name,
    r.row_number,
    null as cell -- The cell of the sheet in which the figure was printed, such as E12.
from current.published_numbers as r
union all
select
    'printed-plan-' || f.edition_code as pack_key,
    -- No document says on which day an edition was published: from the first day of its first year it is known.
    make_date(left(f.edition_code, 4)::integer, 4, 1) as published_on,
    f.indicator_code,
    coalesce(o.period_kind, p.period_kind) as period_kind,
    f.period_key,
    null as ward_code,
    f.printed,
    f.value,
    i.unit,
    false as is_hidden,
    null as cut_at,
    f.delivery_key,
    f.sheet_name,
    f.row_number,
    f.cell
from core.fact_stated_figure as f
left join core.dim_period as p
    on p.period_key = f.period_key
left join core.dim_reported_period as o
    on
        o.period_kind = 'odd period'
        and o.period_key = f.period_key
left join core.dim_indicator as i
    on i.indicator_code = f.indicator_code
where
    f.measure in ('actual', 'achieved')
    and f.value is not null
qualify
    row_number() over (
        partition by f.edition_code, f.indicator_code, f.period_key, f.value
        order by f.indicator_set <> 'service data', f.indicator_set, f.row_number, f.cell
    ) = 1
