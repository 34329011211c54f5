import CCurl
import Dispatch

/// One libcurl handle with its connection, on a queue of its own.
///
/// `@unchecked Sendable`: `handle` and `lastBody` are touched only by blocks on `queue`, which is
/// serial, and by `deinit`, when no block can be left.
final class Lane: @unchecked Sendable {
  private let settings: Transport.Settings
  private let queue = DispatchQueue(label: "acsync.transport")
  private let handle: UnsafeMutableRawPointer?
  /// The body before, whose memory the next one takes over if nobody reads it any more.
  private var lastBody: [UInt8] = []

  /// The memory of longer bodies is given back.
  private static let maxKeptBytes = 1 << 20

  init(_ settings: Transport.Settings) {
    self.settings = settings
    handle = Self.libraryIsReady ? curl_easy_init() : nil
  }

  deinit {
    if let handle { curl_easy_cleanup(handle) }
  }

  /// libcurl's own set-up, once a process; a static is made by one thread only.
  private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Asks for `url` and waits for the answer.
  ///
  /// - Throws: `TransportFault` (`.closed` once `flag` is set), `BodyTooLarge`.
  func get(_ url: String, headers: [String], flag: CancelFlag) async throws -> Response {
    try await withCheckedThrowingContinuation { continuation in
      queue.async {
        continuation.resume(with: Result { try self.perform(url, headers, flag) })
      }
    }
  }

  private func perform(_ url: String, _ headers: [String], _ flag: CancelFlag) throws -> Response {
    guard let handle else { throw TransportFault.other("libcurl cannot be set up") }
    let exchange = Exchange(flag: flag, maxBodyBytes: settings.limits.maxBodyBytes, body: lastBody)
    lastBody = []
    var list: UnsafeMutablePointer<curl_slist>?
    for header in headers { list = curl_slist_append(list, header) }
    defer { curl_slist_free_all(list) }
    let context = Unmanaged.passUnretained(exchange).toOpaque()
    // Forgets the last request's options, keeps its connection.
    curl_easy_reset(handle)
    try set(url, list, context, on: handle)
    let code = withExtendedLifetime(exchange) { exchange.perform(handle) }
    if flag.isSet { throw TransportFault.closed }
    if exchange.isTooLarge { throw BodyTooLarge(limit: settings.limits.maxBodyBytes) }
    guard code == CURLE_OK else { throw TransportFault(code, detail: exchange.detail) }
    var status = 0
    guard acsync_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK, status > 0
    else { throw TransportFault.connectionLost }
    if exchange.body.capacity <= Self.maxKeptBytes { lastBody = exchange.body }
    return Response(status: status, headers: exchange.headers, body: exchange.body)
  }

  /// Everything a request is: a GET, to http or https only, never redirected, with all limits.
  private func set(
    _ url: String, _ headers: UnsafeMutablePointer<curl_slist>?, _ context: UnsafeMutableRawPointer,
    on handle: UnsafeMutableRawPointer
  ) throws {
    let limits = settings.limits
    let codes = [
      acsync_curl_set_string(handle, CURLOPT_URL, url),
      acsync_curl_set_long(handle, CURLOPT_HTTPGET, 1),
      acsync_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https"),
      acsync_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0),
      acsync_curl_set_pointer(handle, CURLOPT_HTTPHEADER, headers),
      // A proxy is told where to connect, not the key.
      acsync_curl_set_long(handle, CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE)),
      acsync_curl_set_string(handle, CURLOPT_USERAGENT, settings.userAgent),
      acsync_curl_set_string(handle, CURLOPT_ACCEPT_ENCODING, ""),
      acsync_curl_set_long(handle, CURLOPT_NOSIGNAL, 1),
      acsync_curl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1),
      acsync_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, limits.connect.milliseconds),
      acsync_curl_set_long(handle, CURLOPT_TIMEOUT_MS, limits.total.milliseconds),
      acsync_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1),
      acsync_curl_set_long(
        handle, CURLOPT_LOW_SPEED_TIME, max(1, limits.stall.milliseconds / 1000)),
      acsync_curl_set_write(handle, CURLOPT_WRITEFUNCTION, takeBody),
      acsync_curl_set_pointer(handle, CURLOPT_WRITEDATA, context),
      acsync_curl_set_write(handle, CURLOPT_HEADERFUNCTION, takeHeader),
      acsync_curl_set_pointer(handle, CURLOPT_HEADERDATA, context),
      acsync_curl_set_long(handle, CURLOPT_NOPROGRESS, 0),
      acsync_curl_set_progress(handle, checkFlag),
      acsync_curl_set_pointer(handle, CURLOPT_XFERINFODATA, context),
    ]
    let trusted = settings.certificateFile.map {
      acsync_curl_set_string(handle, CURLOPT_CAINFO, $0)
    }
    let direct = settings.usesProxy ? nil : acsync_curl_set_string(handle, CURLOPT_PROXY, "")
    if let failed = (codes + [trusted, direct].compactMap(\.self)).first(where: { $0 != CURLE_OK })
    {
      throw TransportFault(failed, detail: "an option of libcurl cannot be set")
    }
  }
}

