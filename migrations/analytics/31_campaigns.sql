-- Campaigns with rates, by list and by link. A rate says what it is a share of, and is null of nothing.

CREATE OR REPLACE VIEW analytics.activecampaign__campaigns AS
SELECT
  c.source_relation,
  c.campaign_id,
  c.campaign_name,
  c.campaign_type,
  c.status,
  c.automation_id,
  c.automation_name,
  c.segment_name,
  (SELECT coalesce(array_agg(l.list_name ORDER BY l.list_name), '{}')
    FROM analytics.stg_activecampaign__campaign_lists l
    WHERE l.source_relation = c.source_relation AND l.campaign_id = c.campaign_id) AS lists,
  (SELECT m.subject FROM acsync.source_messages m
    WHERE m.source_relation = c.source_relation AND m.id = c.message_id) AS subject,
  c.ga_campaign_name,
  c.is_tagged_for_analytics,
  c.created_at,
  c.sent_at,
  (c.sent_at AT TIME ZONE a.time_zone)::date AS sent_on,
  c.last_sent_at,
  (c.last_sent_at AT TIME ZONE a.time_zone)::date AS last_sent_on,
  c.sends,
  c.sends - coalesce(c.hard_bounces, 0) - coalesce(c.soft_bounces, 0) AS delivered,
  c.opens,
  c.unique_opens,
  c.verified_unique_opens,
  c.clicks,
  c.unique_clickers,
  c.unique_link_clicks,
  c.hard_bounces,
  c.soft_bounces,
  c.unsubscribes,
  c.forwards,
  c.replies,
  round(c.unique_opens / nullif(c.sends, 0)::numeric, 4) AS open_rate,
  round(c.verified_unique_opens / nullif(c.sends, 0)::numeric, 4) AS verified_open_rate,
  round(c.unique_clickers / nullif(c.sends, 0)::numeric, 4) AS click_rate,
  round(c.unique_clickers / nullif(c.unique_opens, 0)::numeric, 4) AS click_to_open_rate,
  round((c.hard_bounces + c.soft_bounces) / nullif(c.sends, 0)::numeric, 4) AS bounce_rate,
  round(c.hard_bounces / nullif(c.sends, 0)::numeric, 4) AS hard_bounce_rate,
  round(c.unsubscribes / nullif(c.sends, 0)::numeric, 4) AS unsubscribe_rate,
  c.synced_at
