import Catalog
import Simulator

/// What the simulated account does to its readers: faults, filters of its own mind, and edits.
struct SimulatedTrouble {
  static let fault = Option(
    "fault", value: "KIND[:SHARE][@STREAM]", isRepeatable: true,
    "what goes wrong, and at which answers: 2%, 3x, always")
  static let faultSeed = Option("fault-seed", value: "N", "other answers go wrong; default 1")
  static let precision = Option(
    "filter-precision", value: "HOW", "of a date filter's value count the day or the second")
  static let zone = Option(
    "filter-zone", value: "HOW", "its days are those of central time or of utc")
  static let bound = Option(
    "filter-bound", value: "HOW", "its own day is inclusive, as for deals, or exclusive")
  static let honoured = Option(
    "filter-honoured", value: "HOW", "yes, or no: date filters are ignored")
  static let creation = Option(
    "filter-creation", value: "HOW",
    "on creation: honoured, ignored, lower-only, empty, or updated")
  static let nullUpdate = Option(
    "null-update-counts-as-creation", "filters find rows without update time by their creation")
  static let tagID = Option("ignore-tagid", "the filter tagid of contacts is ignored")
  static let include = Option("ignore-include", "contacts bring nothing beside them")
  static let without = Option(
    "without", value: "A,B", isRepeatable: true,
    "what the account's plan lacks, such as ecommerce: its lists answer 403")
  static let edits = Option(
    "edits-per-request", value: "X", "so many rows are added, changed or deleted at every request")
  static let editSeed = Option("edit-seed", value: "N", "other edits; default 1")
  static let editStreams = Option(
    "edit-streams", value: "A,B", "only rows of these are edited; default all streams")
  static let editRequests = Option(
    "edit-requests", value: "N", "after so many requests the account is left alone")

  static let options = [
    fault, faultSeed, precision, zone, bound, honoured, creation, nullUpdate, tagID, include,
    without, edits, editSeed, editStreams, editRequests,
  ]

  private let invocation: Invocation
  private var arguments: Arguments { invocation.arguments }

  init(_ invocation: Invocation) { self.invocation = invocation }

  /// Lets a server make it.
  func apply(to options: inout ServerOptions) throws {
    try require(Self.fault, for: [Self.faultSeed])
    try require(Self.edits, for: [Self.editSeed, Self.editStreams, Self.editRequests])
    try applyFaults(to: &options)
    try applyFilters(to: &options.filters)
    options.edits = try editScript()
    options.missingFeatures = try missingFeatures()
  }

  /// What the paths of the features that the plan lacks begin with.
  private func missingFeatures() throws -> Set<String> {
    let names = arguments.value(of: Self.without)?.split(separator: ",").map(String.init) ?? []
    return try names.reduce(into: []) { paths, name in
      guard let feature = Feature(rawValue: name) else {
        let known = Feature.allCases.map(\.rawValue)
        throw UsageError.badValue(
          name, option: Self.without.name, expected: Self.oneOf(known, near: name))
      }
      paths.formUnion(feature.paths)
    }
  }

  /// Refuses options that would do nothing without the one that they go with.
  private func require(_ option: Option, for others: [Option]) throws(UsageError) {
    guard !arguments.has(option), others.contains(where: arguments.has) else { return }
    throw .missingValue(option.name, placeholder: option.value ?? "")
  }

  // MARK: faults

  private func applyFaults(to options: inout ServerOptions) throws {
    guard let text = arguments.value(of: Self.fault) else { return }
    let seed = try invocation.number(Self.faultSeed, in: 0...Int.max) ?? 1
    let choices = try text.split(separator: ",", omittingEmptySubsequences: false).map {
      try choice(String($0))
    }
    options.keepsCopy = choices.contains { choice in
      if case .page(.stale) = choice.fault { true } else { false }
    }
    options.faults.decide(FaultMix(seed: UInt64(seed), choices).fault)
  }

