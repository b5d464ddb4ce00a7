-- Which financial quarters have arrived from each source, and which are missing between its first and its last.
-- One row per stage table and quarter.
with quarters as (
    select
        p.period_key as quarter_key,
        p.first_day
    from core.dim_period as p
    where p.period_kind = 'quarter'
),

spans as (
    select
        a.stage_table,
        a.source_name,
        min(a.quarter_key) as first_quarter,
        max(a.quarter_key) as last_quarter
    from meta.arrived as a
    group by all
)

select
    s.source_name,
    s.stage_table,
    q.quarter_key, -- Financial quarter, such as 2021-22-Q3.
    coalesce(a.n_rows, 0) as n_rows, -- Rows of the table, or of its quarter.
    a.n_rows is not null as is_present -- Whether any row of the quarter has arrived.
from spans as s
inner join quarters as q
    on q.quarter_key between s.first_quarter and s.last_quarter
left join meta.arrived as a
    on
        a.stage_table = s.stage_table
        and a.quarter_key = q.quarter_key
