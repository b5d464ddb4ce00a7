-- Police-recorded anti-social behaviour in the borough, month by month, counted on the closing code.
-- One row per month in which incidents are on record.
select
    ---------- when
    i.month_key,
    i.quarter_key,
    i.year_key,
    ---------- how many
    count(*) filter (where i.is_asb) as n_incidents, -- Incidents counted for the period; empty where a reason stands in their place.
    count(*) filter (where i.is_asb and i.asb_group = 'Personal') as n_personal, -- Of these, incidents of the group personal.
    count(*) filter (where i.is_asb and i.asb_group = 'Nuisance') as n_nuisance, -- Of these, incidents of the group nuisance.
    count(*) filter (where i.is_asb and i.asb_group = 'Environmental') as n_environmental, -- Of these, incidents of the group environmental.
    count(*) filter (where i.asb_type_key = 'still_open') as n_open, -- Logs not yet closed, which are not counted.
    count(*) filter (where not i.is_asb and i.asb_type_key <> 'still_open') as n_not_asb -- Logs closed as something else, which are not counted.
from core.fact_asb_incident as i
group by all