/// What libcurl calls for one request; lives on the lane's queue.
private final class Exchange {
  /// What an answer without a length is expected to need.
  private static let usualBodyBytes = 320 << 10

  /// Headers beyond this are left alone.
  private static let maxHeaders = 200

  let flag: CancelFlag
  let maxBodyBytes: Int
  var body: [UInt8]
  var headers: [String: String] = [:]
  var isTooLarge = false
  var detail = ""

  /// - Parameter body: whose memory is used again where nobody else has it.
  init(flag: CancelFlag, maxBodyBytes: Int, body: consuming [UInt8]) {
    self.flag = flag
    self.maxBodyBytes = maxBodyBytes
    self.body = body
  }

  /// Runs the transfer, with a buffer for libcurl's own words on a failure.
  func perform(_ handle: UnsafeMutableRawPointer) -> CURLcode {
    body.removeAll(keepingCapacity: true)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CURL_ERROR_SIZE)) { words in
      words.initialize(repeating: 0)
      _ = acsync_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, words.baseAddress)
      let code = curl_easy_perform(handle)
      _ = acsync_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil)
      let bytes = words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
      detail = String(decoding: bytes, as: UTF8.self)
      return code
    }
  }

  /// Takes a part of the body; false to end the transfer.
  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard body.count + bytes.count <= maxBodyBytes else {
      isTooLarge = true
      return false
    }
    if body.isEmpty { body.reserveCapacity(min(maxBodyBytes, Self.usualBodyBytes)) }
    body.append(contentsOf: bytes)
    return true
  }

  /// Takes a line of the head.
  func header(_ bytes: UnsafeRawBufferPointer) {
    // A status line begins a new head: the one before was a 1xx or a proxy's.
    if bytes.starts(with: "HTTP/".utf8) { headers = [:] }
    guard headers.count < Self.maxHeaders, let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    else { return }
    let name = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
    headers[name] = String(decoding: bytes[(colon + 1)...], as: UTF8.self).trimmingWhitespace()
  }
}

private func takeBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
  // Any other number than that of the bytes ends the transfer.
  return exchange.append(part) ? part.count : part.count + 1
}

private func takeHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  exchange.header(UnsafeRawBufferPointer(start: bytes, count: size * count))
  return size * count
}

/// Called by libcurl at least once a second; a number other than 0 ends the transfer.
private func checkFlag(
  _ context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> Int32 {
  guard let context else { return 1 }
  return Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue().flag.isSet ? 1 : 0
}

extension TransportFault {
  /// The fault that libcurl's code stands for; `detail` is its own text, which names the host.
  fileprivate init(_ code: CURLcode, detail: String) {
    let words = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    let text = words.printable(atMost: 200)
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: self = .hostUnknown
    case CURLE_COULDNT_RESOLVE_PROXY: self = .proxyUnknown
    case CURLE_COULDNT_CONNECT: self = .connectionRefused
    case CURLE_SSL_CONNECT_ERROR: self = .tls(text)
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE: self = .certificate(text)
    case CURLE_OPERATION_TIMEDOUT: self = .timeout(text)
    case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR: self = .connectionLost
    case CURLE_PARTIAL_FILE: self = .cutOff
    case CURLE_BAD_CONTENT_ENCODING: self = .badEncoding
    default: self = .other(text)
    }
  }
}

extension Duration {
  fileprivate var milliseconds: Int {
    // A million seconds are as good as for ever.
    Int(min(max(components.seconds, 0), 1_000_000)) * 1000
      + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
