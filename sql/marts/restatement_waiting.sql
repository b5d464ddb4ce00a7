-- Issued figures that would change: as issued, as the deliveries and definitions give them now, waiting until a restatement is agreed.
-- One row per issued figure that waits.
select
    f.indicator_code,
    f.period_kind,
    f.period_key,
    f.period_name,
    f.value as standing_value, -- The figure as it stands issued until a restatement is agreed.
    f.missing_reason as standing_missing_reason, -- Why the figure stands without a number until a restatement is agreed.
    f.calculated_value,
    f.calculated_missing_reason,
    f.calculated_fingerprint,
    f.calculated_value - f.value as would_change_by -- By how much the figure would rise if the restatement were agreed.
from marts.figure as f
where f.is_waiting
