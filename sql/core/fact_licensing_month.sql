-- What Licensing received, decided and inspected by family of licences, activity and month, as its latest return tells it.
-- One row per family of licences, activity and month that is over.
select
    ---------- which and when
    f.licence_family_key,
    a.licensing_activity_key,
    d.month_key,
    d.quarter_key,
    d.year_key,
    ---------- how many
    c.n_licensing,
    ---------- where it stands
    c.delivery_key,
    c.sheet_name,
    c.row_number,
    c.cell
from current.licensing_activity as c
inner join core.dim_date as d
    on d.date_key = c.licensing_month_from
inner join core.dim_licence_family as f
    on f.licence_family_name = c.licence_family_name
inner join core.dim_licensing_activity as a
    on
        a.licensing_activity_name = c.licensing_activity_name
        and a.how_prompted is not distinct from c.how_prompted
where c.n_licensing is not null
