import ActiveCampaign
import Catalog
import Configuration
import EmbeddedPostgres
import Glibc
import Postgres
import Replication
import Warehouse

extension Verb {
  static let doctor = Verb(
    "doctor", "all that a bug report needs: versions, settings, ends, runs",
    details: """
      Sends two requests to the account, writes nothing, and makes no embedded
      cluster. The key and the database's password never stand in it, nor any value of
      a row; the account's and the server's names do, unless --mask is given. Read it
      before you pass it on. Exits with the code of what must be seen to first.
      """,
    options: Option.configured + [Doctor.mask]
  ) { invocation in
    try invocation.requireNoOperands(of: "doctor")
    return await Doctor(invocation).perform()
  }
}

/// One report.
struct Doctor: Sendable {
  static let mask = Option("mask", "leave out the names of account and server")

  /// Clocks further apart than this are worth a word.
  static let tolerableSkew = Duration.seconds(60)

  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  func perform() async -> ExitCode {
    var report = DoctorReport()
    report.add(Self.versions)
    report.add(machine(&report))
    do {
      for setup in try Setup.all(invocation) {
        hide(setup, in: &report)
        await DoctorVisit(setup, invocation).examine(&report)
      }
    } catch {
      // What is wrong with the settings is what a report may be about.
      report.fail("configuration", error)
    }
    tell(report)
    return ExitCode.first(of: report.failures.map { ExitCode($0.fault) })
  }

  private static var versions: DoctorReport.Section {
    var section = DoctorReport.Section("versions")
    section.add("acsync", Program.version)
    section.add("built by Swift", Machine.compiler)
    section.add("libcurl", TransportLibrary.version)
    section.add("libpq", ClientLibrary.version)
    section.add("libyaml", YAMLLibrary.version)
    section.add("system", Machine.system)
    return section
  }

  private func machine(_ report: inout DoctorReport) -> DoctorReport.Section {
    var section = DoctorReport.Section("machine")
    section.add("processors", "\(Machine.processors)")
    if let memory = Machine.memory {
      section.add(
        "memory", "\(Figures.size(memory.total)), \(Figures.size(memory.free)) of it free")
    }
    let limit = Machine.memoryLimit
    section.add("memory limit", limit.map { Figures.size($0) } ?? "none")
    if let limit, limit < 128 << 20 {
      report.warn("only \(Figures.size(limit)) of memory are allowed: give it 128 MB or more")
    }
    section.add("open files", "at most \(Machine.openFiles)")
    section.add("user", getuid() == 0 ? "root" : "not root")
    section.add("time", "\(Instant.ofThisMachine().wholeSecond)")
    return section
  }

  /// Keeps secrets, and where it is asked for names, out of all that is told.
  private func hide(_ setup: Setup, in report: inout DoctorReport) {
    if let key = setup.settings.apiKey { report.redaction.hide(key.value.reveal()) }
    let variables = ["PGPASSWORD", "ACTIVECAMPAIGN_API_KEY"]
    for name in variables { invocation.environment[name].map { report.redaction.hide($0) } }
    if case .uri(let text) = setup.target {
      for password in Connection.passwords(of: text.reveal()) { report.redaction.hide(password) }
    }
    guard invocation.arguments.has(Self.mask) else { return }
    if let account = try? setup.account() {
      report.redaction.mask(account)
      report.redaction.mask(String(account.prefix { $0 != "." && $0 != ":" }))
    }
    if let name = setup.accountName { report.redaction.mask(name) }
    if case .uri(let text) = setup.target, let place = try? Connection.place(of: text.reveal()) {
      report.redaction.mask(place)
      for part in place.split(whereSeparator: { "@/".contains($0) }) {
        report.redaction.mask(String(part.prefix { $0 != ":" }))
      }
    }
  }

  private func tell(_ report: DoctorReport) {
    let console = invocation.console
    if invocation.wantsJSON {
      console.result(report.redaction.of(JSON.text(DoctorDocument(report))))
    } else {
      for line in report.lines { console.result(report.redaction.of(line)) }
    }
  }
}
