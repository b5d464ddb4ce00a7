-- Every conflict, in its own words where they give no protected number away, else by its kind alone.
-- What stands between the plan's own tables is printed there, and so is no secret.
select
    r.conflict_kind,
    r.kind_words,
    r.conflict_key,
    r.is_unsettled,
    r.holds_figure,
    r.edition_code,
    r.indicator_code,
    r.subject,
    r.period_key,
    case
        when
            r.first_by in (
                'service data', 'CSI', 'KPI', 'MPI', 'edition', 'actions', 'action', 'budget', 'budget item', 'risk',
                'strategies', 'heading', 'operands', 'definition'
            )
            and coalesce(r.second_by in (
                'service data', 'CSI', 'KPI', 'MPI', 'edition', 'actions', 'budget', 'bands', 'another basis'
            ), true)
            then r.conflict_sentence
        when is_harmless(r.conflict_sentence, r.indicator_code, p.first_day, p.last_day) then r.conflict_sentence
        else r.kind_words || ': the numbers are not shown, for one of them is protected.'
    end as conflict_sentence,
    r.ask
from inside.marts.reconciliation as r
left join inside.core.dim_period as p
    on p.period_key = r.period_key
where r.is_unsettled
