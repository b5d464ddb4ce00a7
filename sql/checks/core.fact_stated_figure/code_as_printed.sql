-- warn: Every code of an indicator is printed as Pentana writes it.
-- Dimension: consistency
select
    'Sheet ' || f.sheet_name || ', row ' || f.row_number || ': the code ' || f.indicator_code_printed || ' was read as '
    || f.indicator_code || '.' as finding,
    min(f.cell) as cell
from core.fact_stated_figure as f
where f.indicator_code_printed <> f.indicator_code
group by
    f.sheet_name,
    f.row_number,
    f.indicator_code_printed,
    f.indicator_code
