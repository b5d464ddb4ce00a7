-- What officers said of each figure, where neither the figure nor a number in their words is protected.
select
    c.indicator_code,
    c.period_kind,
    c.period_key,
    case
        when c.comment_words is null then null
        when
            is_open(f.indicator_code, f.period_kind, f.period_key, '', f.value)
            and is_silent(c.comment_words, c.indicator_code)
            then c.comment_words
        else 'Not shown, for it speaks of a protected number.'
    end as comment_words,
    c.commented_by,
    c.commented_on,
    c.signed_by,
    c.signed_on,
    c.is_signed_by_owner,
    c.is_signed_as_it_stands
from inside.marts.figure_commentary as c
left join inside.marts.figure as f
    on
        f.indicator_code = c.indicator_code
        and f.period_kind = c.period_kind
        and f.period_key = c.period_key
