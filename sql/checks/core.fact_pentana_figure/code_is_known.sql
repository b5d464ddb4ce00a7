-- warn: Every indicator that Pentana exports is one that is defined here.
-- Dimension: validity
with strangers as (
    select
        p.indicator_code,
        p.indicator_code_printed,
        p.sheet_name,
        p.row_number,
        p.delivery_key,
        max(p.pi_name) as pi_name
    from core.fact_pentana_figure as p
    left join meta.indicator as i
        on i.indicator_code = p.indicator_code
    where i.indicator_code is null
    group by all
),

likened as (
    select
        s.indicator_code,
        s.indicator_code_printed,
        s.sheet_name,
        s.row_number,
        s.delivery_key,
        arg_max(
            i.indicator_code,
            jaro_winkler_similarity(lower(s.indicator_code), lower(i.indicator_code))
            + coalesce(jaro_winkler_similarity(lower(s.pi_name), lower(i.indicator_title)), 0)
        ) as nearest
    from strangers as s
    cross join meta.indicator as i
    group by all
)

select
    'File ' || d.file_name || ', row ' || l.row_number || ' has the code ' || l.indicator_code || ', which no indicator has; the nearest is '
    || l.nearest || '. Correct the code in Pentana, or add it to the aliases of the source.' as finding,
    l.indicator_code,
    l.delivery_key
from likened as l
inner join core.dim_delivery as d
    on d.delivery_key = l.delivery_key
order by l.indicator_code
