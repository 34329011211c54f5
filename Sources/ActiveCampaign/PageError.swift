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

  /// One switch: a new case cannot be added without its remedy and its consequence.
  public var explanation: Explanation {
    switch self {
    case .keyRefused(let place, let status):
      Explanation(
        "the account refuses the API key (status \(status))", at: place,
        remedy: "copy URL and key of one user from Settings → Developer",
        status == 401 ? .lasting(.stopRun) : .retry(after: nil, otherwise: .stopRun),
        fault: .sourceRefused)
    case .forbidden(let place, let message):
      Explanation(
        "the account does not let this key read this" + Self.quoted(message), at: place,
        remedy: "give the key's user permission to it, or disable the stream",
        .retry(after: nil, otherwise: .skipStream), fault: .partial)
    case .notOffered(let place, let message):
      Explanation(
        "the account does not offer this" + Self.quoted(message), at: place,
        remedy: "disable the stream, if the plan does not include it",
        .lasting(.skipStream), fault: .partial)
    case .badRequest(let place, let status, let message):
      Explanation(
        "the service refuses the request (status \(status))" + Self.quoted(message), at: place,
        remedy: "report it: the catalogue may be out of date",
        .lasting(.failStream), fault: .partial)
    case .tooManyRequests(let place, let status, let delay):
      Explanation(
        status == 429 ? "the account's rate limit is reached" : "the service is overloaded (503)",
        at: place, remedy: "lower requests_per_second, if other tools use the account too",
        .retry(after: delay, otherwise: .stopRun), fault: .sourceOutOfReach)
    case .serverFailed(let place, let status):
      Explanation(
        "the service failed (status \(status))", at: place,
        remedy: "run again later; if it lasts, ask ActiveCampaign's support",
        .retry(after: nil, otherwise: .failStream), fault: .partial)
    case .gatewayFailed(let place, let status):
      Explanation(
        "the service is out of reach behind its gateway (status \(status))", at: place,
        remedy: "run again later",
        .retry(after: nil, otherwise: .stopRun), fault: .sourceOutOfReach)
    case .transport(let place, let fault):
      Explanation(
        fault.what, at: place, remedy: fault.remedy,
        .retry(after: nil, otherwise: .stopRun), fault: .sourceOutOfReach)
    case .unreadable(let place, let reason):
      Explanation(
        reason.what, at: place, remedy: reason.remedy,
        .retry(after: nil, otherwise: .failStream), fault: .partial)
    case .bodyTooLarge(let place, let limit):
      Explanation(
        "the answer is longer than \(limit) bytes", at: place,
        remedy: "lower page_size for this stream",
        .retryWithFewerRows(otherwise: .failStream), fault: .partial)
    case .redirected(let place, let target):
      Explanation(
        "the service answers elsewhere", at: place,
        remedy: "set ACTIVECAMPAIGN_URL so that requests go to \(target)",
        .lasting(.stopRun), fault: .configuration)
    case .redirectedAway(let place, let host):
      Explanation(
        "the service sends us to another host, \(host); the key was not sent there", at: place,
        remedy: "if that host is yours, copy the URL from Settings → Developer",
        .lasting(.stopRun), fault: .configuration)
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
