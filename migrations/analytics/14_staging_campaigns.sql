-- Campaigns with their counters, what they sent, to which lists, and the links in it.

CREATE OR REPLACE VIEW analytics.stg_activecampaign__campaigns AS
SELECT
  c.source_relation,
  c.id AS campaign_id,
  c.name AS campaign_name,
  c.type AS campaign_type,
  CASE c.status
    WHEN 0 THEN 'draft' WHEN 1 THEN 'scheduled' WHEN 2 THEN 'sending' WHEN 3 THEN 'paused'
    WHEN 4 THEN 'stopped' WHEN 5 THEN 'finished' ELSE 'unknown (' || c.status || ')'
  END AS status,
  nullif(coalesce(c.automation, c.seriesid), 0) AS automation_id,
  a.name AS automation_name,
  nullif(c.segmentid, 0) AS segment_id,
  nullif(c.segmentname, '') AS segment_name,
  nullif(c.message_id, 0) AS message_id,
  nullif(coalesce(c."user", c.userid), 0) AS user_id,
  nullif(c.analytics_campaign_name, '') AS ga_campaign_name,
  c.tracklinksanalytics AS is_tagged_for_analytics,
  c.cdate AS created_at,
  c.mdate AS edited_at,
  c.sdate AS sent_at,
  c.ldate AS last_sent_at,
  c.send_amt AS sends,
  c.total_amt AS planned_sends,
  c.opens,
  c.uniqueopens AS unique_opens,
  c.verified_opens,
  c.verified_unique_opens,
  c.linkclicks AS clicks,
  c.uniquelinkclicks AS unique_link_clicks,
  c.subscriberclicks AS unique_clickers,
  c.hardbounces AS hard_bounces,
  c.softbounces AS soft_bounces,
  c.unsubscribes,
  c.unsubreasons AS unsubscribe_reasons,
  c.forwards,
  c.uniqueforwards AS unique_forwards,
  c.replies,
  c.uniquereplies AS unique_replies,
  c.updates AS profile_updates,
  c.socialshares AS social_shares,
  c.deletestamp IS NOT NULL AS is_marked_deleted,
  c._synced_at AS synced_at
FROM acsync.source_campaigns c
LEFT JOIN acsync.source_automations a
  ON a.source_relation = c.source_relation
  AND a.id = nullif(coalesce(c.automation, c.seriesid), 0)
WHERE c._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__campaigns', $$
Campaigns with their counters as they are now: sums since they were first sent. What happened on a day is
in activecampaign__campaign_metrics_daily.

source_relation: The account: the schema that its tables lie in
campaign_id: Id in ActiveCampaign
campaign_name: Name that people see
campaign_type: single, recurring, split, responder, reminder, special, activerss, automation, text
status: draft, scheduled (or by automation), sending, paused, stopped, finished; unknown (N) for others
automation_id: Automation that sends it; null: none
automation_name: Name of that automation
segment_id: Segment it goes to; null: whole lists
segment_name: Name of that segment; null: none
message_id: Its message; a split test has more, in stg_activecampaign__campaign_messages
user_id: User who made it; null: none
ga_campaign_name: Campaign name in analytics parameters; null: none
is_tagged_for_analytics: Whether links carry analytics parameters
created_at: When the campaign was created
edited_at: When it was last edited; counters move without it
sent_at: When it was or will be sent; null: not scheduled, or sent by an automation
last_sent_at: When the last mail went out; null: none yet
sends: Mails sent
planned_sends: Mails to send in all
opens: Opens, repeated ones too
unique_opens: Contacts who opened it
verified_opens: Opens, privacy prefetches left out
verified_unique_opens: Contacts who opened it, privacy prefetches left out
clicks: Clicks on links, repeated ones too
unique_link_clicks: Clicks, counted once for each contact and link
unique_clickers: Contacts who clicked
hard_bounces: Mails that bounced for good
soft_bounces: Mails that bounced for now
unsubscribes: Contacts who unsubscribed by it
unsubscribe_reasons: Unsubscribers who gave a reason
forwards: Forwards
unique_forwards: Contacts who forwarded it
replies: Replies
unique_replies: Contacts who replied
profile_updates: Contacts who updated their profile by it
social_shares: Shares on social networks
is_marked_deleted: Whether the service has marked it deleted and still lists it
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__campaign_messages AS
SELECT
  source_relation,
  id AS campaign_message_id,
  campaignid AS campaign_id,
  messageid AS message_id,
  nullif(subject, '') AS subject,
  percentage AS share_percent,
  send_amt AS sends,
  opens,
  uniqueopens AS unique_opens,
  linkclicks AS clicks,
  uniquelinkclicks AS unique_link_clicks,
  subscriberclicks AS unique_clickers,
  hardbounces AS hard_bounces,
  softbounces AS soft_bounces,
  unsubscribes,
  forwards,
  replies,
  _synced_at AS synced_at
