-- What the mart says all deals are worth is what the rows of the API say, by currency and state.
{{ config(enabled=var('acsync_streams', 'default') == 'default' or 'deals' in var('acsync_streams', 'default')) }}
select currency, is_won, mart.amount, service.amount as service_amount
from (
  select coalesce(currency, '') as currency, coalesce(is_won, false) as is_won, sum(amount) as amount, count(*) as deals
  from {{ source('activecampaign_analytics', 'activecampaign__deals') }}
  where source_relation = '{{ var("acsync_schema", "activecampaign") }}'
  group by 1, 2
) as mart
full join (
  select coalesce(upper(currency), '') as currency, coalesce(status = 1, false) as is_won,
    sum(value * 0.01) as amount, count(*) as deals
  from {{ source('activecampaign', 'deals') }}
  where _deleted_at is null
  group by 1, 2
) as service using (currency, is_won)
where mart.amount is distinct from service.amount or mart.deals is distinct from service.deals
