-- Contracts, warning letters, notices, injunctions, orders and trigger requests by quarter and by who issued them.
-- One row per type, issuer and quarter in which something was entered.
select
    e.quarter_key,
    e.year_key,
    e.enforcement_type_key,
    t.enforcement_type_name,
    e.issued_by,
    count(*) as n_entries -- Entries of the register in the period.
from core.fact_enforcement as e
inner join core.dim_enforcement_type as t
    on t.enforcement_type_key = e.enforcement_type_key
group by all