FROM acsync.source_campaign_messages
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__campaign_messages', $$
Which message a campaign sent, with the counters of each; several in a split test.

source_relation: The account: the schema that its tables lie in
campaign_message_id: Id in ActiveCampaign
campaign_id: Campaign that sent it
message_id: Message that was sent
subject: Subject of the mail; null: not told
share_percent: Share of the campaign's contacts that got it, in percent
sends: Mails sent
opens: Opens, repeated ones too
unique_opens: Contacts who opened it
clicks: Clicks on links, repeated ones too
unique_link_clicks: Clicks, counted once for each contact and link
unique_clickers: Contacts who clicked
hard_bounces: Mails that bounced for good
soft_bounces: Mails that bounced for now
unsubscribes: Contacts who unsubscribed by it
forwards: Forwards
replies: Replies
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__messages AS
SELECT
  source_relation,
  id AS message_id,
  name AS message_name,
  nullif(subject, '') AS subject,
  nullif(preheader_text, '') AS preheader,
  nullif(fromname, '') AS sender_name,
  nullif(fromemail, '') AS sender_email,
  format,
  nullif(language_code, '') AS language_code,
  nullif(coalesce("user", userid), 0) AS user_id,
  cdate AS created_at,
  mdate AS updated_at,
  _synced_at AS synced_at
FROM acsync.source_messages
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__messages', $$
Mails as they were written; their bodies are in the table messages.

source_relation: The account: the schema that its tables lie in
message_id: Id in ActiveCampaign
message_name: Name that people see
subject: Subject of the mail; null: none
preheader: Text that mail programs show behind the subject; null: none
sender_name: Name of the sender [pii]
sender_email: E-mail address of the sender [pii]
format: Format of the mail: mime, html, text
language_code: Language it is written in; null: not told
user_id: User who wrote it; null: none
created_at: When it was created
updated_at: When it last changed
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__campaign_lists AS
SELECT
  m.source_relation,
  m.id AS campaign_list_id,
  m.campaignid AS campaign_id,
  m.listid AS list_id,
  coalesce(l.name, m.name) AS list_name,
  m.list_amt AS count_contacts,
  m.cdate AS linked_at,
  m._synced_at AS synced_at
FROM acsync.source_campaign_lists m
LEFT JOIN acsync.source_lists l ON l.source_relation = m.source_relation AND l.id = m.listid
WHERE m._deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__campaign_lists', $$
Which campaign went to which list.

source_relation: The account: the schema that its tables lie in
campaign_list_id: Id in ActiveCampaign
campaign_id: Campaign
list_id: List it went to
list_name: Name of the list
count_contacts: Contacts of the list it went to, as the service counts them
linked_at: When the link was made
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__campaign_links AS
SELECT
  source_relation,
  id AS campaign_link_id,
  campaignid AS campaign_id,
  nullif(messageid, 0) AS message_id,
  link AS url,
  nullif(name, '') AS link_name,
  link = 'open' AS is_open_pixel,
  tracked AS is_tracked,
  linkclicks AS clicks,
  uniquelinkclicks AS unique_clicks,
  created_timestamp AT TIME ZONE 'America/Chicago' AS created_at,
  _synced_at AS synced_at
FROM acsync.source_campaign_links
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__campaign_links', $$
Links in campaigns, with their clicks.

source_relation: The account: the schema that its tables lie in
campaign_link_id: Id in ActiveCampaign
campaign_id: Campaign it stands in
message_id: Message it stands in; null: none
url: Address it leads to; open for the pixel that counts opens
link_name: Name that people see; null: none
is_open_pixel: Whether it is no link but the pixel that counts opens
is_tracked: Whether clicks are counted
clicks: Clicks, repeated ones too
unique_clicks: Contacts who clicked it
created_at: When it was created
synced_at: When the service sent this version
$$);
