import Glibc

/// One connection: requests one after the other, as long as both ends keep it.
struct Connection {
  enum Ending {
    case closed, reset
  }

  private static let largestHead = 65536

  private let socket: Socket
  private let server: Server
  private let clock = ContinuousClock()

  init(_ socket: Socket, of server: Server) {
    self.socket = socket
    self.server = server
  }

  func serve() -> Ending {
    var buffer: [UInt8] = []
    while let request = nextRequest(&buffer) {
      if request.target.hasPrefix("/_simulator/") {
        let isSent = send(server.ownAnswer(request), to: request, fault: nil)
        if !isSent || !request.keepsConnection { return .closed }
        continue
      }
      switch answer(request) {
      case .keep: continue
      case .close: return .closed
      case .reset: return .reset
      }
    }
    return .closed
  }

  // MARK: reading

  /// The next request; nil when the other end is done, or speaks something else.
  private func nextRequest(_ buffer: inout [UInt8]) -> HTTPRequest? {
    let ending: [UInt8] = [13, 10, 13, 10]
    var searched = 0
    while true {
      if let end = Self.find(ending, in: buffer, from: searched) {
        let request = HTTPRequest(buffer[..<end])
        buffer.removeSubrange(..<(end + ending.count))
        guard let request, drop(request.bodyLength, &buffer) else { return nil }
        return request
      }
      searched = max(0, buffer.count - ending.count)
      let more = socket.received()
      guard !more.isEmpty, buffer.count < Self.largestHead else { return nil }
      buffer += more
    }
  }

  private static func find(_ ending: [UInt8], in buffer: [UInt8], from start: Int) -> Int? {
    guard buffer.count >= ending.count, start <= buffer.count - ending.count else { return nil }
    return (start...(buffer.count - ending.count)).first { index in
      buffer[index] == ending[0] && buffer[index..<(index + ending.count)].elementsEqual(ending)
    }
  }

  /// Reads past a request's body, which only a refused method has.
  private func drop(_ count: Int, _ buffer: inout [UInt8]) -> Bool {
    while buffer.count < count {
      let more = socket.received()
      guard !more.isEmpty else { return false }
      buffer += more
    }
    buffer.removeFirst(max(0, min(count, buffer.count)))
    return true
  }

  // MARK: answering

  private enum Next {
    case keep, close, reset
  }

  private func answer(_ request: HTTPRequest) -> Next {
    let query = Query(request.target)
    let path = Self.auditPath(query.path)
    let number = server.auditor.started(path, at: elapsed)
    var answer = refusal(request, path)
    if answer.status == 200 {
      server.options.edits?.edit(server.account)
      let fault = server.options.faults.fault(
        for: FaultyRequest(path: path, target: request.target, number: number))
      if fault != nil { server.auditor.note { $0.faults += 1 } }
      server.pause(for: server.options.latency)
      return send(query, answer.headers, to: request, fault)
    }
    if request.method == "HEAD" { answer.body = [] }
    server.pause(for: server.options.latency)
    return send(answer, to: request, fault: nil, counted: true) && request.keepsConnection
      ? .keep : .close
  }

  /// Answers a request that nothing speaks against, as the fault has it.
  private func send(
    _ query: Query, _ headers: [(name: String, value: String)], to request: HTTPRequest,
    _ fault: Fault?
  ) -> Next {
    switch fault {
    case .reset, .closed:
      server.auditor.ended()
      if case .reset = fault { return .reset }
      return .close
    case .hung:
      socket.waitUntilLeft { server.isStopped }
      server.auditor.ended()
      return .close
    case .delayed(let delay): server.pause(for: delay)
    default: break
    }
    var page: PageFault?
    if case .page(let fault) = fault { page = fault }
    var answer = fault.flatMap(Self.replacement) ?? server.router.answer(query, fault: page)
    answer.headers += headers
    return send(answer, to: request, fault: fault, counted: true) && request.keepsConnection
      ? .keep : .close
  }

  /// What a fault puts in place of the answer.
  private static func replacement(_ fault: Fault) -> Answer? {
    var answer: Answer
    switch fault {
    case .status(let status, let body, let headers):
      answer = Answer(status, body: Array(body.utf8))
      answer.headers = headers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    case .body(let body, let contentType):
      answer = Answer(200, body: Array(body.utf8))
      answer.headers = [("Content-Type", contentType)]
    case .empty: answer = Answer(200, body: [])
    case .redirect(let address, let status):
      answer = Answer(status, body: [])
      answer.headers = [("Location", address)]
    default: return nil
    }
    return answer
  }

