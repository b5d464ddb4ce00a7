-- An aim that is disputed.
-- Settled by: officers agreeing whether more or less of it is better, in the definition
select
    t.edition_code,
    t.indicator_code,
    t.indicator_code as subject,
    t.indicator_set as detail,
    'definition' as first_by,
    i.aim as first_said,
    t.indicator_set as second_by,
    string_agg(t.printed, ', ' order by t.period_key) as second_said,
    min(t.delivery_key) as second_delivery_key,
    min(t.sheet_name) as second_sheet_name,
    string_agg(t.cell, ', ' order by t.period_key) as second_cell,
    nullif(i.owner_title, 'not stated') as ask,
    t.indicator_code || ' has the targets ' || string_agg(t.printed, ', ' order by t.period_key)
    || ' (' || t.indicator_set || ') while officers differ on whether to ' || i.aim || ' it'
    || coalesce(': ' || rtrim(i.rule_note, '.'), '') as disagrees
from core.fact_target as t
inner join meta.indicator as i
    on
        i.indicator_code = t.indicator_code
        and i.is_aim_disputed
where
    t.edition_code <> 'Pentana'
    and t.target_value is not null
group by
    t.edition_code,
    t.indicator_code,
    t.indicator_set,
    i.aim,
    i.owner_title,
    i.rule_note
