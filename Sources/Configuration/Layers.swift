internal import Catalog

/// Settles each option by precedence: flag, environment, `.env`, file, default.
struct Layers {
  private let flags: [String: String]
  let variables: Variables
  var mistakes: Mistakes

  /// Every text of a flag or variable that was given, so that each is checked once, used or not.
  init(flags: [String: String], variables: Variables, mistakes: Mistakes) {
    self.flags = Dictionary(
      flags.map { ($0.key.map { $0 == "-" ? "_" : String($0) }.joined(), $0.value) },
      uniquingKeysWith: { first, _ in first })
    self.variables = variables
    self.mistakes = mistakes
    for name in self.flags.keys.sorted() where !Options.names.contains(name) {
      self.mistakes.add(
        "there is no option \(name.shown)", at: "the command line",
        remedy: suggestion(for: name, among: Options.names)
          ?? "the options are \(Options.names.joined(separator: " "))")
    }
  }

  /// Notes a mistake that only the whole configuration shows.
  mutating func complain(_ what: String, at place: String, remedy: String) {
    mistakes.add(what, at: place, remedy: remedy)
  }

  /// The value of an option: the first layer that says something.
  mutating func setting<Value>(
    _ rule: OptionRule<Value>, _ inFile: Placed<Value>?..., otherwise fallback: Value
  ) -> Setting<Value> {
    if let given = given(rule) { return given }
    for case let placed? in inFile { return Setting(placed.value, from: .file(placed.place)) }
    return Setting(fallback, from: .builtIn)
  }

  /// What flags or variables say of an option; nil where they are silent or wrong.
  mutating func given<Value>(_ rule: OptionRule<Value>) -> Setting<Value>? {
    let text: String
    let origin: Origin
    if let flag = flags[rule.name] {
      (text, origin) = (flag, .flag(rule.flag))
    } else if let variable = variables.value(rule.variable, &mistakes) {
      (text, origin) = variable
    } else {
      return nil
    }
    do {
      return Setting(try rule.parse(text), from: origin)
    } catch {
      mistakes.add(error.what, at: origin, remedy: error.remedy)
      return nil
    }
  }

  /// The streams that the file asks for and the selection leaves, with their settings.
  mutating func streams(_ file: ReplicationFile) -> [StreamSettings] {
    let (all, disabled) = offered(file)
    // What costs much is read only where somebody wrote its name.
    let offered = all.filter { $0.stream.isUsual || file.names($0.stream) }
    guard let selection = given(Options.streams) else {
      if offered.isEmpty, mistakes.found.isEmpty, let place = file.streams?.place {
        mistakes.add(
          "no stream is left to read", at: place, remedy: "name one, or write '*' for all")
      }
      return offered
    }
    let named = Set(selection.value)
    return selected(
      selection,
      of: all.filter { stream in
        named.contains(stream.stream.id.name) || offered.contains { $0.stream == stream.stream }
      }, disabled)
  }

  /// The streams that the file asks for, and where it disables others.
  mutating func offered(
    _ file: ReplicationFile
  ) -> ([StreamSettings], disabled: [StreamDefinition.ID: Place]) {
    var disabled: [StreamDefinition.ID: Place] = [:]
    var offered: [StreamSettings] = []
    for stream in StreamDefinition.all {
      guard let entry = file.entry(for: stream) else { continue }
      if let flag = entry.isDisabled ?? file.defaults.isDisabled, flag.value {
        disabled[stream.id] = flag.place
        continue
      }
      offered.append(settings(of: stream, entry, file.defaults))
    }
    return (offered, disabled)
  }

  /// All other streams of the catalogue, as they would be read.
  mutating func others(
    than chosen: [StreamSettings], _ file: ReplicationFile
  ) -> [StreamSettings] {
    let isChosen = Set(chosen.map(\.stream.id))
    var others: [StreamSettings] = []
    for stream in StreamDefinition.all where !isChosen.contains(stream.id) {
      let entry = file.entry(for: stream) ?? StreamEntry()
      // What is wrong with a stream that is not read keeps nobody from reading others.
      let before = mistakes
      defer {
        if (entry.isDisabled ?? file.defaults.isDisabled)?.value == true { mistakes = before }
      }
      others.append(settings(of: stream, entry, file.defaults))
    }
    return others
  }

