-- hold: No more non-statutory licences were issued within 14 days than were issued, family by family and month by month.
-- Dimension: consistency
select
    'Delivery ' || f.delivery_key || ', sheet ' || f.sheet_name || ', cell ' || f.cell || ': more licences of '
    || lower(l.licence_family_name) || ' were issued within 14 days in ' || strftime((f.month_key || '-01')::date, '%B %Y')
    || ' than were issued.' as finding,
    f.delivery_key,
    f.sheet_name,
    f.cell,
    f.month_key,
    'non-statutory issued within 14 days' as counted_part
from core.fact_licensing_month as f
inner join core.fact_licensing_month as i
    on
        i.licence_family_key = f.licence_family_key
        and i.month_key = f.month_key
        and i.licensing_activity_key = 'issued'
inner join core.dim_licence_family as l
    on
        l.licence_family_key = f.licence_family_key
        and not l.is_statutory
where
    f.licensing_activity_key = 'issued_within_14_days'
    and f.n_licensing > i.n_licensing
order by
    f.month_key,
    f.licence_family_key