  /// A refusal, or a 200 with the headers that tell the rate.
  private func refusal(_ request: HTTPRequest, _ path: String) -> Answer {
    guard request.method == "GET" else {
      server.auditor.note { $0.refusedMethods += 1 }
      var answer = Answer.message(405, "Only GET is served")
      answer.headers = [("Allow", "GET")]
      return answer
    }
    guard request.header("api-token") == server.options.apiKey else {
      server.auditor.note { $0.refusedKeys += 1 }
      return .message(403, "You are not authorized to access this resource")
    }
    var answer = Answer(200, body: [])
    if let verdict = server.auditor.admit(at: elapsed) {
      if !verdict.isAdmitted {
        answer = .message(429, "Too many requests")
        let wait = server.options.retryAfter ?? max(1, Int(verdict.wait.components.seconds) + 1)
        answer.headers = [("Retry-After", String(wait))]
      }
      if server.options.sendsRateHeaders {
        answer.headers += [
          ("RateLimit-Limit", String(verdict.limit)),
          ("RateLimit-Remaining", String(verdict.remaining)),
        ]
      }
    }
    let feature = path.split(separator: "/").first.map(String.init) ?? ""
    if answer.status == 200, server.options.missingFeatures.contains(feature) {
      return .message(403, "Upgrade your account to enable this feature")
    }
    return answer
  }

  // MARK: sending

  /// Sends an answer; false when the connection is of no more use.
  ///
  /// - Parameter counted: whether the request is among those under way.
  private func send(
    _ answer: Answer, to request: HTTPRequest, fault: Fault?, counted: Bool = false
  ) -> Bool {
    var answer = answer
    var body = answer.body
    let accepts = request.header("accept-encoding") ?? ""
    if server.options.gzip, !body.isEmpty, accepts.contains("gzip") {
      body = Gzip.wrapped(body)
      answer.headers.append(("Content-Encoding", "gzip"))
    }
    if case .shortened(let count) = fault {
      body = Array(body.prefix(min(count, max(0, body.count - 1))))
    }
    let isChunked = server.options.chunked && !body.isEmpty
    let head = HTTPHead.bytes(
      answer, date: HTTPHead.date(server.account.seconds),
      length: isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(body.count)",
      keepsConnection: request.keepsConnection)
    let framed = isChunked ? Self.chunks(body) : body
    switch fault {
    case .truncated(let count):
      if counted { server.auditor.ended() }
      socket.send(head + framed.prefix(min(count, max(0, framed.count - 1))))
      return false
    case .stalled(let count, let delay):
      socket.send(head + framed.prefix(count))
      server.pause(for: delay)
      return finish(framed.dropFirst(count), counted)
    case .dripped(let pieces, let time):
      let size = max(1, framed.count / max(1, pieces))
      var rest = (head + framed)[...]
      while rest.count > size, socket.send(rest.prefix(size)) {
        rest = rest.dropFirst(size)
        server.pause(for: time / max(1, pieces))
      }
      return finish(rest, counted)
    default:
      return finish((head + framed)[...], counted)
    }
  }

  /// Sends what is left.
  ///
  /// A request is over for the reader when its last byte is there, and may be followed by the next
  /// at once: so it is counted out before that byte goes.
  private func finish(_ bytes: ArraySlice<UInt8>, _ counted: Bool) -> Bool {
    let isSent = socket.send(bytes.dropLast(), more: true)
    if counted { server.auditor.ended() }
    return isSent && socket.send(bytes.suffix(1))
  }

  private static func chunks(_ body: [UInt8]) -> [UInt8] {
    var framed: [UInt8] = []
    var rest = body[...]
    while !rest.isEmpty {
      let chunk = rest.prefix(16384)
      framed += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + [13, 10]
      rest = rest.dropFirst(chunk.count)
    }
    return framed + Array("0\r\n\r\n".utf8)
  }

  // MARK: small things

  /// A monotonic time, for the rate.
  private var elapsed: Duration {
    Server.epoch.duration(to: clock.now)
  }

  /// The path below `/api/3/`, ids written as `id`, so that an audit stays short.
  private static func auditPath(_ path: String) -> String {
    let parts = path.split(separator: "/")
    let below = parts.prefix(2) == ["api", "3"] ? parts.dropFirst(2) : parts[...]
    return below.map { isID($0) ? "id" : String($0) }.joined(separator: "/")
  }

  /// Whether a part of a path is a number or a UUID.
  private static func isID(_ part: Substring) -> Bool {
    Int(part) != nil || part.utf8.count == 36 && part.utf8.count { $0 == UInt8(ascii: "-") } == 4
  }
}

extension Server {
  /// Where the monotonic time of the rate starts.
  static let epoch = ContinuousClock().now
}
