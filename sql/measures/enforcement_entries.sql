-- Entries of the enforcement register by type, and by type and who issued them.
-- One row per entry, part that it counts in, and reported period.
-- Reach: own rows
select
    unnest([f.enforcement_type_key, f.enforcement_type_key || ' by ' || f.issued_by]) as counted_part,
    p.period_kind,
    p.period_key,
    1 as numerator,
    null::bigint as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_enforcement as f
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
