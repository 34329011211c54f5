import Catalog

/// What an answer's status means, by the service's customs (activecampaign-api.md, 1.3).
struct ResponseVerdict {
  private let response: Response
  private let place: String
  private let endpoint: Endpoint
  private let localTime: Instant

  init(_ response: Response, at place: String, endpoint: Endpoint, localTime: Instant) {
    self.response = response
    self.place = place
    self.endpoint = endpoint
    self.localTime = localTime
  }

  /// Why the answer cannot be used, without `key` in the service's words; nil if it can.
  func error(redacting key: APIKey) -> PageError? {
    let status = response.status
    let words = { ServiceMessage.text(of: response.body).map(key.redacting) }
    switch status {
    case 200..<300: return nil
    case 300..<400: return redirection(redacting: key)
    case 401: return .keyRefused(at: place, status: status)
    case 403: return .forbidden(at: place, message: words())
    case 404: return .notOffered(at: place, message: words())
    case 408: return .gatewayFailed(at: place, status: status)
    case 429, 503: return .tooManyRequests(at: place, status: status, retryAfter: retryAfter)
    case 400..<500: return .badRequest(at: place, status: status, message: words())
    case 500: return .serverFailed(at: place, status: status)
    default: return .gatewayFailed(at: place, status: status)
    }
  }

  /// `Retry-After` in seconds or as a date, capped; nil where it is absent or unreadable.
  private var retryAfter: Duration? {
    guard let text = response.headers["retry-after"] else { return nil }
    let asked: Duration
    if let seconds = Double(text), seconds >= 0 {
      asked = .seconds(min(seconds, PageError.maxRetryAfter.inSeconds))
    } else if let date = HTTPDate.instant(text) {
      let now = response.headers["date"].flatMap(HTTPDate.instant) ?? localTime
      asked = date - now
    } else {
      return nil
    }
    return max(.zero, min(asked, PageError.maxRetryAfter))
  }

  private func redirection(redacting key: APIKey) -> PageError {
    let target = key.redacting(response.headers["location"] ?? "").printable(atMost: 200)
    // What begins with one slash, or has no scheme, stays on the host.
    guard target.hasPrefix("//") || target.contains("://") else {
      return .redirected(at: place, to: "\(endpoint.scheme)://\(endpoint.authority)\(target)")
    }
    let rest = target.firstRange(of: "//").map { target[$0.upperBound...] } ?? ""
    let authority = rest.prefix { !"/?#".contains($0) }.lowercased()
    if Self.host(of: authority) == Self.host(of: endpoint.authority) {
      return .redirected(at: place, to: target)
    }
    return .redirectedAway(at: place, host: authority)
  }

  /// The host alone, so that another port or scheme of the same host is told from another host.
  private static func host(of authority: String) -> Substring {
    let bracketed = authority.firstIndex(of: "]").map { authority[...$0] }
    return bracketed ?? authority.prefix { $0 != ":" }
  }
}
