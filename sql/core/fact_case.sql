-- Cases of anti-social behaviour received by Environmental Health, Housing and Communities, each as its latest delivery tells it.
-- One row per case; one that stands in several deliveries is one case, whose history is in core.fact_case_version.
-- Restricted: row-level facts about cases that people brought.
with held as (
    select
        'environmental_health_cases' as source_name,
        e.case_key,
        e.delivery_key
    from current.environmental_health_cases as e
    union all
    select
        'housing_cases' as source_name,
        h.case_key,
        h.delivery_key
    from current.housing_cases as h
    union all
    select
        'communities_cases' as source_name,
        c.case_key,
        c.delivery_key
    from current.communities_cases as c
),

history as (
    select
        v.source_name,
        v.case_key,
        count(*) as n_versions,
        bool_or(v.is_reopening or v.reopened_on is not null) as is_reopened
    from core.fact_case_version as v
    group by all
)

select
    ---------- which
    l.service_key,
    l.source_name,
    l.case_key,
    v.n_versions, -- Versions in the history of the case.
    ---------- when
    l.received_on,
    d.month_key,
    d.quarter_key,
    d.year_key,
    l.closed_on,
    l.reopened_on,
    case
        when not coalesce(
            l.reopened_on > l.closed_on
            and l.reopened_on < date_trunc('year', l.closed_on + interval 9 months) + interval 3 months,
            false
        ) then l.closed_on
    end as counted_closed_on, -- Day of the closing that counts: the case was not opened again before the end of that financial year.
    v.is_reopened, -- Whether the case was ever opened again, by its date or because a later delivery tells as open what an earlier one told as closed.
    l.is_open,
    ---------- what and where
    l.case_type,
    l.ward_name,
    a.area_code as ward_code, -- Code of the electoral ward, such as E05010516.
    ---------- where it stands
    l.delivery_key,
    l.sheet_name,
    l.row_number
from held as h
inner join core.fact_case_listing as l
    on
        l.source_name = h.source_name
        and l.case_key = h.case_key
        and l.delivery_key = h.delivery_key
inner join history as v
    on
        v.source_name = h.source_name
        and v.case_key = h.case_key
left join core.dim_date as d
    on d.date_key = l.received_on
left join core.dim_area as a
    on
        a.area_kind = 'ward'
        and a.area_name = l.ward_name
        and l.received_on between coalesce(a.valid_from, l.received_on) and coalesce(a.valid_to, l.received_on)
