-- An indicator, an action or a document that nobody answers for.
-- Settled by: a post named in the plan
with unowned as (
    select
        f.edition_code,
        f.indicator_code,
        f.indicator_code as subject,
        f.indicator_set as listed_in,
        f.delivery_key,
        f.sheet_name,
        f.row_number
    from core.fact_stated_figure as f
    where
        f.measure in ('achieved', 'target')
        and f.owner_title = 'not stated'
    union
    select
        a.edition_code,
        null as indicator_code,
        a.action_code as subject,
        'actions' as listed_in,
        a.delivery_key,
        a.sheet_name,
        a.row_number
    from core.fact_action as a
    where a.officers is null
    union
    select
        s.edition_code,
        null as indicator_code,
        s.document as subject,
        'strategies' as listed_in,
        s.delivery_key,
        s.sheet_name,
        s.row_number
    from core.fact_strategy_renewal as s
    where s.responsible is null
)

select
    u.edition_code,
    u.indicator_code,
    u.subject,
    u.listed_in as detail,
    u.listed_in as first_by,
    u.delivery_key as first_delivery_key,
    u.sheet_name as first_sheet_name,
    'row ' || u.row_number as first_cell,
    u.subject || ' (' || u.listed_in || ', row ' || u.row_number || ') names nobody who answers for it' as disagrees
from unowned as u
