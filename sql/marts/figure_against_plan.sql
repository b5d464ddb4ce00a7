-- What the plan states beside what the deliveries give, for every stated figure whose whole period they cover, also where they give none.
-- One row per edition, set, indicator and period with a stated number.
select
    ---------- which
    c.indicator_code,
    c.period_key,
    f.edition_code,
    f.indicator_set,
    ---------- how much
    f.value as stated_value, -- What the plan states for the period.
    c.value as calculated_value, -- The figure as the deliveries and definitions give it now.
    c.numerator,
    c.denominator,
    f.value - c.value as stated_minus_calculated, -- By how much the plan's figure exceeds the calculated one.
    coalesce(
        case
            when c.denominator is null then f.value = c.value
            else abs(f.value - round(c.value, length(regexp_extract(f.printed, '\.([0-9]+)', 1))::integer)) < 0.000001
        end,
        false
    ) as agrees, -- Whether the two are the same number; a percentage when rounded as the plan prints it.
    ---------- where it stands
    f.sheet_name,
    f.cell
from core.fact_stated_figure as f
inner join marts.figure_counted as c
    on
        c.indicator_code = f.indicator_code
        and c.period_key = f.period_key
        and c.period_kind in ('year', 'odd period')
where
    f.measure in ('actual', 'achieved')
    and f.value is not null
    and coalesce(c.missing_reason, 'not applicable') = 'not applicable'
