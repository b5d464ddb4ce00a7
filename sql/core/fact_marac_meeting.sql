-- Meetings of the domestic abuse conference: cases, repeats, referrals by agency and the people concerned, as counts.
-- One row per meeting and area.
-- Restricted: the counts of one meeting are so small that they tell of people.
select
    ---------- when and where
    m.meeting_on,
    d.month_key,
    d.quarter_key,
    d.year_key,
    m.marac_area,
    ---------- how many
    m.n_cases,
    m.n_repeats,
    m.n_referred_by_police,
    m.n_referred_by_idva,
    m.n_referred_by_childrens_social_care,
    m.n_referred_by_primary_care,
    m.n_referred_by_secondary_care,
    m.n_referred_by_education,
    m.n_referred_by_housing,
    m.n_referred_by_mental_health,
    m.n_referred_by_probation,
    m.n_referred_by_voluntary_sector,
    m.n_referred_by_substance_abuse,
    m.n_referred_by_adult_social_care,
    m.n_referred_by_mash,
    m.n_referred_by_other,
    m.n_children,
    m.n_victims_minoritised,
    m.n_victims_lgbt,
    m.n_victims_disabled,
    m.n_victims_male,
    m.n_victims_16_17,
    m.n_harming_17_or_under,
    ---------- where it stands
    m.delivery_key,
    m.sheet_name,
    m.row_number
from current.marac as m
inner join core.dim_date as d
    on d.date_key = m.meeting_on
