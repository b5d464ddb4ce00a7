-- A figure that the deliveries do not give as it is stated.
-- Settled by: an order in precedence.yml that names both, with its reason and who decided
-- Holds: the figure.
select
    p.second_edition_code as edition_code,
    p.indicator_code,
    p.indicator_code as subject,
    p.period_key,
    concat_ws(' ', p.second_by, p.second_stated_as) as detail,
    p.first_by,
    p.first_said,
    p.second_by,
    p.second_said,
    p.second_delivery_key,
    p.second_sheet_name,
    p.second_cell,
    p.difference,
    nullif(i.owner_title, 'not stated') as ask,
    p.indicator_code || ' for ' || p.period_name || ' is ' || p.first_said || ' by the deliveries, and ' || p.second_said || ' in ' || p.second_where as disagrees
from marts.figure_pair as p
inner join meta.indicator as i
    on i.indicator_code = p.indicator_code
where
    p.first_by = 'deliveries'
    and not p.statements_agree
