-- Where versions of deals are kept, each deal has exactly one that holds now, and it says what the deal
-- says.
select deal.source_relation, deal.deal_id, count(version.deal_id) as current_versions
from {{ source('activecampaign_analytics', 'stg_activecampaign__deals') }} as deal
left join {{ source('activecampaign_analytics', 'stg_activecampaign__deal_versions') }} as version
  on version.source_relation = deal.source_relation and version.deal_id = deal.deal_id
  and version.is_current and version.status is not distinct from deal.status
  and version.stage_id is not distinct from deal.stage_id
  and version.amount is not distinct from deal.amount
where deal.source_relation in (
  select source_relation
  from {{ source('activecampaign_analytics', 'stg_activecampaign__deal_versions') }}
)
group by deal.source_relation, deal.deal_id
having count(version.deal_id) <> 1
