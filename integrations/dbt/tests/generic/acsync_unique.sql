{# No two rows have the same values in these columns; nulls are the same. #}
{% test acsync_unique(model, columns) %}
select {{ columns | join(', ') }}, count(*) as count_rows
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}
