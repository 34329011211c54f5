/// A fault under the name that people choose it by.
public struct FaultKind: Sendable {
  /// Its name: `429`, `reset`, `short-page`.
  public let name: String
  /// What happens to an answer.
  public let fault: Fault

  /// Every fault that has a name.
  public static let all: [FaultKind] =
    statuses + bodies + connections
    + PageFault.allCases.map { FaultKind(name: $0.rawValue, fault: .page($0)) }

  /// The one of that name; nil when there is none.
  public static func named(_ name: String) -> FaultKind? {
    all.first { $0.name == name }
  }

  private static let html = "<html><body><h1>We will be back soon</h1></body></html>"

  private static let statuses = [
    FaultKind(name: "429", fault: .status(429, body: #"{"message":"Too many requests"}"#)),
    FaultKind(
      name: "429-retry-after",
      fault: .status(
        429, body: #"{"message":"Too many requests"}"#, headers: ["Retry-After": "1"])),
    FaultKind(name: "500", fault: .status(500, body: #"{"message":"Server error"}"#)),
    FaultKind(
      name: "502", fault: .status(502, body: html, headers: ["Content-Type": "text/html"])),
    FaultKind(name: "503", fault: .status(503, body: #"{"message":"Unavailable"}"#)),
    FaultKind(name: "403", fault: .status(403, body: #"{"message":"Forbidden"}"#)),
  ]

  private static let bodies = [
    FaultKind(name: "bad-json", fault: .body(#"{"contacts":[{"id":"1","email":nul"#)),
    FaultKind(name: "wrong-shape", fault: .body(#"{"contacts":{"id":"1"},"meta":[]}"#)),
    FaultKind(name: "empty", fault: .empty),
    FaultKind(name: "html", fault: .body(html, contentType: "text/html")),
    FaultKind(name: "truncate", fault: .truncated(after: 900)),
    FaultKind(name: "shorten", fault: .shortened(to: 900)),
  ]

  private static let connections = [
    FaultKind(name: "redirect", fault: .redirect(to: "http://127.0.0.1:1/api/3/contacts")),
    FaultKind(name: "reset", fault: .reset),
    FaultKind(name: "close", fault: .closed),
    FaultKind(name: "hang", fault: .hung),
    FaultKind(name: "drip", fault: .dripped(pieces: 20, over: .seconds(2))),
    FaultKind(name: "late", fault: .delayed(.seconds(2))),
  ]
}
