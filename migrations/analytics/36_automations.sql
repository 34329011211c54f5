-- How contacts fare in automations.

CREATE OR REPLACE VIEW analytics.activecampaign__automations AS
SELECT
  a.source_relation,
  a.automation_id,
  a.automation_name,
  a.status,
  a.is_active,
  coalesce(e.count_entries, 0) AS entered,
  coalesce(e.count_contacts, 0) AS contacts,
  coalesce(e.count_active, 0) AS active,
  coalesce(e.count_completed, 0) AS completed,
  coalesce(e.count_left_early, 0) AS left_early,
  round(e.count_completed / nullif(e.count_entries - e.count_active, 0)::numeric, 4)
    AS completion_rate,
  round(e.count_completed / nullif(e.count_entries, 0)::numeric, 4) AS completed_share,
  round(e.median_seconds::numeric / 86400, 2) AS median_days,
  e.first_entered_at,
  e.last_entered_at,
  a.count_entered AS entered_told,
  a.count_exited AS exited_told,
  a.synced_at
FROM analytics.stg_activecampaign__automations a
LEFT JOIN analytics.int_activecampaign__automation_entries e USING (source_relation, automation_id);
SELECT acsync.describe('analytics.activecampaign__automations', $$
Automations with what became of the contacts that entered. entered, active and completed count entries that
the account still lists; entered_told and exited_told are the service's own counts, which keep those of
contacts deleted since.

source_relation: The account: the schema that its tables lie in
automation_id: Id in ActiveCampaign
automation_name: Name that people see
status: active or inactive
is_active: Whether contacts enter it and go on in it
entered: Entries; a contact may enter more than once
contacts: Contacts that entered
active: Entries that are still in
completed: Entries that reached the end
left_early: Entries that left before the end
completion_rate: completed / (entered - active), 0 to 1; null: none has left
completed_share: completed / entered, 0 to 1; null: none entered
median_days: Median days from entry to end of those that reached it; null: none did
first_entered_at: When the first contact entered; null: none did
last_entered_at: When the last contact entered; null: none did
entered_told: Entries, as the service counts them
exited_told: Exits, as the service counts them
synced_at: When the service sent this version
$$);
