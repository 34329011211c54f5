import Dispatch

/// What is sent to a URL.
public struct WebRequest: Sendable {
  /// How it is sent.
  public enum Method: String, Sendable, CaseIterable {
    /// Asks, without a body.
    case get = "GET"
    /// Brings a body.
    case post = "POST"
  }

  /// Where it goes.
  public var address: WebAddress
  /// How it is sent.
  public var method: Method
  /// Headers as `Name: value`, beside those that every request has.
  public var headers: [String]
  /// What is brought; JSON unless a header says otherwise.
  public var body: String

  /// Makes a request.
  public init(
    _ method: Method, _ address: WebAddress, headers: [String] = [], body: String = ""
  ) {
    self.method = method
    self.address = address
    self.headers = headers
    self.body = body
  }
}

/// Sends to webhooks and ping URLs: what leaves acsync besides the GETs to the account.
///
/// It never sends to the account, never what is withheld, and follows no redirect.
public struct WebSender: Sendable {
  /// How it sends.
  public struct Settings: Sendable {
    /// What the receiver is told of who sends.
    public var userAgent: String
    /// A file of certificates to trust instead of the system's; nil for the system's.
    public var certificateFile: String?
    /// What must never be sent.
    public var withheld: Withheld
    /// The accounts' own addresses.
    public var accounts: [WebAddress]
    /// How often one request is sent, at most.
    public var attempts = 3
    /// The wait before the second attempt; doubled before each one after it.
    public var firstDelay = Duration.seconds(1)
    /// The longest that one attempt takes.
    public var deadline = Duration.seconds(10)

    /// Makes settings.
    public init(
      userAgent: String, certificateFile: String?, withheld: Withheld, accounts: [WebAddress]
    ) {
      self.userAgent = userAgent
      self.certificateFile = certificateFile
      self.withheld = withheld
      self.accounts = accounts
    }
  }

  /// The longest body that is sent.
  static let mostBytes = 256 << 10
  /// Hosts of the service: besides its own, an account may answer under others of these.
  static let serviceDomains = ["api-us1.com", "activehosted.com"]

  private let settings: Settings

  /// Makes a sender.
  public init(_ settings: Settings) { self.settings = settings }

  /// Sends, again where that may help; returns the status of the answer, 200 to 299.
  ///
  /// - Parameters:
  ///   - place: where the URL is declared, for errors.
  ///   - deadline: the longest that one attempt takes; nil: the usual.
  /// - Throws: `OutboundError`, `CancellationError`.
  public func send(
    _ request: WebRequest, at place: String, deadline: Duration? = nil
  ) async throws -> Int {
    try check(request, at: place)
    var attempt = 1
    while true {
      do {
        return try await sendOnce(request, at: place, deadline: deadline ?? settings.deadline)
      } catch let error as OutboundError where error.isPassing && attempt < settings.attempts {
        try await Task.sleep(for: settings.firstDelay * (1 << (attempt - 1)))
        attempt += 1
      }
    }
  }

  /// Whether nothing of ours may go to an address: the account is only ever read.
  public func isForbidden(_ address: WebAddress) -> Bool {
    if settings.accounts.contains(where: { $0.isSameService(as: address) }) { return true }
    return Self.serviceDomains.contains {
      address.host == $0 || address.host.hasSuffix("." + $0)
    }
  }

  private func check(_ request: WebRequest, at place: String) throws(OutboundError) {
    guard !isForbidden(request.address) else { throw .leadsToAccount(place: place) }
    guard request.body.utf8.count <= Self.mostBytes else {
      throw .tooLong(place: place, limit: Self.mostBytes)
    }
    let texts = [request.address.text, request.body] + request.headers
    guard !texts.contains(where: settings.withheld.isIn) else { throw .holdsSecret(place: place) }
  }

  private func sendOnce(
    _ request: WebRequest, at place: String, deadline: Duration
  ) async throws -> Int {
    let exchange = WebExchange(
      request: request, userAgent: settings.userAgent, certificateFile: settings.certificateFile,
      deadline: deadline)
    let flag = EndFlag()
    let answer = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // libcurl blocks, which no thread of Swift's must.
        DispatchQueue(label: "acsync.outbound").async {
          continuation.resume(returning: exchange.perform(flag))
        }
      }
    } onCancel: {
      flag.set()
    }
    try Task.checkCancellation()
    switch answer {
    case .failed(let how): throw OutboundError.unreachable(how, place: place)
    case .status(let status) where (200..<300).contains(status): return status
    case .status(let status) where (300..<400).contains(status):
      throw OutboundError.redirected(place: place)
    case .status(let status): throw OutboundError.refused(status: status, place: place)
    }
  }
}
