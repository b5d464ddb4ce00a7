-- The domestic abuse conference by quarter: meetings, cases, repeats, referrals by agency and the people concerned.
-- One row per area and quarter; the repeat rate is n_repeats over n_cases, and Broxtowe is a part of South Nottinghamshire.
select
    ---------- when and where
    m.quarter_key,
    m.year_key,
    m.marac_area,
    ---------- how many
    count(*) as n_meetings, -- Meetings of the conference that were held in the quarter.
    sum(m.n_cases)::bigint as n_cases,
    sum(m.n_repeats)::bigint as n_repeats,
    100.0 * sum(m.n_repeats) / nullif(sum(m.n_cases), 0) as repeat_pct, -- Repeats as a percentage of the cases, 0 to 100; empty where there are no cases.
    ---------- who referred them
    sum(m.n_referred_by_police)::bigint as n_referred_by_police,
    sum(m.n_referred_by_idva)::bigint as n_referred_by_idva,
    sum(m.n_referred_by_childrens_social_care)::bigint as n_referred_by_childrens_social_care,
    sum(m.n_referred_by_primary_care)::bigint as n_referred_by_primary_care,
    sum(m.n_referred_by_secondary_care)::bigint as n_referred_by_secondary_care,
    sum(m.n_referred_by_education)::bigint as n_referred_by_education,
    sum(m.n_referred_by_housing)::bigint as n_referred_by_housing,
    sum(m.n_referred_by_mental_health)::bigint as n_referred_by_mental_health,
    sum(m.n_referred_by_probation)::bigint as n_referred_by_probation,
    sum(m.n_referred_by_voluntary_sector)::bigint as n_referred_by_voluntary_sector,
    sum(m.n_referred_by_substance_abuse)::bigint as n_referred_by_substance_abuse,
    sum(m.n_referred_by_adult_social_care)::bigint as n_referred_by_adult_social_care,
    sum(m.n_referred_by_mash)::bigint as n_referred_by_mash,
    sum(m.n_referred_by_other)::bigint as n_referred_by_other,
    ---------- who is concerned
    sum(m.n_children)::bigint as n_children,
    sum(m.n_victims_minoritised)::bigint as n_victims_minoritised,
    sum(m.n_victims_lgbt)::bigint as n_victims_lgbt,
    sum(m.n_victims_disabled)::bigint as n_victims_disabled,
    sum(m.n_victims_male)::bigint as n_victims_male,
    sum(m.n_victims_16_17)::bigint as n_victims_16_17,
    sum(m.n_harming_17_or_under)::bigint as n_harming_17_or_under
from core.fact_marac_meeting as m
group by
    m.quarter_key,
    m.year_key,
    m.marac_area
