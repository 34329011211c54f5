{#
  Spans of one thing follow each other: each ends after it began, none begins before the one before has
  ended, and only the last is open. With `gapless` each begins when the one before ends.
#}
{% test acsync_follow(model, key, begin, end, gapless=false) %}
select *
from (
  select {{ key | join(', ') }}, {{ begin }} as begins, {{ end }} as ends,
    lead({{ begin }}) over (partition by {{ key | join(', ') }} order by {{ begin }}, {{ end }} nulls last)
      as next_begins
  from {{ model }}
) as spans
where begins is null
  or ends < begins
  or next_begins is not null and (ends is null or ends {{ '<>' if gapless else '>' }} next_begins)
{% endtest %}
