-- warn: Broxtowe has no more cases, repeats or children in a quarter than the whole of South Nottinghamshire.
-- Dimension: consistency
select
    'MARAC, ' || replace(left(b.quarter_key, 7), '-', '/') || ' ' || right(b.quarter_key, 2) || ': Broxtowe has more '
    || concat_ws(
        ' and ',
        case when b.n_cases > w.n_cases then 'cases' end,
        case when b.n_repeats > w.n_repeats then 'repeats' end,
        case when b.n_children > w.n_children then 'children' end
    )
    || ' than the whole of South Nottinghamshire, of which it is a part.' as finding,
    b.quarter_key
from marts.marac_quarter as b
inner join marts.marac_quarter as w
    on w.quarter_key = b.quarter_key
where
    b.marac_area = 'Broxtowe'
    and w.marac_area = 'South Nottinghamshire'
    and (b.n_cases > w.n_cases or b.n_repeats > w.n_repeats or b.n_children > w.n_children)
order by b.quarter_key
