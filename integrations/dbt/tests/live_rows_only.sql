-- The staging views have every live row of the tables, and no deleted one.
{% set pairs = [
  ('contacts', 'stg_activecampaign__contacts', 'contact_id'),
  ('deals', 'stg_activecampaign__deals', 'deal_id'),
  ('lists', 'stg_activecampaign__lists', 'list_id'),
  ('campaigns', 'stg_activecampaign__campaigns', 'campaign_id'),
  ('contact_lists', 'stg_activecampaign__contact_lists', 'contact_list_id'),
  ('contact_tags', 'stg_activecampaign__contact_tags', 'contact_tag_id'),
] %}
{% for stream, view, key in pairs if acsync.acsync_reads(stream) %}
select '{{ stream }}' as stream, coalesce(kept.id, shown.id) as id, shown.id is not null as is_shown
from (
  select id from {{ source('activecampaign', stream) }} where _deleted_at is null
) as kept
full join (
  select {{ key }} as id from {{ source('activecampaign_analytics', view) }}
  where source_relation = '{{ var("acsync_schema", "activecampaign") }}'
) as shown on shown.id = kept.id
where kept.id is null or shown.id is null
union all
{% endfor %}
select null as stream, null as id, null as is_shown where false
