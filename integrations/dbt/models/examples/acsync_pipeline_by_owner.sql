-- What each owner has open: an example of a model on a mart.
{{ config(enabled=(project_name == 'acsync')) }}

select
  source_relation,
  owner_user_id,
  currency,
  count(*) as open_deals,
  count(*) filter (where is_stale) as stale_deals,
  sum(amount) as amount,
  sum(weighted_amount) as weighted_amount
from {{ source('activecampaign_analytics', 'activecampaign__deals') }}
where is_open
group by 1, 2, 3
