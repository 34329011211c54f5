-- How mailings went, week by week: an example of a model on the marts. Rates are made of sums, never of
-- the average of rates, and name what they are a share of.
{{ config(enabled=(project_name == 'acsync')) }}

select
  source_relation,
  date_trunc('week', last_sent_on)::date as week_start_on,
  count(*) as campaigns,
  sum(sends) as sends,
  sum(unique_opens) as unique_opens,
  sum(unsubscribes) as unsubscribes,
  round(sum(unique_opens) / nullif(sum(sends), 0)::numeric, 4) as open_rate,
  round(sum(unsubscribes) / nullif(sum(sends), 0)::numeric, 4) as unsubscribe_rate
from {{ source('activecampaign_analytics', 'activecampaign__campaigns') }}
where last_sent_on is not null
group by 1, 2
