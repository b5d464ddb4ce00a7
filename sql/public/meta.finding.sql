-- Which deliveries have findings, without what was found.
select f.delivery_key
from inside.meta.finding as f
