-- Every delivery that was taken in and what became of it.
-- One row per delivery.
select
    d.delivery_key,
    d.source_name,
    d.file_name,
    d.sha256,
    d.as_at,
    d.outcome,
    d.n_read,
    d.n_accepted,
    d.n_quarantined,
    d.n_ignored
from meta.delivery as d
