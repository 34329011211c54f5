internal import Catalog

extension Settings {
  /// The file that is read where none is named.
  public static let defaultFile = "replication.yaml"

  /// Reads flags, environment, `.env` and file, in this order of precedence, and checks them all.
  ///
  /// - Parameters:
  ///   - file: The file's name; nil means `replication.yaml` in the working directory. The `.env` is
  ///     looked for beside it.
  ///   - explicit: Whether the user named the file, so that it must exist.
  ///   - environment: The variables of the environment.
  ///   - flags: Options of the command line, by name (`page-size` or `page_size`).
  /// - Throws: `ConfigurationError` with every mistake there is.
  public static func load(
    file: String?, explicit: Bool, environment: [String: String], flags: [String: String]
  ) throws(ConfigurationError) -> Settings {
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
  ) throws(ConfigurationError) -> Settings {
    var mistakes = earlier
    var used: Set<String> = []
    var decoded = ReplicationFile()
    if let file, let root = YAMLReader.read(file.text, file: file.path, &mistakes) {
      decoded = ReplicationFileDecoder.decode(
        root, variables, usedVariables: &used, &mistakes)
    }
    variables.reportMisspelt(except: used, &mistakes)
    var ends = Ends(variables: variables, file: decoded, folder: folder, mistakes: mistakes)
    let (sourceURL, apiKey, database) = (ends.sourceURL(), ends.apiKey(), ends.database())
    var layers = Layers(flags: flags, variables: variables, mistakes: ends.mistakes)
    let defaults = decoded.defaults
    let requestsPerSecond = layers.setting(
      Options.requestsPerSecond, defaults.requestsPerSecond, otherwise: 4)
    let concurrency = layers.setting(Options.concurrency, defaults.concurrency, otherwise: 3)
    let pageSize = layers.setting(Options.pageSize, defaults.pageSize, otherwise: 100)
    let maxRequests = layers.setting(Options.maxRequests, defaults.maxRequests, otherwise: nil)
    let maxDuration = layers.setting(Options.maxDuration, defaults.maxDuration, otherwise: nil)
    let streams = layers.streams(decoded)
    let settings = Settings(
      file: file?.path, sourceURL: sourceURL, apiKey: apiKey, database: database,
      requestsPerSecond: requestsPerSecond, concurrency: concurrency, pageSize: pageSize,
      maxRequests: maxRequests, maxDuration: maxDuration, notify: decoded.notify,
      hooks: decoded.hooks,
      streams: streams, others: layers.others(than: streams, decoded))
    try layers.mistakes.check()
    return settings
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
