/// Finds both ends, with the key, in the environment, `.env` and the file.
struct Ends {
  /// The longest key file that is read.
  static let mostKeyBytes = 1 << 16
  /// The variables of libpq that name a server; others, such as PGAPPNAME, do not choose one.
  static let serverVariables = [
    "PGHOST": "host", "PGHOSTADDR": "hostaddr", "PGPORT": "port", "PGDATABASE": "dbname",
    "PGUSER": "user", "PGSERVICE": "service",
  ]
  /// Further ones that are taken from `.env`, which libpq does not read.
  static let otherVariables = [
    "PGPASSWORD": "password", "PGPASSFILE": "passfile", "PGSSLMODE": "sslmode",
    "PGSSLROOTCERT": "sslrootcert", "PGSSLCERT": "sslcert", "PGSSLKEY": "sslkey",
    "PGOPTIONS": "options", "PGCONNECT_TIMEOUT": "connect_timeout",
  ]

  let variables: Variables
  let file: ReplicationFile
  /// Which of the file's accounts; nil where it has but one.
  var account: AccountEntry?
  /// The folder of `.env`, below which its relative names lie.
  let folder: String
  var mistakes: Mistakes

  private var prefix: String { account?.prefix ?? "ACTIVECAMPAIGN_" }

  /// The account's address.
  mutating func sourceURL() -> Setting<String>? {
    let variable = prefix + "URL"
    var found = variables.value(variable, &mistakes)
    if found == nil, let source = file.source, source.value != "ACTIVECAMPAIGN" {
      guard source.value.contains("://") else {
        mistakes.add(
          "source: expected ACTIVECAMPAIGN or an https URL", at: source.place,
          remedy: "write ACTIVECAMPAIGN and set \(variable)")
        return nil
      }
      found = (source.value, .file(source.place))
    }
    guard let (text, origin) = found else {
      missing(variable, "address", remedy: "set \(variable), or source")
      return nil
    }
    do {
      return Setting(try Address.ofAccount(text), from: origin)
    } catch {
      mistakes.add(error.what, at: origin, remedy: error.remedy)
      return nil
    }
  }

  /// The account's key, itself or in a file.
  mutating func apiKey() -> Setting<Secret>? {
    let (variable, fileVariable) = (prefix + "API_KEY", prefix + "API_KEY_FILE")
    let itself = variables.value(variable, &mistakes)
    let path = variables.value(fileVariable, &mistakes)
    if let itself, let path {
      // One in the environment outranks one in .env; two at the same place contradict each other.
      switch (itself.origin, path.origin) {
      case (.environment, .dotEnv): return key(itself.text, from: itself.origin)
      case (.dotEnv, .environment): return key(inFile: path.text, from: path.origin)
      default:
        mistakes.add(
          "\(variable) and \(fileVariable) are both set", at: path.origin,
          remedy: "keep one of them")
        return nil
      }
    }
    if let itself { return key(itself.text, from: itself.origin) }
    if let path { return key(inFile: path.text, from: path.origin) }
    return keyOfEntry(variable)
  }

  /// What the file says of an account's key.
  private mutating func keyOfEntry(_ variable: String) -> Setting<Secret>? {
    if let one = account?.key, let other = account?.keyFile {
      mistakes.add(
        "api_key and api_key_file are both given", at: other.place,
        remedy: "keep one of them, this or that of line \(one.place.line)")
      return nil
    }
    if let key = account?.key { return self.key(key.value.reveal(), from: .file(key.place)) }
    if let path = account?.keyFile { return key(inFile: path.value, from: .file(path.place)) }
    missing(variable, "key", remedy: "set \(variable) or \(variable)_FILE, or api_key_file")
    return nil
  }

  /// Of several accounts each has its own ends; a file without any may have them later.
  private mutating func missing(_ variable: String, _ what: String, remedy: String) {
    guard let account else { return }
    mistakes.add(
      "the account \(account.name.value) has no \(what)", at: account.name.place, remedy: remedy)
  }

  private mutating func key(inFile path: String, from origin: Origin) -> Setting<Secret>? {
    var path = path
    switch origin {
    case .dotEnv, .file: if !path.hasPrefix("/") { path = folder + path }
    case .flag, .environment, .builtIn: break
    }
    do {
      var text = try FileText.read(path, most: Self.mostKeyBytes)
      if let last = text.last, last.isNewline { text.removeLast() }
      guard !text.allSatisfy(\.isWhitespace) else {
        mistakes.add("the key's file \(path) is empty", at: origin, remedy: "write the key into it")
        return nil
      }
      return key(text, from: origin)
    } catch {
      mistakes.add(
        "the key's file \(path) \(error.words.what)", at: origin, remedy: error.words.remedy)
      return nil
    }
  }

  private mutating func key(_ text: String, from origin: Origin) -> Setting<Secret>? {
    // A key goes into a header line: a blank, a newline or a foreign letter would break or forge it.
    guard text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      mistakes.add(
        "the key holds blanks, line breaks or letters that no key has", at: origin,
        remedy: "copy it again from Settings → Developer, without anything around it")
      return nil
    }
    return Setting(Secret(text), from: origin)
  }

  /// Which PostgreSQL: `DATABASE_URL`, the file's target, `PG*`, or the embedded one.
  mutating func database() -> Setting<Database> {
    var found = variables.value("DATABASE_URL", &mistakes)
    if found == nil, let target = file.target, target.value != "POSTGRES" {
      found = (target.value, .file(target.place))
    }
    guard let (text, origin) = found else { return databaseOfVariables() }
    if !Address.isOfPostgres(text) {
      mistakes.add(
        "the database's address is no PostgreSQL URI", at: origin,
        remedy: "write postgresql://user@host:5432/database"
          + (origin == .environment("DATABASE_URL") ? "" : ", or POSTGRES"))
    }
    return Setting(.connection(Secret(text)), from: origin)
  }

  private func databaseOfVariables() -> Setting<Database> {
    let isSet = { (name: String) in variables.environment[name].map { !$0.isEmpty } ?? false }
    let chosen = Self.serverVariables.keys.sorted()
    let fromFile = chosen.compactMap { name in variables.dotEnv.values[name].map { (name, $0) } }
    if let (name, (_, place)) = fromFile.first {
      return Setting(.connection(Secret(pairs(unless: isSet))), from: .dotEnv(name, place))
    }
    if let name = chosen.first(where: isSet) {
      return Setting(.environment, from: .environment(name))
    }
    return Setting(.embedded, from: .builtIn)
  }

  /// What `.env` says to libpq and the environment does not, as `keyword='value'` pairs.
  private func pairs(unless isSet: (String) -> Bool) -> String {
    let keywords = Self.serverVariables.merging(Self.otherVariables) { first, _ in first }
    return variables.dotEnv.values.sorted { $0.key < $1.key }.compactMap { name, value in
      guard let keyword = keywords[name], !isSet(name), !value.text.isEmpty else { return nil }
      let escaped = value.text.map { "'\\".contains($0) ? "\\\($0)" : String($0) }.joined()
      return "\(keyword)='\(escaped)'"
    }.joined(separator: " ")
  }
}
