-- How many persons and households each area has, by the day for which they were counted, and which days' rates are taken per them.
-- One row per area, kind of population and day.
select
    ---------- which
    p.area_code,
    p.area_name,
    p.population_kind,
    p.population_day,
    strftime(p.population_day, '%Y') as population_year, -- Calendar year of the day for which the area was counted.
    ---------- how many
    p.population,
    p.made_as,
    p.rounded_to,
    p.published_in,
    ---------- for which days
    case
        when row_number() over counts > 1 then p.population_day
    end as rates_from, -- First day of which a rate is taken per this count; empty for the first there is.
    lead(p.population_day) over counts - 1 as rates_to, -- Last day of which a rate is taken per this count; empty for the latest.
    p.delivery_key,
    p.row_number
from current.populations as p
window counts as (
    partition by p.area_code, p.population_kind
    order by p.population_day
)
