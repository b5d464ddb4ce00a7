-- Every figure as it would be published now: as counted, or, where statements of it disagree, what was decided, and held until then.
-- One row per indicator, kind of period and period; what was issued is in marts.figure.
with decided as (
    select
        d.indicator_code,
        d.first_day,
        d.last_day,
        bool_or(not d.is_settled) as is_held,
        min_by(d.disagrees, d.conflict_kind || (d.edition_code is null)::integer || d.disagrees) filter (where not d.is_settled) as held_over,
        max(d.taken_from) as taken_from,
        max(d.taken_value) as taken_value
    from marts.figure_decided as d
    group by
        d.indicator_code,
        d.first_day,
        d.last_day
),

judged as (
    select
        c.indicator_code,
        c.period_kind,
        c.period_key,
        c.quarter_key,
        c.year_key,
        coalesce(d.is_held, false) and c.value is not null as is_held,
        d.taken_from is not null and c.value is not null and not d.is_held as is_taken,
        c.value,
        c.numerator,
        c.denominator,
        c.missing_reason,
        d.taken_from,
        d.taken_value,
        d.held_over,
        i.unit,
        c.since_quarter_key,
        c.comparable_run,
        c.calculated_by,
        c.first_day,
        c.last_day
    from marts.figure_counted as c
    inner join meta.indicator as i
        on i.indicator_code = c.indicator_code
    left join decided as d
        on
            d.indicator_code = c.indicator_code
            and d.first_day = c.first_day
            and d.last_day = c.last_day
),

shown as (
    select
        j.indicator_code,
        j.period_kind,
        j.period_key,
        j.quarter_key,
        j.year_key,
        case when j.is_held then null when j.is_taken then j.taken_value else j.value end as value,
        case
            when j.is_held then null
            when j.is_taken and j.unit = 'percent' then null
            when j.is_taken then j.taken_value::bigint
            else j.numerator
        end as numerator,
        case when not (j.is_held or j.is_taken) then j.denominator end as denominator,
        case when j.is_held then 'held' else j.missing_reason end as missing_reason,
        case when j.is_held then j.held_over end as held_over,
        case when j.is_taken then j.taken_from end as taken_from,
        j.since_quarter_key,
        j.comparable_run,
        case when j.is_taken then 'stated by ' || j.taken_from else j.calculated_by end as calculated_by,
        j.first_day,
        j.last_day
    from judged as j
)

select
    ---------- which
    s.indicator_code,
    s.period_kind,
    s.period_key,
    s.quarter_key,
    s.year_key,
    ---------- how much
    s.value,
    s.numerator,
    s.denominator,
    s.missing_reason,
    s.held_over, -- The conflict over which the figure is held, in a sentence; empty where there is none.
    s.taken_from, -- Whose statement stands in place of the count, by decision; empty where the count stands.
    ---------- by what
    s.since_quarter_key,
    s.comparable_run,
    s.calculated_by,
    left(sha256(concat_ws(
        '|', s.indicator_code, s.period_kind, s.period_key, coalesce(s.calculated_by, '-'),
        coalesce(s.numerator::varchar, case when s.taken_from is null then '-' else s.value::varchar end),
        coalesce(s.denominator::varchar, '-'), coalesce(s.missing_reason, '-')
    )), 16) as figure_fingerprint, -- Hash over what the figure is and what it was calculated by: whatever changes it changes the number.
    s.first_day,
    s.last_day
from shown as s
