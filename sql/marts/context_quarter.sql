-- What stands beside an objective as context and is no indicator of the plan, by quarter: possession of weapons recorded in the borough, for knife crime.
-- One row per context and quarter of which a month is on record; a quarter that is not told in whole has a reason in place of its count.
with quarters as (
    select
        m.context_name,
        m.objective_code,
        m.is_indicator,
        m.quarter_key,
        m.year_key,
        count(m.n_incidents) as n_months,
        string_agg(m.month_key, ', ' order by m.month_key) filter (where m.n_incidents is not null) as months_on_record,
        sum(m.n_on_record)::bigint as n_on_record,
        bool_or(m.missing_reason = 'held') as is_held,
        min(m.held_because) as held_because
    from marts.context_month as m
    group by all
)

select
    ---------- what
    q.context_name,
    q.objective_code,
    q.is_indicator,
    q.quarter_key,
    q.year_key,
    ---------- how many
    case when q.n_months = 3 then q.n_on_record end as n_incidents,
    q.n_on_record,
    case
        when q.is_held then 'held'
        when q.n_months < 3 then 'not yet available'
    end as missing_reason,
    q.held_because,
    q.n_months, -- Months of the period that are on record in whole.
    coalesce(q.months_on_record, 'none') as months_on_record, -- Months of the quarter that are on record in whole, joined by commas.
    ---------- per how many
    case
        when q.n_months = 3 then 1000.0 * q.n_on_record / r.population
    end as rate_per_1000, -- Count per 1,000 of the population beside it; empty where a reason stands in its place.
    r.population,
    r.population_year
from quarters as q
inner join core.dim_reported_period as p
    on
        p.period_kind = 'quarter'
        and p.period_key = q.quarter_key
left join core.dim_population as r
    on
        r.area_code = 'E07000172'
        and r.population_kind = 'persons'
        and p.last_day >= coalesce(r.rates_from, p.last_day)
        and p.last_day <= coalesce(r.rates_to, p.last_day)
