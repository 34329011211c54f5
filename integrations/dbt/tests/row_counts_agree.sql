-- acsync counts the live rows of each stream in the transaction that writes them: the count is the
-- table's. Deleted rows that came back, and edits by hand, would show here.
{% for stream in ['contacts', 'deals', 'campaigns', 'contact_lists', 'contact_tags'] if acsync.acsync_reads(stream) %}
select told.name, told.live_rows, counted.live_rows as counted_rows
from {{ source('activecampaign_analytics', 'data_freshness') }} as told
cross join (
  select count(*) as live_rows from {{ source('activecampaign', stream) }} where _deleted_at is null
) as counted
where told.source_relation = '{{ var("acsync_schema", "activecampaign") }}'
  and told.name = '{{ stream }}' and told.live_rows <> counted.live_rows
union all
{% endfor %}
select null as name, null as live_rows, null as counted_rows where false
