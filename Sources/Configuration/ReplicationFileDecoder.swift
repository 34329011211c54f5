internal import Catalog

/// Decodes the nodes of `replication.yaml`, collecting every mistake on the way.
struct ReplicationFileDecoder {
  /// Whom an entry is about, which decides what may stand in it.
  enum Subject {
    case defaults
    case pattern(String)
    case stream(StreamDefinition)
  }

  private var file = ReplicationFile()
  var mistakes: Mistakes
  /// Where the file says what schema the tables are in.
  var schemaPlaces: [Place] = []

  /// The decoded file, with `${NAME}` replaced; what cannot be decoded is in `mistakes`.
  static func decode(
    _ root: YAMLNode, _ variables: Variables, usedVariables: inout Set<String>,
    _ mistakes: inout Mistakes
  ) -> ReplicationFile {
    var decoder = ReplicationFileDecoder(mistakes)
    usedVariables = decoder.root(root, variables)
    mistakes = decoder.mistakes
    return decoder.file
  }

  private init(_ mistakes: Mistakes) { self.mistakes = mistakes }

  private mutating func root(_ root: YAMLNode, _ variables: Variables) -> Set<String> {
    let entries = map(root, "the file", keys: .root)
    let own = fileVariables(entries.first { $0.key.text == "env" }?.value, variables)
    var substitution = Substitution(variables, fileVariables: own.mapValues(\.text))
    for entry in entries where entry.key.text != "env" {
      let value = substitution.replaced(entry.value, &mistakes)
      switch entry.key.text {
      case "source": file.source = end(value, "source", default: "ACTIVECAMPAIGN")
      case "target": file.target = end(value, "target", default: "POSTGRES")
      case "notify": file.notify = notify(value)
      case "hooks": file.hooks = runHooks(value)
      case "defaults": file.defaults = self.entry(value, about: .defaults)
      case "schedule": file.schedule = schedule(value)
      case "accounts": file.accounts = accounts(value)
      default: file.streams = streams(value, at: entry.key.place)
      }
    }
    if let source = file.source, !file.accounts.isEmpty {
      mistakes.add(
        "source and accounts both say what is read", at: source.place,
        remedy: "move source into one of the accounts")
    }
    for place in file.accounts.isEmpty ? [] : schemaPlaces {
      mistakes.add(
        "object names one schema, and each account has its own", at: place,
        remedy: "remove it; an account's schema is called schema")
    }
    for (name, variable) in own where !substitution.used.contains(name) {
      mistakes.add(
        "the variable \(name.shown) is used nowhere", at: variable.place,
        remedy: "write ${\(name)} where it is meant, or remove it; options go under source_options")
    }
    return substitution.used.union(own.values.flatMap(\.used))
  }

  /// The file's `env` block: names for values, usable as `${NAME}` in the rest of the file.
  private mutating func fileVariables(
    _ node: YAMLNode?, _ variables: Variables
  ) -> [String: (text: String, place: Place, used: Set<String>)] {
    guard let node else { return [:] }
    var values: [String: (text: String, place: Place, used: Set<String>)] = [:]
    for entry in map(node, "env", keys: nil) {
      guard entry.key.text.isVariableName else {
        mistakes.add(
          "\(entry.key.text.shown) is no variable's name", at: entry.key.place,
          remedy: "use letters, digits and _")
        continue
      }
      var substitution = Substitution(variables)
      let value = substitution.replaced(entry.value, &mistakes)
      guard let scalar = scalar(value, entry.key.text, expects: "a single value") else { continue }
      values[entry.key.text] = (scalar.text, entry.key.place, substitution.used)
    }
    return values
  }

  /// `source` or `target`.
  mutating func end(
    _ node: YAMLNode, _ name: String, default fallback: String
  ) -> Placed<String>? {
    guard let scalar = scalar(node, name, expects: "\(fallback) or an address") else { return nil }
    if !scalar.written.contains("${"), Address.holdsPassword(scalar.written) {
      mistakes.add(
        "a password stands in the file", at: node.place,
        remedy: "set \(name == "target" ? "DATABASE_URL" : "ACTIVECAMPAIGN_URL") instead")
      return nil
    }
    return Placed(value: scalar.text, place: node.place)
  }

  /// Which streams are read.
  mutating func streams(_ node: YAMLNode, at place: Place) -> StreamChoice {
    var choice = StreamChoice(place: place)
    let names = StreamDefinition.all.map(\.id.name)
    for entry in map(node, "streams", keys: nil) {
      let name = entry.key.text
      if name.contains("*") {
        if !names.contains(where: { ReplicationFile.matches($0, pattern: name) }) {
          mistakes.add(
            "no stream fits \(name.shown)", at: entry.key.place,
            remedy: "the streams are \(names.joined(separator: " "))")
        }
        choice.patterns.append((name, self.entry(entry.value, about: .pattern(name))))
      } else if let stream = StreamDefinition.named(name) {
        choice.named[stream.id] = self.entry(entry.value, about: .stream(stream))
      } else {
        mistakes.add(
          "there is no stream \(name.shown)", at: entry.key.place,
          remedy: suggestion(for: name, among: names)
            ?? "the streams are \(names.joined(separator: " "))")
        _ = self.entry(entry.value, about: .pattern(name))
      }
    }
    return choice
  }

