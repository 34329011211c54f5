public import Catalog

/// Why a page could not be read; `at` is the request without host and key: `GET contacts?offset=400`.
public enum PageError: Explained, Equatable {
  /// The longest wait that is taken from the service (`Retry-After`); minutes have been reported.
  public static let maxRetryAfter = Duration.seconds(120)

  /// 401, or 403 on the key's own user: the key is not known.
  case keyRefused(at: String, status: Int)
  /// 403: in passing, or because the key or the plan does not include this.
  case forbidden(at: String, message: String?)
  /// 404 on a list: the service does not offer it.
  case notOffered(at: String, message: String?)
  /// 400, 422 and other refusals of the request itself.
  case badRequest(at: String, status: Int, message: String?)
  /// 429 or 503: the account's limit is reached, or the service is overloaded.
  case tooManyRequests(at: String, status: Int, retryAfter: Duration?)
  /// 500: the service failed at this request.
  case serverFailed(at: String, status: Int)
  /// 502, 504 and the like: something before the service failed.
  case gatewayFailed(at: String, status: Int)
  /// No whole answer came.
  case transport(at: String, TransportFault)
  /// A whole answer came, and it is no page.
  case unreadable(at: String, UnreadableBody)
  /// The answer was longer than `limit` bytes and was not read to its end: ask for fewer rows.
  case bodyTooLarge(at: String, limit: Int)
  /// The service sent us elsewhere on the same host.
  case redirected(at: String, to: String)
  /// The service sent us to another host, where the key does not go.
  case redirectedAway(at: String, host: String)

  /// Why a whole answer is no page.
  public enum UnreadableBody: Error, Sendable, Hashable {
    /// It has no bytes, or only white space.
    case empty
    /// It is a web page.
    case html
    /// It is cut off: sound JSON up to its end.
    case cutOff
    /// It is something else than JSON; `at` is the position of the first byte that does not fit.
    case notJSON(at: Int)
    /// It lacks the array that holds the rows.
    case noRows(key: String)
    /// It reports errors, with the service's title or message of the first one.
    case errors(String?)
  }

  /// What happened, where, what to do, and what follows (design: "Retries").
  public var explanation: Explanation {
    let (what, remedy) = words
    let (consequence, fault) = verdict
    return Explanation(what, at: place, remedy: remedy, consequence, fault: fault)
  }

  private var place: String {
    switch self {
    case .keyRefused(let place, _), .forbidden(let place, _), .notOffered(let place, _),
      .badRequest(let place, _, _), .tooManyRequests(let place, _, _), .serverFailed(let place, _),
      .gatewayFailed(let place, _), .transport(let place, _), .unreadable(let place, _),
      .bodyTooLarge(let place, _), .redirected(let place, _), .redirectedAway(let place, _):
      place
    }
  }

  private var verdict: (Consequence, Fault) {
    switch self {
    case .keyRefused(_, 401): (.lasting(.stopRun), .sourceRefused)
    case .keyRefused: (.retry(after: nil, otherwise: .stopRun), .sourceRefused)
    case .forbidden: (.retry(after: nil, otherwise: .skipStream), .partial)
    case .notOffered: (.lasting(.skipStream), .partial)
    case .badRequest: (.lasting(.failStream), .partial)
    case .tooManyRequests(_, _, let delay):
      (.retry(after: delay, otherwise: .stopRun), .sourceOutOfReach)
    case .gatewayFailed, .transport: (.retry(after: nil, otherwise: .stopRun), .sourceOutOfReach)
    case .serverFailed, .unreadable: (.retry(after: nil, otherwise: .failStream), .partial)
    case .bodyTooLarge: (.retryWithFewerRows(otherwise: .failStream), .partial)
    case .redirected, .redirectedAway: (.lasting(.stopRun), .configuration)
    }
  }

  private var words: (what: String, remedy: String) {
    switch self {
    case .keyRefused(_, let status):
      (
        "the account refuses the API key (status \(status))",
        "copy URL and key of one user from Settings → Developer"
      )
    case .forbidden(_, let message):
      (
        "the account does not let this key read this" + Self.quoted(message),
        "give the key's user permission to it, or disable the stream"
      )
    case .notOffered(_, let message):
      (
        "the account does not offer this" + Self.quoted(message),
        "disable the stream, if the plan does not include it"
      )
    case .badRequest(_, let status, let message):
      (
        "the service refuses the request (status \(status))" + Self.quoted(message),
        "report it: the catalogue may be out of date"
      )
    case .transport(_, let fault): (fault.what, fault.remedy)
    case .unreadable(_, let reason): (reason.what, reason.remedy)
    case .bodyTooLarge(_, let limit):
      ("the answer is longer than \(limit) bytes", "lower page_size for this stream")
    case .tooManyRequests, .serverFailed, .gatewayFailed: wordsForFailures
    case .redirected, .redirectedAway: wordsForRedirections
    }
  }

  private var wordsForFailures: (what: String, remedy: String) {
    let later = "run again later; if it lasts, ask ActiveCampaign's support"
    let fewer = "lower requests_per_second, if other tools use the account too"
    return switch self {
    case .tooManyRequests(_, 429, _): ("the account's rate limit is reached", fewer)
    case .tooManyRequests(_, let status, _): ("the service is overloaded (status \(status))", fewer)
    case .gatewayFailed(_, let status):
      ("the service is out of reach behind its gateway (status \(status))", later)
    case .serverFailed(_, let status): ("the service failed (status \(status))", later)
    default: ("the service failed", later)
    }
  }

  private var wordsForRedirections: (what: String, remedy: String) {
    switch self {
    case .redirected(_, let target):
      (
        "the service answers elsewhere",
        "set ACTIVECAMPAIGN_URL so that requests go to \(target)"
      )
    case .redirectedAway(_, let host):
      (
        "the service sends us to another host, \(host); the key was not sent there",
        "if that host is yours, copy the URL from Settings → Developer"
      )
    default: ("the service answers elsewhere", "")
    }
  }

  private static func quoted(_ message: String?) -> String {
    message.map { ": \u{201C}\($0)\u{201D}" } ?? ""
  }
}

extension PageError.UnreadableBody {
  fileprivate var what: String {
    switch self {
    case .empty: "the answer is empty"
    case .html: "the answer is a web page, not JSON"
    case .cutOff: "the answer is cut off"
    case .notJSON(let position): "the answer is not JSON, from byte \(position) on"
    case .noRows(let key): "the answer has no array \u{201C}\(key)\u{201D}"
    case .errors(let title):
      "the answer reports an error" + (title.map { ": \u{201C}\($0)\u{201D}" } ?? "")
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .html: "check ACTIVECAMPAIGN_URL and any proxy between here and the account"
    case .noRows: "report it, if it lasts: the catalogue may be out of date"
    default: "run again later"
    }
  }
}
