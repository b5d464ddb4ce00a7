-- A document due for renewal in the first year of the plan with no action for it.
-- Settled by: an action for it, or a later date from whoever answers for it
-- A document has an action when all that sets its title apart stands in the action's name.
with due as (
    select
        s.edition_code,
        s.document,
        s.renewal,
        s.responsible,
        s.delivery_key,
        s.sheet_name,
        s.row_number,
        list_filter(
            regexp_extract_all(lower(s.document), '[a-z]+'),
            lambda word: not list_contains(
                ['a', 'an', 'and', 'of', 'on', 'the', 'for', 'broxtowe', 'borough', 'council', 'nottinghamshire', 'policy', 'plan', 'strategy', 'statement'], word
            )
        ) as words
    from core.fact_strategy_renewal as s
    inner join core.dim_delivery as d
        on d.delivery_key = s.delivery_key
    where s.renew_by between d.as_at and make_date(left(s.edition_code, 4)::integer + 1, 3, 31)
)

select
    d.edition_code,
    d.document as subject,
    'strategies' as first_by,
    d.renewal as first_said,
    d.delivery_key as first_delivery_key,
    d.sheet_name as first_sheet_name,
    'row ' || d.row_number as first_cell,
    'actions' as second_by,
    d.responsible as ask,
    '"' || d.document || '" (strategies, row ' || d.row_number
    || ') is due for renewal in ' || d.renewal || ', and no action of the edition ' || d.edition_code || ' is named for it' as disagrees
from due as d
left join core.fact_action as a
    on
        a.edition_code = d.edition_code
        and list_has_all(regexp_extract_all(lower(a.action_name), '[a-z]+'), d.words)
where a.action_code is null