  private mutating func entry(_ node: YAMLNode, about subject: Subject) -> StreamEntry {
    var entry = StreamEntry()
    for item in map(node, "a stream", keys: .stream) {
      self.item(item, about: subject, into: &entry)
    }
    return entry
  }

  /// One key of an entry.
  mutating func item(_ item: YAMLNode.Entry, about subject: Subject, into entry: inout StreamEntry)
  {
    let value = item.value
    switch item.key.text {
    case "mode": entry.mode = self.value(value, Options.mode)
    case "object": entry.shape.object = object(value, about: subject)
    case "select": entry.shape.select = select(value, about: subject)
    case "where": entry.shape.condition = condition(value, about: subject)
    case "history": entry.shape.history = flag(value, "history")
    case "snapshot": entry.shape.snapshot = snapshot(value, about: subject)
    case "columns": entry.shape.types = types(value, about: subject)
    case "transforms": entry.shape.transforms = transforms(value, about: subject)
    case "primary_key": checkPrimaryKey(value)
    case "update_key": checkUpdateKey(value, at: item.key.place, about: subject)
    case "disabled": entry.isDisabled = flag(value, "disabled")
    case "tags": entry.tags = texts(value, "tags")
    case "description": _ = scalar(value, "description", expects: "text")
    case "hooks": entry.hooks = streamHooks(value)
    case "checks": entry.checks = checks(value)
    case "source_options": sourceOptions(value, about: subject, into: &entry)
    default: targetOptions(value, about: subject, into: &entry)
    }
  }

  private mutating func sourceOptions(
    _ node: YAMLNode, about subject: Subject, into entry: inout StreamEntry
  ) {
    for item in map(node, "source_options", keys: .sourceOptions) {
      let name = item.key.text
      let isAboutTime = [Options.anchorDate.name, Options.lookback.name].contains(name)
      switch subject {
      case .defaults: break
      case .stream(let stream) where isAboutTime && !stream.isIncremental:
        mistakes.add(
          "\(name) has no effect on \(stream.id): the API cannot tell what changed there",
          at: item.key.place, remedy: "remove it; the stream is read whole")
      case .pattern, .stream:
        guard !isAboutTime, name != Options.refresh.name else { break }
        mistakes.add(
          "\(name) holds for the whole account, not for single streams", at: item.key.place,
          remedy: "move it to source_options under defaults")
      }
      switch name {
      case Options.requestsPerSecond.name:
        entry.requestsPerSecond = value(item.value, Options.requestsPerSecond)
      case Options.concurrency.name: entry.concurrency = value(item.value, Options.concurrency)
      case Options.pageSize.name: entry.pageSize = value(item.value, Options.pageSize)
      case Options.maxRequests.name: entry.maxRequests = value(item.value, Options.maxRequests)
      case Options.maxDuration.name: entry.maxDuration = value(item.value, Options.maxDuration)
      case Options.parallelAccounts.name:
        entry.parallelAccounts = value(item.value, Options.parallelAccounts)
      case Options.anchorDate.name: entry.anchor = value(item.value, Options.anchorDate)
      case Options.refresh.name: entry.refresh = value(item.value, Options.refresh)
      case Options.auditRequests.name:
        entry.auditRequests = value(item.value, Options.auditRequests)
      case Options.accountTimeZone.name:
        entry.accountTimeZone = value(item.value, Options.accountTimeZone)
      default: entry.lookback = value(item.value, Options.lookback)
      }
    }
  }

  private mutating func targetOptions(
    _ node: YAMLNode, about subject: Subject, into entry: inout StreamEntry
  ) {
    for item in map(node, "target_options", keys: .targetOptions) {
      switch item.key.text {
      case Options.deleteMissing.name:
        entry.deleteMissing = value(item.value, Options.deleteMissing)
      case Options.maxDeleteRatio.name:
        entry.maxDeleteRatio = value(item.value, Options.maxDeleteRatio)
      case Options.maxDeleteRows.name:
        entry.maxDeleteRows = value(item.value, Options.maxDeleteRows)
      default: tableOption(item, about: subject, into: &entry.shape)
      }
    }
  }
}

// MARK: What must say what the catalogue says

extension ReplicationFileDecoder {
  private mutating func checkPrimaryKey(_ node: YAMLNode) {
    guard let names = texts(node, "primary_key"), names.value != ["id"] else { return }
    mistakes.add(
      "primary_key: every stream's key is id", at: node.place, remedy: "write [id], or remove it")
  }

  private mutating func checkUpdateKey(
    _ node: YAMLNode, at place: Place, about subject: Subject
  ) {
    guard let scalar = scalar(node, "update_key", expects: "text") else { return }
    guard case .stream(let stream) = subject else {
      return mistakes.add(
        "update_key differs from stream to stream", at: place, remedy: "move it to its stream")
    }
    guard let index = stream.versionIndex else {
      return mistakes.add(
        "\(stream.id) has no update_key: the API cannot tell what changed there", at: place,
        remedy: "remove it; the stream is read whole")
    }
    guard scalar.text != stream.columns[index].name else { return }
    mistakes.add(
      "update_key: that of \(stream.id) is \(stream.columns[index].name), not \(scalar.written.shown)",
      at: node.place, remedy: "write \(stream.columns[index].name), or remove it")
  }
}
