-- Every day with its month, financial quarter and year, April to March, and whether it is a working day in England.
-- One row per day.
with days as (
    select unnest(generate_series(c.calendar_from, c.calendar_to, interval 1 day))::date as date_key
    from meta.calendar as c
),

shifted as (
    select
        d.date_key,
        year(d.date_key - interval 3 months) as start_year,
        quarter(d.date_key - interval 3 months) as quarter_number,
        b.bank_holiday_name,
        isodow(d.date_key) < 6 and b.bank_holiday_on is null as is_working_day
    from days as d
    left join meta.bank_holiday as b
        on b.bank_holiday_on = d.date_key
)

select
    s.date_key, -- The day itself, which is also the key of the table.
    strftime(s.date_key, '%Y-%m') as month_key, -- Calendar month, such as 2021-10.
    s.start_year || '-' || right((s.start_year + 1)::varchar, 2) || '-Q' || s.quarter_number as quarter_key, -- Financial quarter, such as 2021-22-Q3.
    s.start_year || '-' || right((s.start_year + 1)::varchar, 2) as year_key, -- Financial year, such as 2021-22.
    strftime(s.date_key, '%A') as weekday_name, -- Name of the day of the week.
    dayofmonth(s.date_key) as day_number, -- Number of the day in its month.
    s.is_working_day, -- Whether the day is a working day: Monday to Friday, and no bank holiday of England.
    s.bank_holiday_name,
    count(*) filter (where s.is_working_day) over (order by s.date_key) as working_day_number -- Working days up to this day; the difference of two is the days between.
from shifted as s
