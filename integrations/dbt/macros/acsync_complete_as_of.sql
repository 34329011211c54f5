{#
  The time up to which a source is proven complete, as one query: what `dbt source freshness` asks.

  Not the newest _synced_at: a table in which nothing has changed since May is fresh as long as acsync
  goes on to prove that nothing has changed. A view is as fresh as the stalest stream below it; streams
  that you do not read, or that the account does not offer, do not count there. A table that was never
  proven complete has no time, which dbt takes for infinitely long ago.
#}
{% macro acsync_complete_as_of(relation) %}
{%- set analytics = var('acsync_analytics_schema', 'analytics') -%}
{%- set is_view = relation.schema == analytics -%}
{%- if is_view -%}
with recursive below (oid) as (
  select to_regclass('{{ relation }}')::oid
  union
  select depends.refobjid
  from below
  join pg_rewrite as rule on rule.ev_class = below.oid
  join pg_depend as depends
    on depends.classid = 'pg_rewrite'::regclass and depends.objid = rule.oid
    and depends.refclassid = 'pg_class'::regclass
), streams as (
  select distinct regexp_replace(view.relname, '^source_(.*?)(_history|_snapshots)?$', '\1') as name
  from below
  join pg_class as view on view.oid = below.oid
  join pg_namespace as schema on schema.oid = view.relnamespace
  where schema.nspname = 'acsync' and view.relname like 'source\_%'
)
{%- else -%}
with streams as (
  select regexp_replace('{{ relation.identifier }}', '(_history|_snapshots)$', '') as name
)
{%- endif %}
select
  case
    when bool_or(fresh.complete_as_of is null and health.last_outcome is distinct from 'skipped')
      then null
    when bool_and(fresh.complete_as_of is null) then now()
    {%- if is_view %}
    when count(*) = 0 and exists (select from {{ analytics }}.data_freshness) then now()
    {%- endif %}
    else min(fresh.complete_as_of)
  end as complete_as_of
from {{ analytics }}.data_freshness as fresh
join streams on streams.name = fresh.name and fresh.kind = 'stream'
left join {{ analytics }}.sync_health as health
  on health.source_relation = fresh.source_relation and health.stream = fresh.name
{%- if not is_view %}
where fresh.source_relation = '{{ relation.schema }}'
{%- endif %}
{%- endmacro %}
