-- The lists of a campaign have parts of it that add up to the whole.
select source_relation, campaign_id, sum(list_share) as whole
from {{ source('activecampaign_analytics', 'activecampaign__campaign_lists') }}
group by source_relation, campaign_id
having abs(sum(list_share) - 1) > 0.0001
