public import Catalog
import Glibc
import Synchronization

/// Reads an ActiveCampaign account over its API: one GET at a time, throttled, decoded into pages.
///
/// The throttle is inside, so that nothing can send around it: one client is one share of the
/// account's budget, and several share it if they are handed a `SharedBudget`. It sends once; whether to ask again is the caller's to decide, by the error.
public final class Client: Sendable {
  /// Where and how to read.
  public struct Settings: Sendable {
    /// The account's URL.
    public var endpoint: Endpoint
    /// The account's key.
    public var key: APIKey
    /// How many requests may start in a second; any positive number, fractions too.
    public var requestsPerSecond: Double
    /// How many requests may be in flight.
    public var concurrency: Int
    /// How long to wait, and how much to take.
    public var limits: TransportLimits
    /// A file of certificates to trust instead of the system's.
    public var certificateFile: String?
    /// The version of this program, which it tells the service.
    public var version: String

    /// Makes settings; the defaults leave a fifth of the account's limit to others.
    public init(
      endpoint: Endpoint, key: APIKey, requestsPerSecond: Double = 4, concurrency: Int = 3,
      limits: TransportLimits = TransportLimits(), certificateFile: String? = nil, version: String
    ) {
      self.endpoint = endpoint
      self.key = key
      self.requestsPerSecond = requestsPerSecond
      self.concurrency = concurrency
      self.limits = limits
      self.certificateFile = certificateFile
      self.version = version
    }
  }

  /// The service's limit where its headers do not tell: 5 a second for the whole account.
  private static let usualLimit = 5
  /// How long nobody starts after a 429 or 503 that names no time.
  private static let usualPause = Duration.seconds(1)

  private let settings: Settings
  private let throttle: Throttle<ContinuousClock>
  private let transport: Transport
  private let localTime: @Sendable () -> Instant
  private let onRequest: @Sendable (RequestEvent) -> Void
  private let sent = Atomic<Int64>(0)
  private let decoders = Mutex<[StreamDefinition.ID: PageDecoder]>([:])

  /// Makes a client; it connects at its first request.
  ///
  /// - Parameters:
  ///   - budget: what other processes leave of the account's budget; nil if this client has it all.
  ///   - localTime: this machine's clock, for answers without a `Date`.
  ///   - onRequest: hears of every request as it starts and as it ends, from any thread.
  public init(
    _ settings: Settings, sharing budget: (any SharedBudget)? = nil,
    localTime: @escaping @Sendable () -> Instant = Instant.ofThisMachine,
    onRequest: @escaping @Sendable (RequestEvent) -> Void = { _ in }
  ) {
    self.settings = settings
    self.localTime = localTime
    self.onRequest = onRequest
    throttle = Throttle(
      perSecond: settings.requestsPerSecond, concurrency: settings.concurrency,
      clock: ContinuousClock(), shared: budget)
    transport = Transport(
      Transport.Settings(
        userAgent: "acsync/\(settings.version)", certificateFile: settings.certificateFile,
        limits: settings.limits, usesProxy: !settings.endpoint.isLoopback))
  }

  /// Asks for one page, once.
  ///
  /// - Throws: `PageError`; what the shared budget throws; `CancellationError`.
  public func page(_ query: PageQuery) async throws -> Page {
    let request = PageRequest(query)
    let response = try await send(request)
    let time = serverTime(of: response)
    do throws(PageError.UnreadableBody) {
      return try decoder(of: query.stream).decode(
        response.body, serverTime: time, beside: query.beside.map(decoder))
    } catch {
      throw PageError.unreadable(at: request.description, redacted(error))
    }
  }

  /// Asks for one row alone: false if the service says, with a message, that it has no such row.
  ///
  /// Where no such request is known, nothing is asked, and the row counts as there.
  /// Some resources answer 403 for a missing row; that proves nothing, so the row counts as there.
  /// - Throws: `PageError`; `CancellationError`.
  public func exists(_ key: Int64, of stream: StreamDefinition) async throws -> Bool {
    guard let path = stream.path(of: key) else { return true }
    do {
      _ = try await send(PageRequest(path: path, for: stream.id))
      return true
    } catch PageError.notOffered(_, .some) {
      return false
    } catch PageError.forbidden(_, .some) {
      return true
    }
  }

