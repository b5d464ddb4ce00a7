-- Licences processed, inspections by family and how prompted, and of non-statutory licences issued those within 14 days.
-- One row per counted part, family of licences, activity, month and reported period.
-- Reach: own rows
select
    b.counted_part,
    p.period_kind,
    p.period_key,
    if(b.is_denominator, null, f.n_licensing) as numerator,
    if(b.is_denominator, f.n_licensing, null) as denominator,
    f.delivery_key,
    f.sheet_name,
    f.row_number
from core.fact_licensing_month as f
inner join core.bridge_licensing_part as b
    on
        b.licence_family_key = f.licence_family_key
        and b.licensing_activity_key = f.licensing_activity_key
inner join core.bridge_period_quarter as p
    on p.quarter_key = f.quarter_key
where b.counted_part <> 'told'
