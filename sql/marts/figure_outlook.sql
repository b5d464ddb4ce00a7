-- Where the year may end: an estimate from the year to date and the share that comparable years had reached by that quarter.
-- One row per indicator summed over the year and quarter, Q1 to Q3, with a year to date. Percentages have none: theirs is the year to date.
with reached as (
    select
        f.indicator_code,
        f.quarter_key,
        f.year_key,
        right(f.quarter_key, 2) as reaches_quarter,
        f.comparable_run,
        f.value
    from marts.figure as f
    inner join meta.indicator as i
        on i.indicator_code = f.indicator_code
    where
        f.period_kind = 'year to date'
        and f.value is not null
        and i.rollup = 'sum'
        and i.unit = 'number'
),

complete as (
    select
        r.indicator_code,
        r.year_key,
        r.reaches_quarter,
        r.comparable_run,
        r.value as to_date_value,
        y.value as year_value,
        least(1, r.value / y.value) as share
    from reached as r
    inner join reached as w
        on
            w.indicator_code = r.indicator_code
            and w.year_key = r.year_key
            and w.reaches_quarter = 'Q4'
    inner join marts.figure as y
        on
            y.indicator_code = r.indicator_code
            and y.year_key = r.year_key
    where
        y.period_kind = 'year'
        and y.value > 0
),

earlier as (
    select
        r.indicator_code,
        r.quarter_key,
        r.year_key,
        any_value(r.value) as so_far,
        count(c.share) as n_years,
        least(1, sum(c.to_date_value) / sum(c.year_value)) as share,
        min(c.share) as least_share,
        max(c.share) as most_share
    from reached as r
    left join complete as c
        on
            c.indicator_code = r.indicator_code
            and c.reaches_quarter = r.reaches_quarter
            and c.comparable_run = r.comparable_run
            and c.year_key < r.year_key
    where r.reaches_quarter <> 'Q4'
    group by
        r.indicator_code,
        r.quarter_key,
        r.year_key
),

estimated as (
    select
        e.indicator_code,
        e.quarter_key,
        case
            when e.n_years < 2 then 'fewer than 2 comparable years before it'
            when e.so_far = 0 then 'nothing is counted yet this year'
            when e.least_share = 0 then 'a year before it had nothing counted by this quarter'
            when e.least_share = 1 then 'no year before it had anything left to count'
        end as no_outlook_because,
        e.so_far / e.share as likely,
        -- What is to come varies by chance, and so does the year to date that it is told from: the variance is remainder / share.
        e.so_far / e.most_share - 1.96 * sqrt(e.so_far * (1 - e.most_share)) / e.most_share as low,
        e.so_far / e.least_share + 1.96 * sqrt(e.so_far * (1 - e.least_share)) / e.least_share as high
    from earlier as e
)

select
    ---------- which
    e.indicator_code,
    e.quarter_key,
    e.year_key,
    ---------- what is known
    e.so_far as to_date_value, -- The figure of the year to date.
    e.n_years, -- Number of complete earlier years that compare, without those that counted nothing.
    100 * e.share as share_to_date_pct, -- Share of their year that those years together had reached by the same quarter.
    ---------- where the year may end
    case when o.no_outlook_because is null then o.likely end as outlook_value, -- What the year may come to if it goes on as those years did.
    case when o.no_outlook_because is null then greatest(e.so_far, o.low) end as outlook_low, -- Least it may come to, going by the year that had most behind it, and by chance.
    case when o.no_outlook_because is null then o.high end as outlook_high, -- Most it may come to, going by the year that had least behind it, and by chance.
    o.no_outlook_because -- Why no outlook can be given for the year.
from earlier as e
inner join estimated as o
    on
        o.indicator_code = e.indicator_code
        and o.quarter_key = e.quarter_key
