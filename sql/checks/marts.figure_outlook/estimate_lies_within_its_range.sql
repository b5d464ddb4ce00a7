-- fail: An estimate of the year lies within its range, and no year is said to end below what is counted.
-- Dimension: validity
select
    o.indicator_code || ' at ' || o.quarter_key || ' may end the year at ' || format('{:g}', o.outlook_value)
    || ', between ' || format('{:g}', o.outlook_low) || ' and ' || format('{:g}', o.outlook_high) || ', with '
    || format('{:g}', o.to_date_value) || ' counted.' as finding,
    o.indicator_code,
    o.quarter_key
from marts.figure_outlook as o
where
    o.outlook_value not between o.outlook_low and o.outlook_high
    or o.outlook_low < o.to_date_value
