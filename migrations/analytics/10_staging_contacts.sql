-- Contacts and what is known of them, under names an analyst expects.

CREATE OR REPLACE VIEW analytics.stg_activecampaign__contacts AS
SELECT
  source_relation,
  id AS contact_id,
  nullif(email, '') AS email,
  lower(coalesce(nullif(email_domain, ''), nullif(split_part(email, '@', 2), ''))) AS email_domain,
  nullif(first_name, '') AS first_name,
  nullif(last_name, '') AS last_name,
  nullif(btrim(concat_ws(' ', first_name, last_name)), '') AS contact_name,
  nullif(phone, '') AS phone,
  nullif(organization, 0) AS organization_id,
  nullif(orgname, '') AS organization_name,
  cdate AS created_at,
  udate AS updated_at,
  nullif(created_by, 0) AS created_by_user_id,
  sentcnt AS count_mails_sent,
  bounced_hard AS count_hard_bounces,
  bounced_soft AS count_soft_bounces,
  bounced_date AS last_bounced_on,
  last_open_date AS last_opened_at,
  last_mpp_open_date AS last_prefetched_at,
  last_click_date AS last_clicked_at,
  adate AS last_active_at,
  mpp_tracking AS is_apple_mail_privacy,
  nullif(sms_consent, '') AS sms_consent,
  anonymized AS is_anonymized,
  deleted AS is_marked_deleted,
  _synced_at AS synced_at
FROM acsync.source_contacts
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__contacts', $$
Contacts that the account lists. A contact that is gone from the list is left out; is_marked_deleted
are those that the service has marked deleted and lists all the same: its screens leave them out, and so
do the marts.

source_relation: The account: the schema that its tables lie in
contact_id: Id in ActiveCampaign
email: E-mail address; null: none [pii]
email_domain: Part of the e-mail address after the @, in lower case
first_name: First name [pii]
last_name: Last name [pii]
contact_name: First and last name [pii]
phone: Phone number as entered [pii]
organization_id: Organization (the service has replaced them by accounts); null: none
organization_name: Name of its organization or account [pii]
created_at: When the contact was created
updated_at: When it last changed
created_by_user_id: User who created it; null: none
count_mails_sent: Mails sent to it so far, as the service counts them
count_hard_bounces: Mails to it that bounced for good
count_soft_bounces: Mails to it that bounced for now
last_bounced_on: Day of the last bounce; null: never
last_opened_at: When it last opened a mail, privacy prefetches left out; null: never
last_prefetched_at: When Apple Mail Privacy Protection last fetched a mail for it; null: never
last_clicked_at: When it last clicked a link in a mail; null: never
last_active_at: When it was last active; the exact event is undocumented
is_apple_mail_privacy: Whether Apple Mail Privacy Protection was seen on its opens
sms_consent: Consent to text messages, in the service's words; null: not told
is_anonymized: Whether its personal data were erased on request
is_marked_deleted: Whether the service has marked it deleted and still lists it
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__contact_data AS
SELECT
  source_relation,
  id AS contact_data_id,
  contact AS contact_id,
  nullif(ga_campaign_source, '') AS utm_source,
  nullif(ga_campaign_medium, '') AS utm_medium,
  nullif(ga_campaign_name, '') AS utm_campaign,
  nullif(ga_campaign_term, '') AS utm_term,
  nullif(ga_campaign_content, '') AS utm_content,
  nullif(ga_first_visit, '') AS first_visited_text,
  ga_times_visited AS count_visits,
  nullif(geo_country2, '') AS country_code,
  nullif(geo_state, '') AS state,
  nullif(geo_city, '') AS city,
  nullif(geo_tz, '') AS time_zone,
  tstamp AS looked_up_at,
  _synced_at AS synced_at
FROM acsync.source_contact_data
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__contact_data', $$
Where contacts came from, as web analytics and their network address tell; at most one row a contact.

source_relation: The account: the schema that its tables lie in
contact_data_id: Id in ActiveCampaign
contact_id: Contact it is about
utm_source: Source of the visit, by Google Analytics; null: not known
utm_medium: Medium of the visit; null: not known
utm_campaign: Campaign of the visit; null: not known
utm_term: Search term of the visit; null: not known
utm_content: Variant of the advertisement; null: not known
first_visited_text: When it first visited, as Google Analytics spells it, without a zone
count_visits: Visits counted by Google Analytics
country_code: Country it was seen in, two letters [pii]
state: State or province it was seen in [pii]
city: City it was seen in [pii]
time_zone: Time zone it was seen in, such as Europe/Berlin [pii]
looked_up_at: When it was last looked up
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__custom_fields AS
SELECT
  source_relation,
  id AS custom_field_id,
  title AS custom_field_name,
  nullif(perstag, '') AS personalization_tag,
  type AS field_type,
  isrequired AS is_required,
  visible AS is_visible,
  ordernum AS place,
  cdate AS created_at,
  udate AS updated_at,
  _synced_at AS synced_at
FROM acsync.source_custom_fields
WHERE _deleted_at IS NULL;
SELECT acsync.describe('analytics.stg_activecampaign__custom_fields', $$
The contact fields that the account has defined.

source_relation: The account: the schema that its tables lie in
custom_field_id: Id in ActiveCampaign
custom_field_name: Name that people see
personalization_tag: Name it has in mails, without the percent signs; unique in the account
field_type: Kind: text, textarea, date, datetime, dropdown, multiselect, radio, checkbox, listbox, …
is_required: Whether forms require it
is_visible: Whether forms show it
place: Place among the fields, ascending
created_at: When the field was created
updated_at: When it last changed
synced_at: When the service sent this version
$$);

CREATE OR REPLACE VIEW analytics.stg_activecampaign__custom_field_values AS
SELECT
  v.source_relation,
  v.id AS custom_field_value_id,
  v.contact AS contact_id,
  v.field AS custom_field_id,
  f.title AS custom_field_name,
  f.type AS field_type,
  v.value,
  CASE WHEN v.value LIKE '||%||' THEN string_to_array(btrim(v.value, '|'), '||') END AS choices,
  v.cdate AS created_at,
  v.udate AS updated_at,
  v._synced_at AS synced_at
FROM acsync.source_custom_field_values v
LEFT JOIN acsync.source_custom_fields f
  ON f.source_relation = v.source_relation AND f.id = v.field
WHERE v._deleted_at IS NULL AND v.value <> '';
SELECT acsync.describe('analytics.stg_activecampaign__custom_field_values', $$
What contacts have in their custom fields, a row each; empty values are left out.

source_relation: The account: the schema that its tables lie in
custom_field_value_id: Id in ActiveCampaign
contact_id: Contact it belongs to
custom_field_id: Field
custom_field_name: Name of the field
field_type: Kind of the field
value: Value as text; several are kept between double bars, as ||red||blue|| [pii]
choices: The values of a field with several choices; null for other fields [pii]
created_at: When it was entered
updated_at: When it last changed
synced_at: When the service sent this version
$$);
