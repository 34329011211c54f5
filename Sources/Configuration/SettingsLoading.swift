internal import Catalog

extension Settings {
  /// The file that is read where none is named.
  public static let defaultFile = "replication.yaml"

  /// Reads flags, environment, `.env` and file, in this order of precedence, and checks them all.
  ///
  /// - Returns: The settings of each of the file's accounts, in its order; of a file that names none
  ///   the settings of the one that source or variables name.
  /// - Parameters:
  ///   - file: The file's name; nil means `replication.yaml` in the working directory. The `.env` is
  ///     looked for beside it.
  ///   - explicit: Whether the user named the file, so that it must exist.
  ///   - environment: The variables of the environment.
  ///   - flags: Options of the command line, by name (`page-size` or `page_size`).
  /// - Throws: `ConfigurationError` with every mistake there is.
  public static func load(
    file: String?, explicit: Bool, environment: [String: String], flags: [String: String]
  ) throws(ConfigurationError) -> [Settings] {
    var mistakes = Mistakes()
    let path = file ?? defaultFile
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let dotEnv = readDotEnv(folder + ".env", &mistakes)
    let text = readFile(path, mustExist: explicit, &mistakes)
    let variables = Variables(environment: environment, dotEnv: dotEnv)
    return try settings(
      text.map { (path, $0) }, folder: folder, variables, flags: flags, mistakes)
  }

  /// The part of `load` that reads no file but the key's.
  static func settings(
    _ file: (path: String, text: String)?, folder: String = "", _ variables: Variables,
    flags: [String: String], _ earlier: Mistakes = Mistakes()
  ) throws(ConfigurationError) -> [Settings] {
    var mistakes = earlier
    var used: Set<String> = []
    var decoded = ReplicationFile()
    if let file, let root = YAMLReader.read(file.text, file: file.path, &mistakes) {
      decoded = ReplicationFileDecoder.decode(
        root, variables, usedVariables: &used, &mistakes)
    }
    variables.reportMisspelt(
      except: used, accounts: decoded.accounts.map(\.prefix), &mistakes)
    let source = Given(
      path: file?.path, folder: folder, variables: variables, flags: flags, file: decoded)
    let found = decoded.accounts.filter { $0.isDisabled?.value != true }.map { account in
      settings(from: source, account, &mistakes)
    }
    if decoded.accounts.isEmpty {
      let settings = settings(from: source, nil, &mistakes)
      try mistakes.check()
      return [settings]
    }
    if found.isEmpty {
      mistakes.add(
        "every account is disabled", at: path(of: file), remedy: "remove disabled: true from one")
    }
    checkApart(found, decoded.accounts, &mistakes)
    try mistakes.check()
    return found
  }

  /// What the settings of each account are made from.
  private struct Given {
    let path: String?
    let folder: String
    let variables: Variables
    let flags: [String: String]
    let file: ReplicationFile
  }

  private static func settings(
    from source: Given, _ account: AccountEntry?, _ mistakes: inout Mistakes
  ) -> Settings {
    let file = account.map(source.file.alone) ?? source.file
    var ends = Ends(
      variables: source.variables, file: file, account: account, folder: source.folder,
      mistakes: mistakes)
    let (sourceURL, apiKey, database) = (ends.sourceURL(), ends.apiKey(), ends.database())
    var layers = Layers(flags: source.flags, variables: source.variables, mistakes: ends.mistakes)
    let defaults = file.defaults
    let requestsPerSecond = layers.setting(
      Options.requestsPerSecond, defaults.requestsPerSecond, otherwise: 4)
    let concurrency = layers.setting(Options.concurrency, defaults.concurrency, otherwise: 3)
    let pageSize = layers.setting(Options.pageSize, defaults.pageSize, otherwise: 100)
    let maxRequests = layers.setting(Options.maxRequests, defaults.maxRequests, otherwise: nil)
    let maxDuration = layers.setting(Options.maxDuration, defaults.maxDuration, otherwise: nil)
    // Of all accounts together, so that what an account of its own says of it counts for nothing.
    let parallelAccounts = layers.setting(
      Options.parallelAccounts, source.file.defaults.parallelAccounts, otherwise: nil)
    let streams = layers.streams(file)
    let operating = layers.operating(file)
    let settings = Settings(
      file: source.path, accountName: account?.name.value,
      schema: schema(file, account, &layers.mistakes),
      sourceURL: sourceURL, apiKey: apiKey, database: database,
      requestsPerSecond: requestsPerSecond, concurrency: concurrency, pageSize: pageSize,
      maxRequests: maxRequests, maxDuration: maxDuration, parallelAccounts: parallelAccounts,
      notify: file.notify, hooks: file.hooks,
      streams: streams, others: layers.others(than: streams, file),
      operating: operating)
    requireOwnTables(settings.streams + settings.others, file, &layers.mistakes)
    mistakes = layers.mistakes
    return settings
  }

  /// Two accounts in one schema would mix their rows, and one account named twice would be read twice.
  private static func checkApart(
    _ settings: [Settings], _ accounts: [AccountEntry], _ mistakes: inout Mistakes
  ) {
    for (number, one) in settings.enumerated() {
      let place = accounts.first { $0.name.value == one.accountName }?.name.place
      for other in settings[..<number] {
        let name = other.accountName ?? ""
        if one.schema.value == other.schema.value {
          mistakes.add(
            "two accounts have the schema \(one.schema.value)",
            at: place?.description ?? "accounts",
            remedy: "give this one another schema than \(name)")
        }
        if let url = one.sourceURL?.value, url == other.sourceURL?.value {
          mistakes.add(
            "two accounts have the same address", at: place?.description ?? "accounts",
            remedy: "remove this one or \(name)")
        }
      }
    }
  }

  private static func path(of file: (path: String, text: String)?) -> String {
    file?.path ?? defaultFile
  }

  private static func readFile(
    _ path: String, mustExist: Bool, _ mistakes: inout Mistakes
  ) -> String? {
    do {
      return try FileText.read(path, most: YAMLReader.mostBytes)
    } catch {
      if error == .isMissing, !mustExist { return nil }
      mistakes.add(
        "the configuration file \(error.words.what)", at: path, remedy: error.words.remedy)
      return nil
    }
  }

  private static func readDotEnv(_ path: String, _ mistakes: inout Mistakes) -> DotEnv {
    do {
      let text = try FileText.read(path, most: DotEnv.mostBytes)
      return DotEnv(text, file: path, &mistakes)
    } catch {
      if error != .isMissing {
        mistakes.add("\(path) \(error.words.what)", at: path, remedy: error.words.remedy)
      }
      return DotEnv()
    }
  }
}