FROM analytics.stg_activecampaign__campaigns c
JOIN analytics.stg_activecampaign__source_accounts a USING (source_relation)
WHERE c.is_marked_deleted IS NOT TRUE;
SELECT acsync.describe('analytics.activecampaign__campaigns', $$
Campaigns with their counters and rates as they are now, those marked deleted left out. Counters are sums
since the campaign was first sent; rates are shares from 0 to 1.

source_relation: The account: the schema that its tables lie in
campaign_id: Id in ActiveCampaign
campaign_name: Name that people see
campaign_type: single, recurring, split, responder, reminder, special, activerss, automation, text
status: draft, scheduled (or by automation), sending, paused, stopped, finished
automation_id: Automation that sends it; null: none
automation_name: Name of that automation
segment_name: Name of the segment it goes to; null: none
lists: Names of the lists it went to, in order of the alphabet
subject: Subject of its message; of the first in a split test; null: not told
ga_campaign_name: Campaign name in analytics parameters; null: none
is_tagged_for_analytics: Whether links carry analytics parameters
created_at: When the campaign was created
sent_at: When it was or will be sent; null: not scheduled, or sent by an automation
sent_on: Day of that in the account's zone
last_sent_at: When the last mail went out; null: none yet
last_sent_on: Day of that in the account's zone
sends: Mails sent
delivered: sends without hard and soft bounces
opens: Opens, repeated ones too
unique_opens: Contacts who opened it
verified_unique_opens: Contacts who opened it, privacy prefetches left out
clicks: Clicks on links, repeated ones too
unique_clickers: Contacts who clicked
unique_link_clicks: Clicks, counted once for each contact and link
hard_bounces: Mails that bounced for good
soft_bounces: Mails that bounced for now
unsubscribes: Contacts who unsubscribed by it
forwards: Forwards
replies: Replies
open_rate: unique_opens / sends; null: nothing sent
verified_open_rate: verified_unique_opens / sends; null: nothing sent
click_rate: unique_clickers / sends; null: nothing sent
click_to_open_rate: unique_clickers / unique_opens; null: nobody opened it
bounce_rate: (hard_bounces + soft_bounces) / sends; null: nothing sent
hard_bounce_rate: hard_bounces / sends; null: nothing sent
unsubscribe_rate: unsubscribes / sends; null: nothing sent
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.activecampaign__campaign_lists AS
SELECT
  l.source_relation,
  l.campaign_id,
  c.campaign_name,
  l.list_id,
  l.list_name,
  l.count_contacts,
  -- Of a campaign that lacks the number of one list, the others' numbers are no shares of the whole.
  round(CASE
    WHEN count(l.count_contacts) OVER campaign = count(*) OVER campaign
      AND sum(l.count_contacts) OVER campaign > 0
    THEN l.count_contacts::numeric / sum(l.count_contacts) OVER campaign
    ELSE 1.0 / count(*) OVER campaign
  END, 6) AS list_share,
  c.sent_on,
  c.sends,
  c.unique_opens,
  c.unique_clickers
FROM analytics.stg_activecampaign__campaign_lists l
JOIN analytics.activecampaign__campaigns c USING (source_relation, campaign_id)
WINDOW campaign AS (PARTITION BY l.source_relation, l.campaign_id);
SELECT acsync.describe('analytics.activecampaign__campaign_lists', $$
Campaigns by list. Counters are told for a whole campaign: to see them by list multiply by list_share,
which assumes that all lists of a campaign behave alike.

source_relation: The account: the schema that its tables lie in
campaign_id: Campaign
campaign_name: Name of the campaign
list_id: List it went to
list_name: Name of the list
count_contacts: Contacts of the list it went to, as the service counts them
list_share: count_contacts / that of all lists of the campaign, so that it adds up to 1; equal parts where
  it is not told of each list
sent_on: Day the campaign was sent, in the account's zone
sends: Mails sent of the whole campaign
unique_opens: Contacts who opened it, of the whole campaign
unique_clickers: Contacts who clicked, of the whole campaign
$$);

-- %41 and + of addresses; what is no valid UTF-8 stays as it is, since links are written by hand.
CREATE OR REPLACE FUNCTION analytics.percent_decode(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  IF value !~ '[%+]' THEN RETURN value; END IF;
  RETURN (
    SELECT convert_from(string_agg(
      CASE WHEN part[1] ~ '^%[0-9A-Fa-f]{2}$' THEN decode(substr(part[1], 2), 'hex')
        ELSE convert_to(part[1], 'UTF8') END, ''::bytea ORDER BY place), 'UTF8')
    FROM regexp_matches(replace(value, '+', ' '), '%[0-9A-Fa-f]{2}|[^%]+|%', 'g')
      WITH ORDINALITY AS t (part, place)
  );
EXCEPTION WHEN OTHERS THEN RETURN value;
END
$$;
COMMENT ON FUNCTION analytics.percent_decode(text) IS
  'A text as it was before it was written into an address: %C3%A9 is é, + is a blank.';

CREATE OR REPLACE VIEW analytics.activecampaign__campaign_links AS
SELECT
  l.source_relation,
  l.campaign_link_id,
  l.campaign_id,
  c.name AS campaign_name,
  l.message_id,
  l.link_name,
  l.url,
  lower(substring(l.url FROM '^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)')) AS url_domain,
  analytics.percent_decode(substring(l.url FROM '[?&]utm_source=([^&#]*)')) AS utm_source,
  analytics.percent_decode(substring(l.url FROM '[?&]utm_medium=([^&#]*)')) AS utm_medium,
  analytics.percent_decode(substring(l.url FROM '[?&]utm_campaign=([^&#]*)')) AS utm_campaign,
  analytics.percent_decode(substring(l.url FROM '[?&]utm_term=([^&#]*)')) AS utm_term,
  analytics.percent_decode(substring(l.url FROM '[?&]utm_content=([^&#]*)')) AS utm_content,
  l.is_tracked,
  l.clicks,
  l.unique_clicks,
  l.synced_at
FROM analytics.stg_activecampaign__campaign_links l
LEFT JOIN acsync.source_campaigns c
  ON c.source_relation = l.source_relation AND c.id = l.campaign_id
WHERE l.is_open_pixel IS NOT TRUE;
SELECT acsync.describe('analytics.activecampaign__campaign_links', $$
Links in campaigns with their clicks; the pixel that counts opens left out.

source_relation: The account: the schema that its tables lie in
campaign_link_id: Id in ActiveCampaign
campaign_id: Campaign it stands in
campaign_name: Name of the campaign
message_id: Message it stands in; null: none
link_name: Name that people see; null: none
url: Address it leads to
url_domain: Domain of the address, in lower case; null: no web address, such as a mail address
utm_source: Source told in the address, decoded; null: none
utm_medium: Medium told in the address, decoded; null: none
utm_campaign: Campaign told in the address, decoded; null: none
utm_term: Search term told in the address, decoded; null: none
utm_content: Variant told in the address, decoded; null: none
is_tracked: Whether clicks are counted
clicks: Clicks, repeated ones too
unique_clicks: Contacts who clicked it
synced_at: When the service sent this version
$$);
