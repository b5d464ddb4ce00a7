-- Individuals before the panel on anti-social behaviour, and how long they remained, as it stood on a period's last day.
-- One row per financial year, or odd period for which the plan states a figure; who comes back is one individual and another time on the agenda.
with timed as (
    select
        f.panel_person_key,
        r.period_key,
        f.first_discussed_on <= r.last_day and coalesce(f.removed_on >= r.first_day, true) as is_discussed,
        case
            when f.removed_on < r.first_day then 'removed before'
            when f.removed_on <= r.last_day and f.removed_on < f.first_discussed_on + interval 3 months then 'under 3 months'
            when f.removed_on <= r.last_day and f.removed_on <= f.first_discussed_on + interval 6 months then '3 to 6 months'
            when f.removed_on <= r.last_day then 'over 6 months'
            when f.first_discussed_on + interval 6 months < r.last_day then 'over 6 months'
        end as band
    from core.fact_panel_time as f
    inner join meta.period_on_record as r
        on r.source_name = 'asb_panel'
),

counted as (
    select
        t.period_key,
        count(distinct t.panel_person_key) filter (where t.is_discussed) as n_individuals,
        count(*) filter (where t.band = 'under 3 months') as n_under_3_months,
        count(*) filter (where t.band = '3 to 6 months') as n_3_to_6_months,
        count(*) filter (where t.band = 'over 6 months') as n_over_6_months
    from timed as t
    group by t.period_key
)

select
    ---------- which
    r.period_key,
    r.period_kind,
    ---------- how many
    c.n_individuals, -- Individuals on the agenda of the panel on any day of the period, each counted once.
    case
        when s.latest_as_at >= r.last_day then c.n_under_3_months
    end as n_removed_under_3_months, -- Times on the agenda that ended in the period in less than three months; empty until it is over.
    case
        when s.latest_as_at >= r.last_day then c.n_3_to_6_months
    end as n_removed_3_to_6_months, -- Times on the agenda that ended in the period in three to six months; empty until it is over.
    case
        when s.latest_as_at >= r.last_day then c.n_over_6_months
    end as n_over_6_months_or_on_agenda, -- Times that ended in the period after more than six months, or had lasted longer on its last day; empty until it is over.
    ---------- how far
    r.n_months,
    r.is_whole
from counted as c
inner join meta.period_on_record as r
    on
        r.source_name = 'asb_panel'
        and r.period_key = c.period_key
inner join meta.source_span as s
    on s.source_name = r.source_name
