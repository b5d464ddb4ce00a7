-- Every value, target and status that Pentana states, cell by cell, for months, quarters, years to date and years.
-- One row per indicator, kind of cell and stated period.
select
    ---------- which
    p.indicator_code,
    p.indicator_code_printed,
    coalesce(p.pi_name, p.indicator_code_name) as pi_name,
    lower(p.pi_measure) as pi_measure,
    case
        when d.period_kind = 'quarter' and i.pentana_quarters = 'year to date' then 'year to date'
        else d.period_kind
    end as period_kind,
    d.period_key,
    p.stated_period,
    ---------- what it says
    p.printed,
    p.printed_value as value, -- The figure as a number, in the unit of its indicator; empty where there is none.
    p.printed_unit as unit_typed, -- Unit typed beside the number, percent or pounds.
    case when p.pi_measure = 'Status' then lower(p.printed) end as reported_status, -- Status that Pentana reports: green, amber, red, data only or unknown.
    case
        when p.pi_measure = 'Status' or p.printed_value is not null then null
        when p.printed_missing_reason is not null then p.printed_missing_reason
        when p.printed_missing_mark = 'n/a' then 'not applicable'
        when p.printed_missing_mark = 'unknown' or p.printed = 'Unknown' then 'not yet available'
    end as missing_reason, -- Why there is no number: a typed reason such as not comparable, nil or held.
    p.latest_note,
    ---------- where it stands
    p.as_at,
    p.delivery_key,
    p.sheet_name,
    p.row_number,
    p.cell
from current.pentana_indicators as p
left join core.dim_period as d
    on
        d.first_day = p.stated_period_from
        and d.last_day = p.stated_period_to
left join meta.indicator as i
    on i.indicator_code = p.indicator_code
where p.printed is not null
