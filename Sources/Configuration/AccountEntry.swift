internal import Catalog

/// What the file says of one of several accounts; nil where it is silent.
struct AccountEntry: Sendable {
  /// The name people call it by.
  let name: Placed<String>
  /// Its address.
  var source: Placed<String>?
  /// Its key, out of a variable.
  var key: Placed<Secret>?
  /// The file that holds its key.
  var keyFile: Placed<String>?
  /// The schema of its tables.
  var schema: Placed<String>?
  var isDisabled: Placed<Bool>?
  /// Its options, before those of all accounts.
  var defaults = StreamEntry()
  /// Its own streams; nil: those of all accounts.
  var streams: StreamChoice?

  /// What its variables begin with: `ACTIVECAMPAIGN_ACME_`.
  var prefix: String { "ACTIVECAMPAIGN_\(name.value.uppercased())_" }

  /// The schema of its tables where it names none.
  var usualSchema: String { "activecampaign_\(name.value)" }
}

/// Which streams, and what is said of each.
struct StreamChoice: Sendable {
  /// Where it stands.
  let place: Place
  /// Entries with a `*` in their name, in the order of the file.
  var patterns: [(pattern: String, entry: StreamEntry)] = []
  /// Entries that name a stream.
  var named: [StreamDefinition.ID: StreamEntry] = [:]
}

extension ReplicationFile {
  /// The file as it would be with this account alone: what it says itself, before what is said for all.
  func alone(_ account: AccountEntry) -> ReplicationFile {
    var file = self
    file.accounts = []
    file.source = account.source
    file.defaults = account.defaults.filled(from: defaults)
    if let streams = account.streams { file.streams = streams }
    return file
  }
}

extension ReplicationFileDecoder {
  /// The longest name of an account, so that what is made of it fits into 63 bytes.
  private static let longestName = 40

  /// The accounts of a file that names several.
  mutating func accounts(_ node: YAMLNode) -> [AccountEntry] {
    let entries = map(node, "accounts", keys: nil)
    if entries.isEmpty, mistakes.found.isEmpty {
      mistakes.add(
        "accounts names none", at: node.place, remedy: "name one, or remove accounts")
    }
    return entries.compactMap { entry in
      guard entry.key.text.isAccountName, entry.key.text.count <= Self.longestName else {
        mistakes.add(
          "\(entry.key.text.shown) is no account's name", at: entry.key.place,
          remedy: "use at most \(Self.longestName) letters a–z, digits and _, a letter first")
        return nil
      }
      return account(
        entry.value, AccountEntry(name: Placed(value: entry.key.text, place: entry.key.place)))
    }
  }

  private mutating func account(_ node: YAMLNode, _ entry: AccountEntry) -> AccountEntry {
    var entry = entry
    for item in map(node, "an account", keys: .account) {
      switch item.key.text {
      case "source": entry.source = end(item.value, "source", default: "ACTIVECAMPAIGN")
      case "api_key": entry.key = key(item.value)
      case "api_key_file":
        entry.keyFile = scalar(item.value, "api_key_file", expects: "a file's name").map {
          Placed(value: $0.text, place: item.value.place)
        }
      case "schema": entry.schema = schema(item.value)
      case "disabled": entry.isDisabled = flag(item.value, "disabled")
      case "streams": entry.streams = streams(item.value, at: item.key.place)
      default: self.item(item, about: .defaults, into: &entry.defaults)
      }
    }
    if let place = entry.defaults.parallelAccounts?.place {
      mistakes.add(
        "parallel_accounts holds for all accounts together", at: place,
        remedy: "move it to source_options under defaults")
    }
    return entry
  }

  /// A key stands in no file: what stands here is the name of a variable.
  private mutating func key(_ node: YAMLNode) -> Placed<Secret>? {
    guard let scalar = scalar(node, "api_key", expects: "a variable, ${NAME}") else { return nil }
    guard scalar.written != scalar.text else {
      mistakes.add(
        "a key stands in the file", at: node.place,
        remedy: "set a variable to it and write ${ITS_NAME}, or use api_key_file")
      return nil
    }
    return Placed(value: Secret(scalar.text), place: node.place)
  }

  private mutating func schema(_ node: YAMLNode) -> Placed<String>? {
    guard let scalar = scalar(node, "schema", expects: "a schema's name") else { return nil }
    guard scalar.text.isSchemaName else {
      mistakes.add(
        "schema: \(scalar.text.shown) cannot be the schema of an account's tables", at: node.place,
        remedy:
          "use letters a–z, digits and _, a letter first, and none of acsync's or PostgreSQL's")
      return nil
    }
    return Placed(value: scalar.text, place: node.place)
  }
}

extension String {
  /// Whether this is lower-case letters, digits and underscores of ASCII, and begins with a letter.
  fileprivate var isAccountName: Bool {
    isVariableName && lowercased() == self && first != "_"
  }
}
