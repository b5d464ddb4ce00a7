-- Every delivery; how many rows it holds is told only where a row is no person.
select
    d.delivery_key,
    d.source_name,
    d.file_name,
    d.as_at,
    case when d.source_name not in (from about_people) then d.n_read end as n_read,
    case when d.source_name not in (from about_people) then d.n_accepted end as n_accepted,
    case when d.source_name not in (from about_people) then d.n_quarantined end as n_quarantined,
    case when d.source_name not in (from about_people) then d.n_ignored end as n_ignored
from inside.core.dim_delivery as d
