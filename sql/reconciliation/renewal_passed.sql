-- A document past its renewal date.
-- Settled by: the document renewed, or a new date from whoever answers for it
select
    s.edition_code,
    s.document as subject,
    'strategies' as first_by,
    s.renewal as first_said,
    s.delivery_key as first_delivery_key,
    s.sheet_name as first_sheet_name,
    'row ' || s.row_number as first_cell,
    s.responsible as ask,
    '"' || s.document || '" (strategies, row ' || s.row_number
    || ') was due for renewal by ' || strftime(s.renew_by, '%d/%m/%Y') || ', and the plan speaks as at ' || strftime(d.as_at, '%d/%m/%Y') as disagrees
from core.fact_strategy_renewal as s
inner join core.dim_delivery as d
    on d.delivery_key = s.delivery_key
where s.renew_by < d.as_at
