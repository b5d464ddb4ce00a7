-- When conflicts were found and gone, without their words.
select
    h.indicator_code,
    h.known_at,
    h.is_there
from inside.meta.conflict_history as h
