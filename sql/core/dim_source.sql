-- Every source of the warehouse, with who answers for it and when it is due.
-- One row per source.
select
    s.source_name,
    s.source_title,
    s.source_description,
    s.source_owner,
    s.due_when,
    s.sensitivity,
    s.keep_years,
    s.licence
from meta.source as s
