-- Individuals on the agenda of the multi-agency panel on anti-social behaviour, from when each was first discussed to when removed.
-- One row per individual's time on the agenda; one who comes back stands again.
-- Restricted: row-level facts about people before the panel.
select
    p.panel_person_key,
    p.first_discussed_on,
    d.month_key,
    d.quarter_key,
    d.year_key,
    p.removed_on,
    p.delivery_key,
    p.sheet_name,
    p.row_number
from current.asb_panel as p
left join core.dim_date as d
    on d.date_key = p.first_discussed_on
