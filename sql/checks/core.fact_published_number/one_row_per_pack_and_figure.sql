-- fail: Every figure stands once with each value that a pack showed to the public, or that an edition of the plan prints.
-- Dimension: uniqueness
select
    f.pack_key || ' of ' || f.published_on || ': ' || f.indicator_code || ' for ' || f.period_key || ' (' || f.period_kind
    || ') stands more than once.' as finding,
    f.pack_key,
    f.indicator_code,
    f.delivery_key,
    f.row_number
from core.fact_published_number as f
qualify
    count(*) over (
        partition by
            f.pack_key,
            f.published_on,
            f.indicator_code,
            f.period_kind,
            f.period_key,
            f.ward_code,
            f.value
    ) > 1
