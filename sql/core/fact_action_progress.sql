-- How far each action was, by when it was due and what was noted, as each export of Pentana told it.
-- One row per export and row of it; codes of actions are not unique.
select
    a.as_at,
    a.action_code,
    a.action_title,
    a.action_status,
    a.progress_pct,
    a.action_due_on,
    a.first_due_on,
    a.assigned_to,
    a.latest_note,
    a.action_status not in ('Completed', 'Cancelled') and a.action_due_on < a.as_at as is_late, -- Whether the action was past its due day and not done.
    a.delivery_key,
    a.sheet_name,
    a.row_number
from stage.pentana_actions as a
inner join core.dim_delivery as d
    on d.delivery_key = a.delivery_key
where d.outcome <> 'withdrawn'
