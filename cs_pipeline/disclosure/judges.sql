-- What the files in sql/public/ ask of a publication that is attached as `inside`.
-- No answer depends on a closed number, only on which figures have one: else what is left out would tell of it.
create temp table about_people as
select distinct i.fed_by
from inside.meta.indicator as i
where i.sensitivity <> 'not_people';

create temp table small_word as
select
    unnest(['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']) as word,
    unnest(range(13))::varchar as said;

create table closed_figure as
select distinct
    n.indicator_code,
    p.first_day,
    p.last_day
from named as n
inner join inside.core.dim_reported_period as p
    on
        p.period_kind = n.period_kind
        and p.period_key = n.period_key;

-- Whether a number of a figure is open: it is of nobody, or known to be open.
create macro is_open(code, kind, period, ward, number) as
number is null
or code in (select i.indicator_code from inside.meta.indicator as i where i.sensitivity = 'not_people')
or exists (
    select 1
    from known_open as o
    where
        o.indicator_code = code
        and o.period_kind = kind
        and o.period_key = period
        and o.ward_code = ward
        and abs(o.value - number) < 0.000001
);

-- The number where it is open, rounded where its indicator is.
create macro open_number(code, kind, period, ward, number) as
case
    when is_open(code, kind, period, ward, number)
        then coalesce((select round(number / r.base) * r.base from rounded as r where r.indicator_code = code), number)
end;

-- Whether a sentence reckons with no closed figure: one on a period within a year of such a figure might.
create macro is_harmless(sentence, code, first_day, last_day) as
not exists (
    select 1
    from closed_figure as x
    where
        (x.indicator_code = code or contains(sentence, x.indicator_code))
        and coalesce(x.first_day <= last_day + 366 and x.last_day >= first_day - 366, true)
);

-- The numbers that words hold, but for codes, quarters and years: ['18', '3'] of '18 of them, three in 2021/22'.
create macro numbers_in(sentence) as
list_concat(
    list_transform(
        regexp_extract_all(
            regexp_replace(sentence, 'ComS_\d+|Q[1-4]\b|\d{4}/\d{2}\b|\b(19|20)\d\d\b', ' ', 'g'), '\d[\d,]*(\.\d+)?'
        ),
        lambda n: replace(n, ',', '')
    ),
    coalesce((select list(w.said) from small_word as w where regexp_matches(lower(sentence), '\b' || w.word || '\b')), [])
);

-- Whether words that a person typed name no number but open ones, where their indicator has closed ones.
create macro is_silent(sentence, code) as
not exists (
    select 1
    from closed_figure as x
    where x.indicator_code = code or contains(sentence, x.indicator_code)
)
or list_has_all(
    coalesce((select list(o.said) from known_open as o where o.indicator_code = code), []), numbers_in(sentence)
);
