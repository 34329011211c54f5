import ActiveCampaign
import Catalog
import Configuration
import EmbeddedPostgres
import Replication
import Synchronization
import Warehouse

/// One account of a report, with both of its ends.
struct DoctorVisit: Sendable {
  private static let runsTold = 5

  private let setup: Setup
  private let invocation: Invocation
  private let suffix: String

  init(_ setup: Setup, _ invocation: Invocation) {
    self.setup = setup
    self.invocation = invocation
    suffix = setup.accountName.map { " of \($0)" } ?? ""
  }

  func examine(_ report: inout DoctorReport) async {
    report.add(configuration(&report))
    do {
      report.add(try await source(&report))
    } catch {
      report.fail("account" + suffix, error)
    }
    do {
      try await warehouse(&report)
    } catch {
      report.fail("warehouse" + suffix, error)
    }
  }

  // MARK: The configuration

  private func configuration(_ report: inout DoctorReport) -> DoctorReport.Section {
    let settings = setup.settings
    var section = DoctorReport.Section("configuration" + suffix)
    func add(_ name: String, _ value: String, _ origin: Origin) {
      section.add(name, "\(value)  (\(origin))")
    }
    section.add("file", setup.origin)
    if let url = settings.sourceURL { add("account", url.value, url.origin) }
    if let key = settings.apiKey { add("key", "\(key.value)", key.origin) }
    add("database", setup.target.address, settings.database.origin)
    add("schema", settings.schema.value, settings.schema.origin)
    add(
      "requests_per_second", "\(settings.requestsPerSecond.value)",
      settings.requestsPerSecond.origin)
    add("concurrency", "\(settings.concurrency.value)", settings.concurrency.origin)
    add("page_size", "\(settings.pageSize.value)", settings.pageSize.origin)
    add(
      "max_requests", settings.maxRequests.value.map { "\($0)" } ?? "none",
      settings.maxRequests.origin)
    add(
      "max_duration", settings.maxDuration.value.map { Figures.span($0) } ?? "none",
      settings.maxDuration.origin)
    section.add(
      "streams", "\(settings.streams.count) of \(settings.streams.count + settings.others.count)")
    for stream in settings.streams {
      let told = stream.told
      if !told.isEmpty { section.add(stream.stream.id.name, told.joined(separator: "\n")) }
    }
    warnOfFiles(&report)
    if settings.requestsPerSecond.value > 5 {
      report.warn("requests_per_second is above the 5 that the account allows all integrations")
    }
    if settings.sourceURL?.value.hasPrefix("http://") == true {
      report.warn("the account's address is not https: the key travels in clear text")
    }
    return section
  }

  /// Files that hold secrets and that others than their owner can read.
  private func warnOfFiles(_ report: inout DoctorReport) {
    var files: [(path: String, what: String)] = []
    let folder = setup.settings.file.flatMap { file in
      file.lastIndex(of: "/").map { String(file[...$0]) }
    }
    files.append(((folder ?? "") + ".env", "the key or a password may stand in it"))
    if case .environment(let name) = setup.settings.apiKey?.origin, name.hasSuffix("_FILE"),
      let path = invocation.environment[name]
    {
      files.append((path, "the key stands in it"))
    }
    if case .file = setup.settings.database.origin, let file = setup.settings.file {
      files.append((file, "the database's address stands in it"))
    }
    for (path, what) in files where Machine.isOpenToOthers(path) == true {
      report.warn("others can read \(path), and \(what): chmod 600 \(path)")
    }
  }

  // MARK: The account

  private func source(_ report: inout DoctorReport) async throws -> DoctorReport.Section {
    var section = DoctorReport.Section("account" + suffix)
    // By what each request took, since the second one waits for its turn at the account's rate.
    let times = Mutex<[Duration]>([])
    let link = try AccountLink(setup) { event in
      if case .ended(_, _, _, let duration) = event { times.withLock { $0.append(duration) } }
    }
    defer { link.close() }
    let owner = try await link.client.probe()
    _ = try await link.client.probe()
    let latencies = times.withLock(\.self)
    section.add("kept under", link.account)
    section.add(
      "latency",
      "\(Figures.milliseconds(latencies.first ?? .zero)) the first time, then "
        + Figures.milliseconds(latencies.last ?? .zero))
    // The id alone: whose key it is, is nobody's business here.
    section.add("key's user", "\(owner.id)")
    section.add("clock", Self.told(owner.clockSkew))
    warnOfSkew(owner.clockSkew, "the account", &report)
    return section
  }

  private static func told(_ skew: Duration) -> String {
    let distance = skew < .zero ? .zero - skew : skew
    if distance < .seconds(2) { return "as this machine's" }
    return "\(Figures.span(distance)) \(skew < .zero ? "behind" : "ahead of") this machine's"
  }

  private func warnOfSkew(_ skew: Duration, _ place: String, _ report: inout DoctorReport) {
    let distance = skew < .zero ? .zero - skew : skew
    guard distance > Doctor.tolerableSkew else { return }
    report.warn(
      "the clock of \(place) is \(Self.told(skew)): rows are safe, times shown may mislead")
  }

  // MARK: The warehouse

  private func warehouse(_ report: inout DoctorReport) async throws {
    var section = DoctorReport.Section("warehouse" + suffix)
    section.add("place", setup.target.address)
    if let cluster = setup.target.cluster {
      section.add(
        "disk", Machine.freeDisk(at: cluster.folder).map { Figures.size($0) + " free" } ?? "unknown"
      )
      if let free = Machine.freeDisk(at: cluster.folder), free < 1 << 30 {
        report.warn("only \(Figures.size(free)) are free where the private PostgreSQL lies")
      }
      // To start a server is not a report's business.
      guard setup.target.isStanding else {
        section.add("server", setup.target.isAbsent ? "not made yet" : "stopped")
        return report.add(section)
      }
    }
    let account = try setup.account()
    let loader = try await setup.openLoader(account: account) { _ in }
    let streams = setup.selection.map(\.stream)
    let found = try await loader.diagnosis(of: streams)
    add(found, to: &section)
    warn(of: found, &report)
    report.add(section)
    report.add(try await state(of: loader, found))
    report.add(try await runs(of: loader))
    await loader.close()
  }

