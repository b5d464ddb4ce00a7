-- Every figure that is said twice, side by side, and every other conflict: where each stands, what disagrees, and what was decided.
-- One row per conflict, and per two statements of a figure that agree; a conflict that is no longer found stays, with who settled it.
with gone as (
    select
        h.conflict_key,
        h.conflict_kind,
        h.edition_code,
        h.indicator_code,
        h.subject,
        h.period_key,
        h.first_by,
        h.first_said,
        h.second_by,
        h.second_said,
        h.ask,
        h.disagrees
    from meta.conflict_history as h
    qualify
        row_number() over (partition by h.conflict_key order by h.version_number desc) = 1
        and not h.is_there
),

-- The decision over what has gone: by its key, or for its figure.
once_decided as (
    select
        g.conflict_key,
        coalesce(max(s.decided_because), max(p.decided_because)) as decided_because,
        coalesce(max(s.decided_by), max(p.decided_by)) as decided_by,
        coalesce(max(s.decided_on), max(p.decided_on)) as decided_on
    from gone as g
    left join meta.settlement as s
        on s.conflict_key = g.conflict_key
    left join core.dim_period as n
        on n.period_key = g.period_key
    left join meta.conflict_kind as k
        on k.conflict_kind = g.conflict_kind
    left join meta.precedence as p
        on
            p.for_indicator_code = g.indicator_code
            and p.for_first_day = n.first_day
            and p.for_last_day = n.last_day
            and k.kind_holds_figure
    group by g.conflict_key
),

found as (
    select
        c.conflict_kind,
        c.conflict_key,
        case
            when d.is_settled then 'settled'
            when d.has_come_back then 're-opened'
            else 'open'
        end as conflict_state,
        c.edition_code,
        c.indicator_code,
        c.subject,
        c.period_key,
        c.first_by,
        c.first_said,
        c.first_delivery_key,
        c.first_sheet_name,
        c.first_cell,
        c.second_by,
        c.second_said,
        c.second_delivery_key,
        c.second_sheet_name,
        c.second_cell,
        c.difference,
        c.ask,
        c.disagrees,
        d.decided_because,
        d.decided_by,
        d.decided_on
    from marts.conflict as c
    left join marts.conflict_decided as d
        on d.conflict_key = c.conflict_key
    union all
    select
        g.conflict_kind,
        g.conflict_key,
        'no longer found' as conflict_state,
        g.edition_code,
        g.indicator_code,
        g.subject,
        g.period_key,
        g.first_by,
        g.first_said,
        null as first_delivery_key,
        null as first_sheet_name,
        null as first_cell,
        g.second_by,
        g.second_said,
        null as second_delivery_key,
        null as second_sheet_name,
        null as second_cell,
        null as difference,
        g.ask,
        g.disagrees,
        o.decided_because,
        o.decided_by,
        o.decided_on
    from gone as g
    inner join once_decided as o
        on o.conflict_key = g.conflict_key
    union all
    select
        'agrees' as conflict_kind,
        left(sha256(concat_ws('|', 'agrees', p.indicator_code, p.period_key, p.first_by, p.second_by, p.second_edition_code, p.second_stated_as)), 12) as conflict_key,
        'agrees' as conflict_state,
        p.second_edition_code as edition_code,
        p.indicator_code,
        p.indicator_code as subject,
        p.period_key,
        p.first_by,
        p.first_said,
        p.first_delivery_key,
        p.first_sheet_name,
        p.first_cell,
        p.second_by,
        p.second_said,
        p.second_delivery_key,
        p.second_sheet_name,
        p.second_cell,
        p.difference,
        null as ask,
        p.indicator_code || ' for ' || p.period_name || ' is ' || p.first_said || ' in ' || p.first_where || ' and ' || p.second_said || ' in ' || p.second_where as disagrees,
        null as decided_because,
        null as decided_by,
        null as decided_on
    from marts.figure_pair as p
    where p.statements_agree
)

select
    ---------- which
    f.conflict_kind,
    k.kind_words,
    f.conflict_key,
    f.conflict_state, -- Whether it is open, settled, re-opened, no longer found, or no conflict because both agree.
    f.conflict_state in ('open', 're-opened') as is_unsettled, -- Whether somebody has yet to settle it.
    f.edition_code,
    f.indicator_code,
    f.subject,
    f.period_key,
    ---------- who says what, and where
    f.first_by,
    f.first_said,
    a.file_name as first_file_name, -- File in which the first stands.
    f.first_sheet_name,
    f.first_cell,
    f.second_by,
    f.second_said,
    b.file_name as second_file_name, -- File in which the second stands.
    f.second_sheet_name,
    f.second_cell,
    f.difference,
    ---------- what to do
    f.disagrees || coalesce('; what would settle it is ' || k.settled_by, '') || '.' as conflict_sentence, -- What disagrees and what would settle it, in one sentence.
    f.ask,
    f.conflict_state in ('open', 're-opened') and coalesce(k.kind_holds_figure, false) as holds_figure, -- Whether the figure is held while it is open.
    ---------- what was decided
    f.decided_because,
    f.decided_by,
    f.decided_on
from found as f
left join meta.conflict_kind as k
    on k.conflict_kind = f.conflict_kind
left join core.dim_delivery as a
    on a.delivery_key = f.first_delivery_key
left join core.dim_delivery as b
    on b.delivery_key = f.second_delivery_key
