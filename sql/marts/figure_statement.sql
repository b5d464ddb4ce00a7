-- Every statement of every figure: what each table of the plan, Pentana and the deliveries say that it is, and where it stands.
-- One row per indicator, first and last day of the period, and who says it, for a document by edition and cell.
with named as (
    select
        p.period_key,
        p.first_day,
        p.last_day
    from core.dim_reported_period as p
    where p.period_kind <> 'year to date'
),

counted as (
    select
        c.indicator_code,
        c.first_day,
        c.last_day,
        c.period_key,
        c.value,
        row_number() over (
            partition by c.indicator_code, c.first_day, c.last_day
            order by c.period_kind = 'year to date'
        ) as place
    from marts.figure_counted as c
    where c.value is not null
),

said as (
    select
        c.indicator_code,
        c.first_day,
        c.last_day,
        c.period_key,
        'deliveries' as stated_by,
        null as stated_as,
        0 as place,
        null as edition_code,
        c.value,
        case when i.unit = 'percent' then format('{:.2f}%', c.value) else format('{:,}', c.value::bigint) end as printed,
        null as delivery_key,
        null as sheet_name,
        null as cell
    from counted as c
    inner join meta.indicator as i
        on i.indicator_code = c.indicator_code
    where c.place = 1
    union all
    select
        f.indicator_code,
        p.first_day,
        p.last_day,
        f.period_key,
        f.indicator_set as stated_by,
        'year' as stated_as,
        case f.indicator_set when 'service data' then 1 when 'CSI' then 2 when 'KPI' then 3 else 4 end as place,
        f.edition_code,
        f.value,
        f.printed,
        f.delivery_key,
        f.sheet_name,
        f.cell
    from core.fact_stated_figure as f
    inner join core.dim_period as p
        on p.period_key = f.period_key
    where
        f.measure in ('actual', 'achieved')
        and f.value is not null
    union all
    select
        f.indicator_code,
        p.first_day,
        p.last_day,
        f.period_key,
        'Pentana' as stated_by,
        f.period_kind as stated_as,
        5 as place,
        null as edition_code,
        f.value,
        f.printed,
        f.delivery_key,
        f.sheet_name,
        f.cell
    from core.fact_pentana_figure as f
    inner join core.dim_reported_period as p
        on
            p.period_kind = f.period_kind
            and p.period_key = f.period_key
    where
        f.pi_measure = 'value'
        and f.value is not null
)

select
    ---------- which
    s.indicator_code,
    coalesce(n.period_key, s.period_key) as period_key, -- Key of the period: 2021-10, 2021-22-Q3, 2021-22, or first and last month of an odd period.
    s.first_day,
    s.last_day,
    ---------- who says what
    s.stated_by, -- Who says it: service data, CSI, KPI, MPI, Pentana or the deliveries.
    s.stated_as, -- Kind of period as which a document states it.
    s.place, -- Place of who says it where nothing was decided: the deliveries first, then the plan's tables, then Pentana.
    s.edition_code, -- Edition of the Business Plan by its years, such as 2023-26.
    s.value, -- The figure as a number, in the unit of its indicator; empty where there is none.
    s.printed,
    case when s.stated_by = 'deliveries' then 9 else length(regexp_extract(s.printed, '\.([0-9]+)', 1))::integer end as n_decimals, -- Decimal places that the statement gives.
    ---------- where it stands
    s.delivery_key,
    s.sheet_name,
    s.cell
from said as s
left join named as n
    on
        n.first_day = s.first_day
        and n.last_day = s.last_day
