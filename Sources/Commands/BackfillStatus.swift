import Catalog
import Warehouse

extension Verb {
  /// Lists the backfills of the account; asks the database only.
  static func backfillStatus(_ invocation: Invocation) async throws -> ExitCode {
    let setup = try Setup(invocation)
    let account = try setup.account()
    var known: [BackfillRecord] = []
    if !setup.target.isAbsent {
      let loader = try await setup.openLoader(account: account, note: invocation.note)
      known = try await loader.backfills()
      await loader.close()
    }
    if invocation.wantsJSON {
      invocation.console.result(JSON.text(BackfillsDocument(known, account: account)))
    } else if known.isEmpty {
      invocation.console.result("no backfill of \(account) was ever begun")
    } else {
      table(of: known).lines(width: invocation.console.resultTerminal.width)
        .forEach(invocation.console.result)
      for backfill in known {
        guard let message = backfill.message else { continue }
        invocation.console.result("\(backfill.stream): \(message)")
      }
    }
    return .done
  }

  private static func table(of known: [BackfillRecord]) -> TableText {
    var table = TableText([
      .init("stream"), .init("from"), .init("to"), .init("by", isNumber: true, sacrifice: 3),
      .init("windows", isNumber: true), .init("done", isNumber: true),
      .init("rows", isNumber: true, sacrifice: 2), .init("inserted", isNumber: true, sacrifice: 1),
      .init("requests", isNumber: true, sacrifice: 4), .init("outcome"),
      .init("last run", sacrifice: 5),
    ])
    for backfill in known {
      // Windows are all that is counted; a stream that was read whole has begun none.
      let isWhole = backfill.outcome == .done && backfill.windows.isEmpty
      func figure(_ number: Int) -> String { isWhole ? "–" : Figures.count(number) }
      table.add([
        backfill.stream.name, "\(backfill.range.first)", "\(backfill.range.last)",
        isWhole ? "–" : "\(backfill.range.days) d", figure(backfill.range.windows.count),
        figure(backfill.done.count),
        figure(backfill.windows.map(\.rows).reduce(0, +)),
        figure(backfill.windows.map(\.counts.inserted).reduce(0, +)),
        figure(backfill.windows.map(\.requests).reduce(0, +)),
        backfill.outcome?.rawValue ?? "under way, or was killed",
        backfill.lastRunAt.map { Figures.minute($0) } ?? "–",
      ])
    }
    return table
  }
}

/// Backfills in JSON.
private struct BackfillsDocument: Encodable {
  struct Window: Encodable {
    let from: String
    let to: String
    let doneAt: String?
    let rows: Int
    let inserted: Int
    let updated: Int
    let unchanged: Int
    let requests: Int
  }

  struct Backfill: Encodable {
    let stream: String
    let from: String
    let to: String
    let days: Int64
    let createdAt: String
    let lastRunAt: String?
    let outcome: String?
    let message: String?
    let windows: Int
    let windowsDone: Int
    let begun: [Window]
  }

  let account: String
  let backfills: [Backfill]

  init(_ known: [BackfillRecord], account: String) {
    self.account = account
    backfills = known.map { backfill in
      Backfill(
        stream: backfill.stream.name, from: "\(backfill.range.first)",
        to: "\(backfill.range.last)", days: backfill.range.days,
        createdAt: "\(backfill.createdAt)", lastRunAt: backfill.lastRunAt.map { "\($0)" },
        outcome: backfill.outcome?.rawValue, message: backfill.message,
        windows: backfill.range.windows.count, windowsDone: backfill.done.count,
        begun: backfill.windows.map { window in
          Window(
            from: "\(window.window.first)", to: "\(window.window.last)",
            doneAt: window.doneAt.map { "\($0)" }, rows: window.rows,
            inserted: window.counts.inserted, updated: window.counts.updated,
            unchanged: window.counts.unchanged, requests: window.requests)
        })
    }
  }
}
