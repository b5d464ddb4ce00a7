-- The plan's strategies and policies as reports list them, with the day by which each is renewed.
-- One row per edition and document.
select
    s.edition_code,
    s.document,
    s.renewal,
    s.renew_by,
    s.renewal_rule,
    s.responsible,
    d.file_name,
    s.sheet_name,
    s.row_number
from core.fact_strategy_renewal as s
left join core.dim_delivery as d
    on d.delivery_key = s.delivery_key
