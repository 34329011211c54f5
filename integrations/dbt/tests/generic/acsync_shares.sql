{# Rates and shares are from 0 to 1; null of nothing. #}
{% test acsync_shares(model, columns) %}
select source_relation, {{ columns | join(', ') }}
from {{ model }}
where {% for column in columns %}{{ column }} not between 0 and 1{{ ' or ' if not loop.last }}{% endfor %}
{% endtest %}
