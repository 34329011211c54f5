{# Whether a stream that is read by default is among the streams that you read. #}
{% macro acsync_reads(stream) %}
{% set streams = var('acsync_streams', 'default') %}
{{ return(streams == 'default' or stream in streams) }}
{% endmacro %}
