-- A target that asks for less than was last achieved.
-- Settled by: the owner's reason, or another target
select
    p.edition_code,
    p.indicator_code,
    p.indicator_code as subject,
    p.target_period_key as period_key,
    p.indicator_set as detail,
    p.indicator_set as first_by,
    p.achieved_printed as first_said,
    p.delivery_key as first_delivery_key,
    p.sheet_name as first_sheet_name,
    p.achieved_cell as first_cell,
    p.indicator_set as second_by,
    p.target_printed as second_said,
    p.delivery_key as second_delivery_key,
    p.sheet_name as second_sheet_name,
    p.target_cell as second_cell,
    p.target_value - p.achieved_value as difference,
    nullif(i.owner_title, 'not stated') as ask,
    p.indicator_code || ' is to be ' || p.target_printed || ' for ' || p.target_period_name || ' (' || p.indicator_set || ', cell ' || p.target_cell
    || '), which is worse than the ' || p.achieved_printed || ' of ' || p.achieved_period_name || ' (cell ' || p.achieved_cell || ')' as disagrees
from marts.plan_ambition as p
inner join meta.indicator as i
    on i.indicator_code = p.indicator_code
where
    case i.aim
        when 'minimise' then p.target_value > p.achieved_value
        when 'maximise' then p.target_value < p.achieved_value
    end
