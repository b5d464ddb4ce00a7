-- Which financial quarters each source has accepted rows for; what is not here has not arrived.
-- One row per stage table and quarter with rows.
select
    b.table_name,
    b.quarter_key,
    b.n_rows
from meta.built as b
where
    b.table_name like 'current.%'
    and b.quarter_key <> ''
    and b.n_rows > 0
