-- warn: The plan states the number of incidents that the force's deliveries give for a whole year.
-- Dimension: accuracy
select
    y.indicator_set || ' ' || y.year_key || ', sheet ' || y.sheet_name || ', cell ' || y.cell || ': the plan states '
    || y.stated_value::integer || ' and the deliveries give ' || y.n_incidents || '.' as finding,
    y.year_key,
    y.indicator_set
from marts.asb_year as y
where
    y.n_months = 12
    and y.stated_value <> y.n_incidents
order by
    y.year_key,
    y.indicator_set
