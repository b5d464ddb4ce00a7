-- Actions over time: progress at each export, the move since the one before, and by how much the due day has slipped.
-- One row per export and row of it.
with told as (
    select
        a.as_at,
        a.action_code,
        a.action_title,
        a.action_status,
        a.progress_pct,
        lag(a.progress_pct) over (
            partition by a.action_code, a.action_title
            order by a.as_at, a.row_number
        ) as progress_before_pct,
        a.action_due_on,
        a.first_due_on,
        a.is_late,
        a.assigned_to,
        a.latest_note,
        a.delivery_key,
        a.sheet_name,
        a.row_number,
        a.as_at = max(a.as_at) over () as is_latest
    from core.fact_action_progress as a
)

select
    ---------- which
    t.as_at,
    d.quarter_key,
    t.action_code,
    t.action_title,
    ---------- how far
    t.action_status,
    t.progress_pct,
    t.progress_pct - t.progress_before_pct as progress_since_before_pct, -- Move of the progress since the export before, in points.
    t.action_due_on,
    t.first_due_on,
    date_diff('day', t.first_due_on, t.action_due_on) as slipped_days, -- Days by which the due day lies after the first one.
    t.is_late,
    t.is_latest, -- Whether it is what the latest export tells.
    t.assigned_to,
    t.latest_note,
    ---------- where it stands
    t.delivery_key,
    t.sheet_name,
    t.row_number
from told as t
left join core.dim_date as d
    on d.date_key = t.as_at
