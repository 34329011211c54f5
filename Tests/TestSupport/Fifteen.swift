/// What tests select that count requests and rows of an account: fifteen streams of every kind that
/// is read in a way of its own.
///
/// Each is a pattern, which selects nothing where a test's file leaves the stream out.
public let fifteenStreams =
  [
    "contacts", "contact_tags", "custom_fields", "lists", "tags", "forms", "deals",
    "deal_pipelines",
    "deal_stages", "accounts", "notes", "tasks", "campaigns", "automations", "users",
  ].map { "\($0)*" }.joined(separator: ",")
