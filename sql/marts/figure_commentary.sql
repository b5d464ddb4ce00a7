-- What officers said of each figure, and whether its owner has signed it off; a figure that has changed since is not signed as it stands.
-- One row per indicator, kind of period (quarter or year) and period that anyone commented on or signed.
with said as (
    select
        c.indicator_code,
        c.period_kind,
        c.period_key,
        c.comment_words,
        c.commented_by,
        c.commented_on
    from meta.comment as c
    qualify
        row_number() over (
            partition by c.indicator_code, c.period_kind, c.period_key
            order by c.commented_on desc, c.comment_number desc
        ) = 1
),

-- The owner's sign-off goes before anybody else's, also where the other is later.
signed as (
    select
        s.indicator_code,
        s.period_kind,
        s.period_key,
        s.signed_figure,
        s.signed_by,
        s.signed_on,
        coalesce(lower(s.signed_by) = lower(nullif(i.owner_title, 'not stated')), false) as is_signed_by_owner
    from meta.sign_off as s
    left join meta.indicator as i
        on i.indicator_code = s.indicator_code
    qualify
        row_number() over (
            partition by s.indicator_code, s.period_kind, s.period_key
            order by is_signed_by_owner desc, s.signed_on desc, s.sign_off_number desc
        ) = 1
),

named as (
    select
        c.indicator_code,
        c.period_kind,
        c.period_key
    from said as c
    union
    select
        s.indicator_code,
        s.period_kind,
        s.period_key
    from signed as s
),

printed as (
    select
        f.indicator_code,
        f.period_kind,
        f.period_key,
        case
            when f.value is null then '[' || f.missing_reason || ']'
            when i.unit = 'percent' then format('{:.1f}%', f.value)
            else format('{:,.0f}', f.value)
        end as printed_figure
    from marts.figure as f
    left join meta.indicator as i
        on i.indicator_code = f.indicator_code
)

select
    ---------- which
    n.indicator_code,
    n.period_kind,
    n.period_key,
    p.printed_figure, -- The figure as it is printed now, or in brackets why there is none.
    ---------- what was said
    c.comment_words,
    c.commented_by,
    c.commented_on,
    ---------- who signed what
    s.signed_figure,
    s.signed_by,
    s.signed_on,
    coalesce(s.is_signed_by_owner, false) as is_signed_by_owner, -- Whether the post that answers for the indicator signed it off.
    coalesce(s.signed_figure = p.printed_figure, false) as is_signed_as_it_stands -- Whether what was signed is the figure as it is printed now.
from named as n
left join printed as p
    on
        p.indicator_code = n.indicator_code
        and p.period_kind = n.period_kind
        and p.period_key = n.period_key
left join said as c
    on
        c.indicator_code = n.indicator_code
        and c.period_kind = n.period_kind
        and c.period_key = n.period_key
left join signed as s
    on
        s.indicator_code = n.indicator_code
        and s.period_kind = n.period_kind
        and s.period_key = n.period_key
