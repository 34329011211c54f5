internal import Catalog
internal import Scheduling

/// One element of the file's `schedule`, its streams still by name.
struct FileSchedule: Sendable {
  let timing: Timing
  /// What `streams` says; nil: nothing, or `all`.
  let streams: Placed<[String]>?
}

extension KnownKeys {
  static let schedule = KnownKeys(
    part: "an element of schedule", read: ["every", "cron", "time_zone", "streams"])
}

extension ReplicationFileDecoder {
  /// The list of when which streams are read; one map alone counts as a list of one.
  mutating func schedule(_ node: YAMLNode) -> [FileSchedule] {
    let nodes: [YAMLNode]
    switch node.content {
    case .list(let list): nodes = list
    case .map: nodes = [node]
    default:
      if !node.isNull {
        wrongShape(node, "schedule", expects: "a list (- every: 15m)")
      }
      return []
    }
    var schedules: [FileSchedule] = []
    for node in nodes {
      if let schedule = scheduleElement(node) { schedules.append(schedule) }
    }
    return schedules
  }

  private mutating func scheduleElement(_ node: YAMLNode) -> FileSchedule? {
    var every: Placed<Interval>?
    var cron: Placed<CronExpression>?
    var zone: Placed<TimeZoneRules>?
    var streams: Placed<[String]>?
    let before = mistakes.found.count
    for item in map(node, "an element of schedule", keys: .schedule) {
      switch item.key.text {
      case "every": every = value(item.value, Options.every)
      case "cron": cron = value(item.value, Options.cron)
      case "time_zone": zone = value(item.value, Options.timeZone)
      default: streams = selection(item.value)
      }
    }
    if let zone, cron == nil, mistakes.found.count == before {
      mistakes.add(
        "time_zone has no effect without cron", at: zone.place, remedy: "remove it")
    }
    switch (every, cron) {
    case (let every?, nil): return FileSchedule(timing: .every(every.value), streams: streams)
    case (nil, let cron?):
      return FileSchedule(timing: .cron(cron.value, zone?.value ?? .utc), streams: streams)
    case (_?, let cron?):
      mistakes.add(
        "every and cron contradict each other", at: cron.place,
        remedy: "write two elements, each with one of them")
    case (nil, nil):
      // What was wrong with the one that stands there has been said.
      if mistakes.found.count == before {
        mistakes.add(
          "an element of schedule says not when", at: node.place,
          remedy: "add every: 15m, or cron: \"0 3 * * *\"")
      }
    }
    return nil
  }

  /// `all`, `tag:core`, or a list of names; commas separate too, as on the command line.
  private mutating func selection(_ node: YAMLNode) -> Placed<[String]>? {
    guard let texts = texts(node, "streams") else { return nil }
    let names = texts.value.flatMap { $0.split(separator: ",").map { String($0.trimmed) } }
      .filter { !$0.isEmpty }
    guard !names.isEmpty else {
      mistakes.add("streams names none", at: node.place, remedy: "write all, or name some")
      return nil
    }
    return names == ["all"] ? nil : Placed(value: names, place: node.place)
  }
}

extension Layers {
  /// How a run tells of itself, and when it is to be done.
  mutating func operating(_ file: ReplicationFile) -> OperatingSettings {
    OperatingSettings(
      logFormat: setting(Options.logFormat, otherwise: .text),
      auditRequests: setting(
        Options.auditRequests, file.defaults.auditRequests, otherwise: false),
      accountTimeZone: setting(
        Options.accountTimeZone, file.defaults.accountTimeZone, otherwise: nil),
      metricsFile: setting(Options.metricsFile, otherwise: nil),
      listen: setting(Options.listen, otherwise: nil),
      jitter: setting(Options.jitter, otherwise: nil), timing: timing(),
      schedule: schedule(file))
  }

  /// What flags and variables say of when to run.
  private mutating func timing() -> Setting<Timing>? {
    let every = given(Options.every)
    let cron = given(Options.cron)
    let zone = given(Options.timeZone)
    if let zone, cron == nil {
      mistakes.add(
        "time_zone has no effect without cron", at: zone.origin,
        remedy: "add --cron; in the file, time_zone stands beside each cron")
    }
    switch (every, cron) {
    case (let every?, nil): return Setting(.every(every.value), from: every.origin)
    case (nil, let cron?):
      return Setting(.cron(cron.value, zone?.value ?? .utc), from: cron.origin)
    case (let every?, let cron?):
      mistakes.add(
        "every and cron contradict each other", at: cron.origin,
        remedy: "leave one of them out; \(every.origin) sets the other")
      return nil
    case (nil, nil): return nil
    }
  }

  private mutating func schedule(_ file: ReplicationFile) -> [ScheduleEntry] {
    if file.schedule.isEmpty { return [] }
    let (offered, disabled) = offered(file)
    let usual = streams(file)
    var entries: [ScheduleEntry] = []
    for schedule in file.schedule {
      let streams =
        schedule.streams.map {
          selected(Setting($0.value, from: .file($0.place)), of: offered, disabled)
        } ?? usual
      entries.append(
        ScheduleEntry(
          timing: schedule.timing, names: schedule.streams?.value ?? [], streams: streams,
          others: others(than: streams, file)))
    }
    return entries
  }
}
