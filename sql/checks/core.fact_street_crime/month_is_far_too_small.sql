-- hold: A month of public street data has far fewer rows of a crime type than the same force's other months.
-- Dimension: completeness
with months as (
    select distinct
        f.month_key,
        f.force_name
    from core.fact_street_crime as f
),

counted as (
    select
        m.month_key,
        m.force_name,
        t.crime_type_key,
        t.crime_type_name,
        count(f.crime_type_key) as n_rows
    from months as m
    cross join core.dim_crime_type as t
    left join core.fact_street_crime as f
        on
            f.month_key = m.month_key
            and f.force_name = m.force_name
            and f.crime_type_key = t.crime_type_key
    group by all
),

usual as (
    select
        c.*,
        median(c.n_rows) over (partition by c.force_name, c.crime_type_key) as n_usual
    from counted as c
)

select
    u.force_name || ', ' || strftime((u.month_key || '-01')::date, '%B %Y') || ': ' || u.n_rows || ' rows of '
    || lower(u.crime_type_name) || ' in the borough where about ' || round(u.n_usual)::integer
    || ' are usual, so the month is incomplete.' as finding,
    u.month_key,
    u.force_name,
    u.crime_type_key,
    u.n_rows,
    u.n_usual
from usual as u
where
    u.n_usual >= 30
    and u.n_rows < u.n_usual / 4
order by u.month_key, u.force_name, u.crime_type_key
