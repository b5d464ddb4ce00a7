-- Every restatement: the figure as it was issued, as it stands now, why, agreed by whom and when.
-- One row per restatement.
select
    ---------- which
    s.indicator_code,
    i.indicator_title,
    s.period_kind,
    s.period_key,
    p.period_name,
    s.standing_number - 1 as restatement_number, -- Place among the restatements of its figure, counted from 1.
    ---------- from what to what
    f.value as issued_value, -- The figure as it was first issued.
    f.missing_reason as issued_missing_reason, -- Why no figure could be issued at first.
    b.value as value_before, -- The figure as it stood until this restatement.
    s.value as restated_value, -- The figure as it stands from this restatement on.
    s.missing_reason,
    s.value - b.value as restated_by, -- By how much this restatement raised the figure.
    ---------- why and by whom
    s.restated_because,
    s.agreed_by,
    s.agreed_on,
    s.stands_from_at
from marts.figure_standing as s
inner join marts.figure_standing as f
    on
        f.indicator_code = s.indicator_code
        and f.period_kind = s.period_kind
        and f.period_key = s.period_key
        and f.standing_number = 1
inner join marts.figure_standing as b
    on
        b.indicator_code = s.indicator_code
        and b.period_kind = s.period_kind
        and b.period_key = s.period_key
        and b.standing_number = s.standing_number - 1
inner join core.dim_reported_period as p
    on
        p.period_kind = s.period_kind
        and p.period_key = s.period_key
left join meta.indicator as i
    on i.indicator_code = s.indicator_code
where s.is_restated