  /// Reads `KIND[:SHARE][@STREAM]`.
  private func choice(_ text: String) throws -> FaultMix.Choice {
    let sides = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let words = sides[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = words.first.map(String.init) ?? ""
    guard let kind = FaultKind.named(name) else {
      throw UsageError.badValue(
        name, option: Self.fault.name, expected: Self.oneOf(FaultKind.all.map(\.name), near: name))
    }
    let share = try words.count == 2 ? share(String(words[1])) : .portion(0.05)
    let path =
      try sides.count == 2
      ? address(of: String(sides[1])) : nil
    return FaultMix.Choice(kind.fault, share, on: path)
  }

  /// Where a stream is asked for, as the audit writes it: `contacts/id/geoIps`.
  private func address(of name: String) throws(UsageError) -> String {
    let path = try SimulatedAccount.path(of: name, for: Self.fault)
    return StreamDefinition.named(name)?.path.split(separator: "/")
      .map { $0 == "{id}" ? "id" : String($0) }.joined(separator: "/") ?? path
  }

  private func share(_ text: String) throws -> FaultMix.Share {
    if text == "always" { return .always }
    if text.hasSuffix("%"), let percent = Double(text.dropLast()), (0...100).contains(percent) {
      return .portion(percent / 100)
    }
    if text.hasSuffix("x"), let count = Int(text.dropLast()), count > 0 { return .first(count) }
    throw UsageError.badValue(
      text, option: Self.fault.name, expected: "a share such as 2%, 3x or always")
  }

  // MARK: filters

  private func applyFilters(to filters: inout FilterBehaviour) throws {
    try set(Self.precision, among: FilterBehaviour.Precision.allCases, \.precision, &filters)
    try set(Self.zone, among: FilterBehaviour.Zone.allCases, \.zone, &filters)
    try set(Self.bound, among: FilterBehaviour.Bound.allCases, \.bound, &filters)
    try set(Self.creation, among: FilterBehaviour.Creation.allCases, \.creation, &filters)
    for (path, word) in try words(of: Self.honoured, among: ["yes", "no"]) {
      filters[keyPath: path].isHonoured = word == "yes"
    }
    if arguments.has(Self.nullUpdate) { filters.nullUpdateCountsAsCreation = true }
    if arguments.has(Self.tagID) { filters.honoursTagID = false }
    if arguments.has(Self.include) { filters.honoursInclude = false }
  }

  private func set<Value: RawRepresentable<String>>(
    _ option: Option, among values: [Value],
    _ property: WritableKeyPath<FilterBehaviour.DateFilter, Value>,
    _ filters: inout FilterBehaviour
  ) throws {
    for (path, word) in try words(of: option, among: values.map(\.rawValue)) {
      guard let value = Value(rawValue: word) else { continue }
      filters[keyPath: path][keyPath: property] = value
    }
  }

  private typealias DateFilterPath = WritableKeyPath<FilterBehaviour, FilterBehaviour.DateFilter>

  /// Reads `VALUE`, which is meant for both resources, or `contacts=VALUE,deals=VALUE`.
  private func words(of option: Option, among known: [String]) throws(UsageError)
    -> [(DateFilterPath, String)]
  {
    guard let text = arguments.value(of: option) else { return [] }
    let paths: [String: DateFilterPath] = ["contacts": \.contacts, "deals": \.deals]
    var found: [(DateFilterPath, String)] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      let word = sides.last ?? ""
      let resources = sides.count == 2 ? paths.filter { $0.key == sides[0] } : paths
      guard known.contains(word), !resources.isEmpty else {
        throw .badValue(
          text, option: option.name,
          expected: "\(known.joined(separator: " or ")), also as contacts=\(known[0])")
      }
      found += resources.values.map { ($0, word) }
    }
    return found
  }

  // MARK: edits

  private func editScript() throws -> EditScript? {
    guard let text = arguments.value(of: Self.edits) else { return nil }
    guard let perRequest = Double(text), (0...1000).contains(perRequest) else {
      throw UsageError.badValue(
        text, option: Self.edits.name, expected: "a number from 0 to 1000, such as 0.5")
    }
    let streams = arguments.value(of: Self.editStreams)?.split(separator: ",").map(String.init)
    let paths = try streams?.map { try SimulatedAccount.path(of: $0, for: Self.editStreams) }
    return EditScript(
      seed: UInt64(try invocation.number(Self.editSeed, in: 0...Int.max) ?? 1),
      perRequest: perRequest, paths: paths ?? EditScript.paths,
      requests: try invocation.number(Self.editRequests, in: 0...Int.max))
  }

  /// Names to choose from, the one that was most likely meant first.
  static func oneOf(_ names: [String], near name: String) -> String {
    let nearest = nearestName(to: name, among: names).map { "\($0), or " } ?? ""
    return "\(nearest)one of \(names.joined(separator: ", "))"
  }
}
