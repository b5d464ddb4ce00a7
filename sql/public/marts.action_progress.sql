-- The plan's actions without the notes that officers typed, which nobody has judged for the public.
select
    a.action_code,
    a.action_title,
    a.action_status,
    a.progress_pct,
    a.progress_since_before_pct,
    a.action_due_on,
    a.slipped_days,
    a.is_late,
    a.assigned_to,
    null::varchar as latest_note,
    a.as_at,
    a.row_number
from inside.marts.action_progress as a
