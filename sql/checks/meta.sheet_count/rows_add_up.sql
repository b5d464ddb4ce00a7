-- fail: Rows read are the sum of rows accepted, quarantined and ignored, sheet by sheet.
-- Dimension: completeness
select
    'Delivery ' || c.delivery_key || ', table ' || c.stage_table || ': ' || c.n_read || ' rows were read and '
    || (c.n_accepted + c.n_quarantined + c.n_ignored) || ' are accounted for.' as finding,
    c.delivery_key,
    c.stage_table
from meta.sheet_count as c
where c.n_read <> c.n_accepted + c.n_quarantined + c.n_ignored
