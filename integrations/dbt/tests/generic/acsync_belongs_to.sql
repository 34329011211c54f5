{# What the column names is there, in the same account; null names nothing. #}
{% test acsync_belongs_to(model, column_name, to, field) %}
select child.source_relation, child.{{ column_name }}, count(*) as count_rows
from {{ model }} as child
where child.{{ column_name }} is not null
  and not exists (
    select from {{ to }} as parent
    where parent.source_relation = child.source_relation
      and parent.{{ field }} = child.{{ column_name }}
  )
group by child.source_relation, child.{{ column_name }}
{% endtest %}
