-- Food complaints and requests for service by month, each count as its latest delivery tells it.
-- One row per kind of request and month.
select
    d.month_key,
    d.quarter_key,
    d.year_key,
    q.request_kind,
    q.n_food_requests,
    q.delivery_key,
    q.sheet_name,
    q.row_number,
    q.cell
from current.food_requests as q
inner join core.dim_date as d
    on d.date_key = q.requested_month_from