  private func add(_ found: WarehouseDiagnosis, to section: inout DoctorReport.Section) {
    section.add("server", found.version)
    let times = found.latencies.sorted()
    section.add(
      "latency",
      "\(Figures.milliseconds(times[times.count / 2])) in the middle, "
        + "\(Figures.milliseconds(times[times.count - 1])) at most")
    section.add("clock", Self.told(found.now - Instant.ofThisMachine()))
    section.add("role", found.isSuperuser ? "a superuser" : "no superuser")
    section.add("pooler", found.isPooled ? "suspected" : "none seen")
    section.add("size", Figures.size(found.databaseBytes))
    let pending = found.migrations.pending
    section.add(
      "layout",
      "\(found.migrations.applied) migrations applied, "
        + (pending.isEmpty ? "none pending" : "pending: \(pending.joined(separator: " "))"))
    for (name, value) in found.settings { section.add(name, value) }
  }

  private func warn(of found: WarehouseDiagnosis, _ report: inout DoctorReport) {
    if found.isSuperuser, setup.target.cluster == nil {
      report.warn("the warehouse's role is a superuser: one with CREATE on the database will do")
    }
    if found.isPooled {
      report.warn(
        "a pooler seems to deal out the warehouse's sessions: locks and temporary tables need one of "
          + "our own, so connect to the server itself, or use session pooling")
    }
    if found.isStandby { report.warn("the warehouse is a standby, which takes no writes") }
    if !found.migrations.pending.isEmpty, found.migrations.applied > 0 {
      report.warn("migrations are pending: the next run, or acsync migrate, applies them")
    }
    warnOfSkew(found.now - Instant.ofThisMachine(), "the warehouse", &report)
  }

  /// What is remembered of each stream, and what probes of the account found out.
  private func state(
    of loader: Loader, _ found: WarehouseDiagnosis
  ) async throws -> DoctorReport.Section {
    var section = DoctorReport.Section("streams" + suffix)
    let known = try await loader.status()
    for selection in setup.selection {
      let stream = selection.stream
      guard let status = known.first(where: { $0.stream == stream.id }) else {
        section.add(stream.id.name, "never read")
        continue
      }
      let state = status.state
      var words = [
        "\(Figures.count(state.liveRows)) live rows, \(Figures.size(found.tableBytes[stream.id] ?? 0))",
        "complete as of \(status.completeAsOf.map { "\($0)" } ?? "never")",
        "last run \(status.lastOutcome?.rawValue ?? "unknown")",
        state.isOrdered ? "in order of id" : "in no proven order",
      ]
      if stream.isIncremental {
        words.append("filter \(state.filter?.rawValue ?? "not asked yet")")
      }
      if state.knownShortage > 0 { words.append("shortage \(state.knownShortage)") }
      if let user = state.keyUser { words.append("key of user \(user)") }
      if status.rejected > 0 { words.append(Figures.amount(status.rejected, "rejected value")) }
      if state.unfinished != nil { words.append("a walk is cut off") }
      section.add(stream.id.name, words.joined(separator: ", "))
    }
    return section
  }

  private func runs(of loader: Loader) async throws -> DoctorReport.Section {
    var section = DoctorReport.Section("last runs" + suffix)
    for run in try await loader.recentRuns(atMost: Self.runsTold) {
      let end = run.finishedAt.map { "took \(Figures.span($0 - run.startedAt))" } ?? "no end known"
      let words = [
        "acsync \(run.version)", Figures.amount(run.streams.count, "stream"),
        run.outcome?.rawValue ?? "under way or killed", run.exitCode.map { "exit \($0)" },
        run.requests.map { Figures.amount($0, "request") }, end,
      ].compactMap(\.self).joined(separator: ", ")
      section.add("\(run.startedAt.wholeSecond)", words + (run.message.map { "\n\($0)" } ?? ""))
    }
    if section.items.isEmpty { section.add("none", "never read into this database") }
    return section
  }
}

extension StreamSettings {
  /// Options of it that somebody has set, each with its origin.
  fileprivate var told: [String] {
    func one<Value>(_ name: String, _ setting: Setting<Value>, _ text: String) -> String? {
      setting.origin == .builtIn ? nil : "\(name) \(text)  (\(setting.origin))"
    }
    return [
      one("mode", mode, mode.value.rawValue),
      one("anchor_date", anchor, anchor.value.map { "\($0)" } ?? "all"),
      one("lookback", lookback, Figures.span(lookback.value)),
      one("refresh", refresh, refresh.value.map { Figures.span($0) } ?? "auto"),
      one("delete_missing", deleteMissing, deleteMissing.value.rawValue),
      one("max_delete_ratio", maxDeleteRatio, "\(maxDeleteRatio.value)"),
      one("max_delete_rows", maxDeleteRows, "\(maxDeleteRows.value)"),
      one("tags", tags, tags.value.joined(separator: " ")),
    ].compactMap(\.self)
  }
}

extension Target {
  /// Where it is, without password.
  fileprivate var address: String {
    switch self {
    case .uri(let text): Self.withoutPassword(text.reveal())
    case .variables: "as libpq's PG* variables say"
    case .embedded(let cluster, let database): "embedded in \(cluster.folder), \(database)"
    }
  }
}
