-- Every day with its month, financial quarter and financial year; years run from April to March.
-- One row per day.
with days as (
    select unnest(generate_series(c.calendar_from, c.calendar_to, interval 1 day))::date as date_key
    from meta.calendar as c
),

shifted as (
    select
        d.date_key,
        year(d.date_key - interval 3 months) as start_year,
        quarter(d.date_key - interval 3 months) as quarter_number
    from days as d
)

select
    s.date_key, -- The day itself, which is also the key of the table.
    strftime(s.date_key, '%Y-%m') as month_key, -- Calendar month, such as 2021-10.
    s.start_year || '-' || right((s.start_year + 1)::varchar, 2) || '-Q' || s.quarter_number as quarter_key, -- Financial quarter, such as 2021-22-Q3.
    s.start_year || '-' || right((s.start_year + 1)::varchar, 2) as year_key, -- Financial year, such as 2021-22.
    strftime(s.date_key, '%A') as weekday_name, -- Name of the day of the week.
    dayofmonth(s.date_key) as day_number -- Number of the day in its month.
from shifted as s
