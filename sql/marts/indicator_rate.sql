-- Counts of a year per 1,000 persons or households of the borough, with the population that each is taken per and its year.
-- One row per indicator with a rate and financial year. The population is the latest counted by the year's end, else the first there is.
select
    ---------- which
    f.indicator_code,
    i.indicator_title,
    f.year_key,
    ---------- how much
    f.value,
    i.rate_per,
    1000.0 * f.value / p.population as rate_per_1000, -- Count per 1,000 of the population beside it; empty where a reason stands in its place.
    coalesce(
        f.missing_reason, case when p.population is null then 'not yet available' end
    ) as missing_reason, -- Why there is no number: a typed reason such as not comparable, nil or held.
    f.figure_state,
    ---------- per how many
    p.population,
    p.population_year,
    p.population_day,
    p.made_as,
    p.rounded_to,
    p.published_in
from marts.figure as f
inner join meta.indicator as i
    on i.indicator_code = f.indicator_code
left join core.dim_population as p
    on
        p.area_code = 'E07000172'
        and p.population_kind = i.rate_per
        and f.last_day >= coalesce(p.rates_from, f.last_day)
        and f.last_day <= coalesce(p.rates_to, f.last_day)
where
    f.period_kind = 'year'
    and i.rate_per is not null
