-- Every figure as one issue carried it: select * from marts.figure_as_issued('2021-22-Q3-members-matters').
-- Takes: issue
select
    f.indicator_code,
    f.period_kind,
    f.period_key,
    f.version_number,
    f.value,
    f.numerator,
    f.denominator,
    f.missing_reason,
    f.is_restated,
    f.since_quarter_key
from marts.issued_figure as f
where f.issue_key = issue