  private mutating func settings(
    of stream: StreamDefinition, _ entry: StreamEntry, _ defaults: StreamEntry
  ) -> StreamSettings {
    let tags = entry.tags ?? defaults.tags
    let usual = DeletionRule()
    let deleteMissing = setting(
      Options.deleteMissing, entry.deleteMissing, defaults.deleteMissing, otherwise: usual.manner)
    let stream = shaped(stream, entry.shape, defaults.shape, leaving: deleteMissing.value)
    return StreamSettings(
      stream: stream,
      mode: setting(Options.mode, entry.mode, defaults.mode, otherwise: .incremental),
      anchor: setting(Options.anchorDate, entry.anchor, defaults.anchor, otherwise: nil),
      lookback: setting(
        Options.lookback, entry.lookback, defaults.lookback, otherwise: .seconds(600)),
      refresh: setting(Options.refresh, entry.refresh, defaults.refresh, otherwise: nil),
      deleteMissing: deleteMissing,
      maxDeleteRatio: setting(
        Options.maxDeleteRatio, entry.maxDeleteRatio, defaults.maxDeleteRatio,
        otherwise: usual.maxRatio),
      maxDeleteRows: setting(
        Options.maxDeleteRows, entry.maxDeleteRows, defaults.maxDeleteRows,
        otherwise: usual.maxRows),
      tags: Setting(tags?.value ?? [], from: tags.map { .file($0.place) } ?? .builtIn),
      hooks: hooks(entry, defaults),
      checks: checks(of: stream, entry.checks ?? defaults.checks))
  }

  /// What `--streams contacts,tag:daily,-deals` leaves of the streams offered.
  mutating func selected(
    _ selection: Setting<[String]>, of offered: [StreamSettings],
    _ disabled: [StreamDefinition.ID: Place]
  ) -> [StreamSettings] {
    var wanted: Set<StreamDefinition.ID> = []
    var unwanted: Set<StreamDefinition.ID> = []
    for name in selection.value {
      let isUnwanted = name.hasPrefix("-")
      let bare = String(name.drop { $0 == "-" })
      let found = streams(called: bare, of: offered, disabled, at: selection.origin)
      if isUnwanted { unwanted.formUnion(found) } else { wanted.formUnion(found) }
    }
    let isOnlyUnwanted = selection.value.allSatisfy { $0.hasPrefix("-") }
    let left = offered.filter {
      (isOnlyUnwanted || wanted.contains($0.stream.id)) && !unwanted.contains($0.stream.id)
    }
    if left.isEmpty, mistakes.found.isEmpty {
      mistakes.add(
        "the selection leaves no stream", at: selection.origin, remedy: "name one that is offered")
    }
    return left
  }

  private mutating func streams(
    called name: String, of offered: [StreamSettings], _ disabled: [StreamDefinition.ID: Place],
    at origin: Origin
  ) -> [StreamDefinition.ID] {
    if name.hasPrefix("tag:") {
      let tag = String(name.dropFirst(4))
      let found = offered.filter { $0.tags.value.contains(tag) }.map(\.stream.id)
      if found.isEmpty {
        mistakes.add(
          "no stream has the tag \(tag.shown)", at: origin,
          remedy: suggestion(for: tag, among: offered.flatMap(\.tags.value))
            ?? "give it one under tags in the file")
      }
      return found
    }
    let names = StreamDefinition.all.map(\.id.name)
    let found = StreamDefinition.all.map(\.id).filter {
      name.contains("*") ? ReplicationFile.matches($0.name, pattern: name) : $0.name == name
    }
    if found.isEmpty {
      mistakes.add(
        "there is no stream \(name.shown)", at: origin,
        remedy: suggestion(for: name, among: names)
          ?? "the streams are \(names.joined(separator: " "))")
    }
    let isOffered = Set(offered.map(\.stream.id))
    for id in found where !name.contains("*") && !isOffered.contains(id) {
      let place = disabled[id]
      mistakes.add(
        "the stream \(id) is \(place == nil ? "not in the file" : "disabled in the file")",
        at: place.map { Origin.file($0) } ?? origin,
        remedy: place == nil ? "add it under streams" : "remove disabled: true")
    }
    return found
  }
}
