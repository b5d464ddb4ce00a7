-- warn: All extracts that tell months of one financial year were made by the same query on the force's system.
-- Dimension: consistency
with extracts as (
    select distinct
        d.year_key,
        c.as_at,
        c.delivery_key,
        c.sheet_name,
        c.extract_query
    from stage.police_crime as c
    inner join core.dim_delivery as v
        on v.delivery_key = c.delivery_key
    inner join core.dim_date as d
        on d.date_key = c.recorded_month_from
    where v.outcome <> 'withdrawn'
),

compared as (
    select
        e.year_key,
        e.delivery_key,
        e.sheet_name,
        e.extract_query,
        first_value(e.extract_query) over (
            partition by e.year_key order by e.as_at desc, e.delivery_key desc, e.sheet_name
        ) as latest_query
    from extracts as e
)

select
    'Delivery ' || c.delivery_key || ', sheet ' || c.sheet_name || ': its counts of ' || replace(c.year_key, '-', '/')
    || ' come from the query "' || c.extract_query || '", those of the latest extract from "' || c.latest_query || '".' as finding,
    c.delivery_key,
    c.sheet_name,
    c.year_key
from compared as c
where c.extract_query <> c.latest_query
order by
    c.year_key,
    c.delivery_key