  /// Asks whose key it is: the one way to tell a bad key from a missing permission.
  ///
  /// - Throws: `PageError`, `.keyRefused` where the account does not know the key;
  ///   `CancellationError`.
  public func probe() async throws -> KeyOwner {
    let request = PageRequest(path: "users/me")
    let response: Response
    do {
      response = try await send(request)
    } catch PageError.forbidden(let place, _) {
      // The main API answers a bad key with 403, and every user may read itself.
      throw PageError.keyRefused(at: place, status: 403)
    }
    let time = serverTime(of: response)
    do throws(PageError.UnreadableBody) {
      return try KeyOwner(
        body: response.body, serverTime: time, clockSkew: time - localTime())
    } catch {
      throw PageError.unreadable(at: request.description, redacted(error))
    }
  }

  /// Ends the requests under way and closes the connections; what is asked later fails.
  public func close() {
    transport.close()
  }

  /// The stream's decoder, which learns from page to page.
  private func decoder(of stream: StreamDefinition) -> PageDecoder {
    decoders.withLock { decoders in
      if let known = decoders[stream.id] { return known }
      let decoder = PageDecoder(stream)
      decoders[stream.id] = decoder
      return decoder
    }
  }

  /// Sends one request when its turn comes, and returns its answer if it is one.
  private func send(_ request: PageRequest) async throws -> Response {
    let place = request.description
    let url = "\(settings.endpoint.url)/\(request.target)"
    let headers = ["Api-Token: \(settings.key.secret)", "Accept: application/json"]
    let response: Response
    do {
      response = try await throttle.run {
        try await self.observed(request, place) {
          try await self.transport.get(url, headers: headers)
        }
      }
    } catch let fault as TransportFault {
      throw PageError.transport(at: place, fault)
    } catch let error as BodyTooLarge {
      throw PageError.bodyTooLarge(at: place, limit: error.limit)
    }
    let verdict = ResponseVerdict(
      response, at: place, endpoint: settings.endpoint, localTime: localTime())
    let problem = verdict.error(redacting: settings.key)
    await adaptThrottle(to: response, problem)
    if let problem { throw problem }
    return response
  }

  private func observed(
    _ request: PageRequest, _ place: String, _ get: () async throws -> Response
  ) async throws -> Response {
    let clock = ContinuousClock()
    let start = clock.now
    let number = sent.add(1, ordering: .relaxed).newValue
    let asked = RequestEvent.Asked(
      number: number, place: place, stream: request.stream, at: localTime(),
      attempt: RequestAttempt.number)
    onRequest(.started(asked))
    do {
      let response = try await get()
      onRequest(
        .ended(
          asked, status: response.status, bytes: response.body.count, duration: clock.now - start))
      return response
    } catch {
      onRequest(.ended(asked, status: nil, bytes: 0, duration: clock.now - start))
      throw error
    }
  }

  private func adaptThrottle(to response: Response, _ problem: PageError?) async {
    if case .tooManyRequests(_, _, let delay) = problem {
      await throttle.pause(for: delay ?? Self.usualPause)
    }
    if let remaining = response.headers["ratelimit-remaining"].flatMap({ Int($0) }) {
      let limit = response.headers["ratelimit-limit"].flatMap { Int($0) } ?? Self.usualLimit
      await throttle.heard(remaining: remaining, of: limit)
    }
  }

  private func serverTime(of response: Response) -> Instant {
    response.headers["date"].flatMap(HTTPDate.instant) ?? localTime()
  }

  private func redacted(_ reason: PageError.UnreadableBody) -> PageError.UnreadableBody {
    guard case .errors(let title?) = reason else { return reason }
    return .errors(settings.key.redacting(title))
  }
}

extension StreamDefinition {
  /// Where one row is asked for alone; nil where no such request is known.
  fileprivate func path(of key: Int64) -> String? {
    switch lookup {
    case .byID: "\(path)/\(key)"
    case .below(let path): "\(path)/\(key)"
    case .none: nil
    }
  }
}

extension Instant {
  /// The time by this machine's clock.
  public static func ofThisMachine() -> Instant {
    var time = timespec()
    // Fails only for clocks that do not exist.
    _ = clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }
}
