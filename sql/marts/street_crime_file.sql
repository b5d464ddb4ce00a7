-- What each file of public street data holds: rows read, rows of the borough, and of those the anti-social behaviour.
-- One row per file that was taken in.
with facts as (
    select
        c.delivery_key,
        count(*) as n_borough,
        count(*) filter (where c.crime_type_key = 'anti_social_behaviour') as n_asb
    from core.fact_street_crime as c
    group by all
)

select
    d.file_name,
    d.delivery_key,
    strftime(d.as_at, '%Y-%m') as month_key, -- Calendar month, such as 2021-10.
    d.outcome,
    d.n_read,
    d.n_accepted,
    d.n_quarantined,
    d.n_ignored,
    coalesce(f.n_borough, 0) as n_borough, -- Rows that lie in the borough and hold now.
    coalesce(f.n_asb, 0) as n_asb -- Of the rows in the borough, those of anti-social behaviour.
from core.dim_delivery as d
left join facts as f
    on f.delivery_key = d.delivery_key
where d.source_name = 'police_street'
