-- What was true before: versions of deals, and counters as they were, since the API keeps no past.

CREATE OR REPLACE VIEW analytics.stg_activecampaign__deal_versions AS
SELECT
  source_relation,
  id AS deal_id,
  valid_from,
  valid_to,
  valid_to IS NULL AS is_current,
  title AS deal_title,
  "group" AS pipeline_id,
  stage AS stage_id,
  nullif(owner, 0) AS owner_user_id,
  nullif(contact, 0) AS contact_id,
  nullif(account, 0) AS account_id,
  CASE status
    WHEN 0 THEN 'open' WHEN 1 THEN 'won' WHEN 2 THEN 'lost' ELSE 'unknown (' || status || ')'
  END AS status,
  value * 0.01 AS amount,
  upper(currency) AS currency,
  win_probability,
  nullif(percent, 0) AS entered_percent,
  edate::date AS expected_close_on,
  mdate AS updated_at,
  _synced_at AS synced_at
FROM acsync.source_deals_history;
SELECT acsync.describe('analytics.stg_activecampaign__deal_versions', $$
Every version of every deal since acsync first read it, deleted deals too: no overlap, no gap.
A deal as of a time t: valid_from <= t AND (valid_to > t OR valid_to IS NULL).

source_relation: The account: the schema that its tables lie in
deal_id: Deal
valid_from: From when on this was the deal, as the warehouse came to know it
valid_to: When the next version followed or the deal was found gone; null: this is the deal now
is_current: Whether it is the deal now
deal_title: Name that people saw [pii]
pipeline_id: Its pipeline
stage_id: Its stage
owner_user_id: User who owned it; null: none
contact_id: Its primary contact; null: none
account_id: Account it belonged to; null: none
status: open, won or lost; unknown (N) for a number we do not know
amount: Worth in units of currency, such as dollars, not cents
currency: Currency of amount, ISO 4217 in upper case
win_probability: Predicted chance to win, in percent; null: not predicted
entered_percent: Chance that a user entered, in percent; null: not set
expected_close_on: Day it was expected to close, by a US Central clock; null: not set
updated_at: When the deal had last changed, as the service said then
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__campaign_snapshots AS
SELECT
  source_relation,
  id AS campaign_id,
  taken_at,
  send_amt AS sends,
  total_amt AS planned_sends,
  opens,
  uniqueopens AS unique_opens,
  verified_opens,
  verified_unique_opens,
  linkclicks AS clicks,
  uniquelinkclicks AS unique_link_clicks,
  subscriberclicks AS unique_clickers,
  hardbounces AS hard_bounces,
  softbounces AS soft_bounces,
  unsubscribes,
  unsubreasons AS unsubscribe_reasons,
  forwards,
  uniqueforwards AS unique_forwards,
  replies,
  uniquereplies AS unique_replies,
  updates AS profile_updates,
  socialshares AS social_shares
FROM acsync.source_campaigns_snapshots;
SELECT acsync.describe('analytics.stg_activecampaign__campaign_snapshots', $$
The counters of campaigns as they were, taken once a day and at every change that was read.

source_relation: The account: the schema that its tables lie in
campaign_id: Campaign
taken_at: When they were so
sends: Mails sent until then
planned_sends: Mails to send in all
opens: Opens until then, repeated ones too
unique_opens: Contacts who had opened it
verified_opens: Opens until then, privacy prefetches left out
verified_unique_opens: Contacts who had opened it, privacy prefetches left out
clicks: Clicks until then, repeated ones too
unique_link_clicks: Clicks until then, counted once for each contact and link
unique_clickers: Contacts who had clicked
hard_bounces: Mails that had bounced for good
soft_bounces: Mails that had bounced for now
unsubscribes: Contacts who had unsubscribed by it
unsubscribe_reasons: Unsubscribers who had given a reason
forwards: Forwards until then
unique_forwards: Contacts who had forwarded it
replies: Replies until then
unique_replies: Contacts who had replied
profile_updates: Contacts who had updated their profile by it
social_shares: Shares on social networks until then
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__campaign_message_snapshots AS
SELECT
  source_relation,
  id AS campaign_message_id,
  taken_at,
  send_amt AS sends,
  opens,
  uniqueopens AS unique_opens,
  linkclicks AS clicks,
  uniquelinkclicks AS unique_link_clicks,
  subscriberclicks AS unique_clickers,
  hardbounces AS hard_bounces,
  softbounces AS soft_bounces,
  unsubscribes
FROM acsync.source_campaign_messages_snapshots;
SELECT acsync.describe('analytics.stg_activecampaign__campaign_message_snapshots', $$
The counters of each message of a campaign as they were, taken once a day and at every change read.

source_relation: The account: the schema that its tables lie in
campaign_message_id: Which message of which campaign, in stg_activecampaign__campaign_messages
taken_at: When they were so
sends: Mails sent until then
opens: Opens until then, repeated ones too
unique_opens: Contacts who had opened it
clicks: Clicks until then, repeated ones too
unique_link_clicks: Clicks until then, counted once for each contact and link
unique_clickers: Contacts who had clicked
hard_bounces: Mails that had bounced for good
soft_bounces: Mails that had bounced for now
unsubscribes: Contacts who had unsubscribed by it
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__list_snapshots AS
SELECT
  source_relation,
  id AS list_id,
  taken_at,
  active_subscribers AS count_active_contacts,
  non_deleted_subscribers AS count_contacts
FROM acsync.source_lists_snapshots;
SELECT acsync.describe('analytics.stg_activecampaign__list_snapshots', $$
The service's own counts of contacts on lists as they were, taken once a day and at every change read.

source_relation: The account: the schema that its tables lie in
list_id: List
taken_at: When they were so
count_active_contacts: Contacts subscribed then; null: not told
count_contacts: Contacts on it in any status then; null: not told
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__automation_snapshots AS
SELECT
  source_relation,
  id AS automation_id,
  taken_at,
  entered AS count_entered,
  exited AS count_exited
FROM acsync.source_automations_snapshots;
SELECT acsync.describe('analytics.stg_activecampaign__automation_snapshots', $$
The service's own counts of entries into automations as they were, taken once a day and at every change.

source_relation: The account: the schema that its tables lie in
automation_id: Automation
taken_at: When they were so
count_entered: Entries until then
count_exited: Exits until then
$$);
