extension Server {
  /// Answers for the simulator's own pages: no key, no rate, no audit.
  func ownAnswer(_ request: HTTPRequest) -> Answer {
    let query = Query(request.target)
    switch (request.method, query.path) {
    case ("GET", "/_simulator/audit"):
      return Answer(200, body: JSONWriter.text(of: .object(audit.json)))
    case ("POST", "/_simulator/audit/reset"):
      resetAudit()
      return Answer(200, body: Array("{}".utf8))
    case ("GET", "/_simulator/history"):
      return .lines(account.history.map(\.json))
    case ("GET", "/_simulator/rows"):
      return .lines(account.rows(of: query.value("path") ?? "").map { Array($0.utf8) })
    default: return .unknownPath
    }
  }
}

extension Answer {
  /// JSON, one value a line.
  fileprivate static func lines(_ lines: [[UInt8]]) -> Answer {
    var answer = Answer(200, body: lines.flatMap { $0 + [0x0A] })
    answer.headers = [("Content-Type", "application/x-ndjson")]
    return answer
  }
}
