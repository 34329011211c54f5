internal import CCurl
import Synchronization

/// Tells what runs, from any thread, that it should end.
final class EndFlag: Sendable {
  private let flag = Atomic(false)

  /// Whether it should end.
  var isSet: Bool { flag.load(ordering: .relaxed) }

  /// Ends it.
  func set() { flag.store(true, ordering: .relaxed) }
}

/// One request over libcurl and its answer, of which only the status counts.
struct WebExchange: Sendable {
  enum Answer: Sendable, Equatable {
    case status(Int)
    /// In words that hold nothing of the URL.
    case failed(String)
  }

  /// More of an answer is not taken.
  static let mostAnswerBytes = 64 << 10

  let request: WebRequest
  let userAgent: String
  let certificateFile: String?
  let deadline: Duration

  /// libcurl's own set-up, once a process; a static is made by one thread only.
  private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Sends and waits for the answer; blocks.
  func perform(_ flag: EndFlag) -> Answer {
    guard Self.libraryIsReady, let handle = curl_easy_init() else {
      return .failed("libcurl cannot be set up")
    }
    defer { curl_easy_cleanup(handle) }
    var list: UnsafeMutablePointer<curl_slist>?
    for header in headers { list = curl_slist_append(list, header) }
    defer { curl_slist_free_all(list) }
    let state = ExchangeState(flag: flag, left: Self.mostAnswerBytes)
    let context = Unmanaged.passUnretained(state).toOpaque()
    // libcurl does not copy the body.
    return withExtendedLifetime(state) {
      request.body.withCString { body in
        guard set(handle, list, context, body) else { return .failed("libcurl refuses an option") }
        return answer(of: handle, after: curl_easy_perform(handle), state)
      }
    }
  }

  private var headers: [String] {
    let isTyped = request.headers.contains { $0.lowercased().hasPrefix("content-type:") }
    let type = request.method == .post && !isTyped ? ["Content-Type: application/json"] : []
    // No waiting for a leave to send the body.
    return request.headers + type + ["Expect:"]
  }

  private func answer(
    of handle: UnsafeMutableRawPointer, after code: CURLcode, _ state: ExchangeState
  ) -> Answer {
    var status = 0
    _ = acsync_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    // What came after the status is of no use: an answer that is too long is one all the same.
    if code == CURLE_OK || state.left <= 0, status > 0 { return .status(status) }
    return .failed(Self.words(for: code))
  }

  private func set(
    _ handle: UnsafeMutableRawPointer, _ headers: UnsafeMutablePointer<curl_slist>?,
    _ context: UnsafeMutableRawPointer, _ body: UnsafePointer<CChar>
  ) -> Bool {
    let milliseconds = max(1, Int(deadline / .milliseconds(1)))
    var codes = [
      acsync_curl_set_string(handle, CURLOPT_URL, request.address.text),
      acsync_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https"),
      acsync_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0),
      acsync_curl_set_pointer(handle, CURLOPT_HTTPHEADER, headers),
      acsync_curl_set_long(handle, CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE)),
      acsync_curl_set_string(handle, CURLOPT_USERAGENT, userAgent),
      acsync_curl_set_long(handle, CURLOPT_NOSIGNAL, 1),
      acsync_curl_set_long(handle, CURLOPT_TIMEOUT_MS, milliseconds),
      acsync_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds),
      acsync_curl_set_write(handle, CURLOPT_WRITEFUNCTION, takeAnswer),
      acsync_curl_set_pointer(handle, CURLOPT_WRITEDATA, context),
      acsync_curl_set_long(handle, CURLOPT_NOPROGRESS, 0),
      acsync_curl_set_progress(handle, checkEnd),
      acsync_curl_set_pointer(handle, CURLOPT_XFERINFODATA, context),
    ]
    switch request.method {
    case .get: codes.append(acsync_curl_set_long(handle, CURLOPT_HTTPGET, 1))
    case .post:
      codes.append(acsync_curl_set_long(handle, CURLOPT_POST, 1))
      let count = request.body.utf8.count
      codes.append(acsync_curl_set_long(handle, CURLOPT_POSTFIELDSIZE, count))
      codes.append(
        acsync_curl_set_pointer(handle, CURLOPT_POSTFIELDS, UnsafeMutableRawPointer(mutating: body))
      )
    }
    if let certificateFile {
      codes.append(acsync_curl_set_string(handle, CURLOPT_CAINFO, certificateFile))
    }
    // A proxy is of no use for this machine itself.
    if request.address.isLoopback {
      codes.append(acsync_curl_set_string(handle, CURLOPT_PROXY, ""))
    }
    return codes.allSatisfy { $0 == CURLE_OK }
  }

  /// libcurl's own words name the host; these do not.
  private static func words(for code: CURLcode) -> String {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: "the URL's host is unknown"
    case CURLE_COULDNT_RESOLVE_PROXY: "the proxy is unknown"
    case CURLE_COULDNT_CONNECT: "nothing listens at the URL"
    case CURLE_SSL_CONNECT_ERROR: "no secure connection can be made"
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
      "the certificate at the URL is not trusted"
    case CURLE_OPERATION_TIMEDOUT: "no answer came in time"
    default: "the connection broke off"
    }
  }
}

/// What libcurl calls for one request; used by the thread that performs it.
private final class ExchangeState {
  let flag: EndFlag
  var left: Int

  init(flag: EndFlag, left: Int) {
    self.flag = flag
    self.left = left
  }
}

private func takeAnswer(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let context else { return 0 }
  let state = Unmanaged<ExchangeState>.fromOpaque(context).takeUnretainedValue()
  state.left -= size * count
  // Any other number than that of the bytes ends the transfer.
  return state.left > 0 ? size * count : size * count + 1
}

/// Called by libcurl at least once a second; a number other than 0 ends the transfer.
private func checkEnd(
  _ context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> Int32 {
  guard let context else { return 1 }
  return Unmanaged<ExchangeState>.fromOpaque(context).takeUnretainedValue().flag.isSet ? 1 : 0
}
