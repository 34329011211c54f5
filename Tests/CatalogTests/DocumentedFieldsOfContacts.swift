/// The documented fields of contacts: memberships, details, custom fields.
///
/// `-` is a row that is no object.
let documentedFieldsOfContacts = """
  contact_lists
    id bigint
    contact bigint
    list bigint
    form bigint
    seriesid bigint
    sdate timestamptz
    udate timestamptz
    status smallint
    responder boolean
    sync boolean
    unsubreason text
    campaign bigint
    message bigint
    first_name text
    last_name text
    ip4Sub text
    sourceid bigint
    autosyncLog bigint
    ip4_last bigint
    ip4Unsub bigint
    unsubscribeAutomation bigint
    automation bigint
    created_timestamp timestamp
    updated_timestamp timestamp
    created_by bigint
    updated_by bigint
    channel text
  contact_automations
    id bigint
    contact bigint
    seriesid bigint
    startid bigint
    status smallint
    batchid text
    adddate timestamptz
    remdate timestamptz
    timespan bigint
    lastblock bigint
    lastlogid bigint
    lastdate timestamptz
    completedElements bigint
    totalElements bigint
    completed boolean
    completeValue bigint
    automation bigint
    in_als bigint
  contact_deals
    id bigint
    deal bigint
    contact bigint
    cdate timestamptz
    role text
    created_timestamp timestamp
    updated_timestamp timestamp
    created_by bigint
    updated_by bigint
  account_contacts
    id bigint
    account bigint
    contact bigint
    jobTitle text
    createdTimestamp timestamptz
    updatedTimestamp timestamptz
  organizations
    id bigint
    name text
    created_timestamp timestamptz
    updated_timestamp timestamptz
    userid bigint
    owner bigint
  contact_data
    id bigint
    contact bigint
    tstamp timestamptz
    geoTstamp timestamptz
    geoIp4 text
    geoCountry2 text
    geoState text
    geoCity text
    geoZip text
    geoArea text
    geoLat text
    geoLon text
    geoTz text
    geoTzOffset text
    ga_campaign_source text
    ga_campaign_name text
    ga_campaign_medium text
    ga_campaign_term text
    ga_campaign_content text
    ga_campaign_customsegment text
    ga_first_visit text
    ga_times_visited bigint
    fb_id bigint
    fb_name text
    tw_id bigint
    created_timestamp timestamp
    updated_timestamp timestamp
    created_by bigint
    updated_by bigint
  contact_emails
    id bigint
    messageid bigint
    seriesid bigint
    messageheader text
    userid bigint
    d_id bigint
    subscriberid bigint
    account bigint
    ip text
    sdate timestamptz
    source text
    user bigint
    deal bigint
    contact bigint
    message bigint
  geo_ips
    id bigint
    contact bigint
    campaignid bigint
    messageid bigint
    geoaddrid bigint
    ip4 text
    tstamp timestamptz
    geoAddress bigint
  geo_addresses
    id bigint
    ip4 text
    country2 text
    country text
    state text
    city text
    zip text
    area text
    lat text
    lon text
    tz text
    tstamp timestamptz
  contact_logs
    id bigint
  plus_append
    id bigint
    contact bigint
    last_updated_rapleaf text
    last_updated_fliptop text
    last_updated_fullcontact text
    imageUrl text
    membershipsFacebook text
    membershipsTwitter text
    membershipsLinkedin text
  custom_field_options
    id bigint
    field bigint
    orderid bigint
    value text
    label text
    isdefault boolean
    cdate timestamptz
    udate timestamptz
  custom_field_rels
    id bigint
    field bigint
    relid bigint
    dorder bigint
    cdate timestamptz
  custom_field_values
    id bigint
    contact bigint
    field bigint
    value text
    cdate timestamptz
    udate timestamptz
    owner bigint
    created_by bigint
    updated_by bigint
  deal_custom_fields
    id bigint
    fieldLabel text
    fieldType text
    fieldOptions jsonb
    fieldDefault text
    fieldDefaultCurrency text
    isFormVisible boolean
    isRequired boolean
    displayOrder bigint
    personalization text
    knownFieldId bigint
    hideFieldFlag boolean
    createdTimestamp timestamptz
    updatedTimestamp timestamptz
    createdBy bigint
    updatedBy bigint
  deal_custom_field_values
    id bigint
    dealCustomFieldMetumId bigint
    dealId bigint
    customFieldId bigint
    createdTimestamp timestamptz
    updatedTimestamp timestamptz
    fieldValue jsonb
    fieldCurrency text
  account_custom_fields
    id bigint
    fieldLabel text
    fieldType text
    fieldOptions jsonb
    fieldDefault text
    fieldDefaultCurrency text
    isFormVisible boolean
    isRequired boolean
    displayOrder bigint
    personalization text
    knownFieldId bigint
    hideFieldFlag boolean
    createdTimestamp timestamptz
    updatedTimestamp timestamptz
  account_custom_field_values
    id bigint
    accountCustomFieldMetumId bigint
    accountId bigint
    customFieldId bigint
    createdTimestamp timestamptz
    updatedTimestamp timestamptz
    fieldValue jsonb
    fieldCurrency text
  """
