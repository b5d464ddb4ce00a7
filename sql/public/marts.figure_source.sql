-- Which deliveries stand behind each figure, without how many rows of them were counted.
select distinct
    s.indicator_code,
    s.period_kind,
    s.period_key,
    s.source_name,
    s.file_name,
    s.as_at,
    s.sha256,
    s.delivery_key
from inside.marts.figure_source as s
