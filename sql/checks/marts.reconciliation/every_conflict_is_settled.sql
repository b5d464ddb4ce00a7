-- warn: What is said twice agrees, or somebody has settled which holds; cs reconcile tells each.
-- Dimension: consistency
select
    r.kind_words || ': ' || count(*) || ' open' || case when count(*) filter (where r.holds_figure) > 0 then ', and a figure is held for each' else '' end
    || ' (' || array_to_string(list_sort(list(distinct r.subject))[1:4], ', ')
    || if(count(distinct r.subject) > 4, ' and ' || (count(distinct r.subject) - 4) || ' more', '') || ').' as finding,
    r.conflict_kind,
    count(*) as n_open
from marts.reconciliation as r
where r.is_unsettled
group by
    r.conflict_kind,
    r.kind_words
order by finding
