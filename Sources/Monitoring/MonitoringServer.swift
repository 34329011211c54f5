internal import CMicroHTTPD
internal import Glibc

/// What is answered to one request.
public struct Reply: Sendable, Hashable {
  /// The HTTP status.
  public let status: Int
  /// What the body is.
  public let contentType: String
  /// The body.
  public let body: String

  /// Makes a reply; plain text unless something else is said.
  public init(_ status: Int, _ body: String, contentType: String = "text/plain; charset=utf-8") {
    self.status = status
    self.contentType = contentType
    self.body = body
  }
}

/// A small HTTP server for monitoring: it answers GET and HEAD, and keeps narrow limits.
///
/// `@unchecked Sendable`: `daemon` is written before anyone else has the object and once more by
/// `deinit`; libmicrohttpd's own thread reads `answer` only, which never changes.
public final class MonitoringServer: @unchecked Sendable {
  /// The most connections at once.
  public static let mostConnections = 16
  /// Seconds after which a connection that says nothing is closed.
  public static let idleSeconds = 10
  /// Bytes that a connection may take for its request's head; more is refused.
  public static let headBytes = 8 << 10

  /// One thread for all, that waits with poll(2), which has no limit on descriptors' numbers.
  private static let flags = MHD_USE_INTERNAL_POLLING_THREAD.rawValue | MHD_USE_POLL.rawValue

  /// Where it listens, with the port it was given.
  public let address: ListenAddress
  private let answer: @Sendable (String) -> Reply
  private var daemon: OpaquePointer?

  /// Listens, and answers on a thread of its own until the object is gone.
  ///
  /// - Parameter answer: gets the path, without its query; called from that thread, must not wait.
  /// - Throws: `MonitoringError` where the address cannot be had.
  public init(
    on address: ListenAddress, answer: @escaping @Sendable (String) -> Reply
  ) throws(MonitoringError) {
    let (descriptor, given) = try address.listeningSocket()
    self.address = given
    self.answer = answer
    // Started with an array of options: C's variable arguments cannot be passed from Swift.
    var options = [
      MHD_OptionItem(
        option: .CONNECTION_LIMIT, value: Self.mostConnections, ptr_value: nil),
      MHD_OptionItem(
        option: .CONNECTION_TIMEOUT, value: Self.idleSeconds, ptr_value: nil),
      MHD_OptionItem(
        option: .CONNECTION_MEMORY_LIMIT, value: Self.headBytes, ptr_value: nil),
      MHD_OptionItem(
        option: .LISTEN_SOCKET, value: Int(descriptor), ptr_value: nil),
      MHD_OptionItem(option: .END, value: 0, ptr_value: nil),
    ]
    let context = Unmanaged.passUnretained(self).toOpaque()
    let started = options.withUnsafeMutableBytes { list in
      list.baseAddress.flatMap { list in
        withVaList([
          MHD_OPTION.ARRAY.rawValue, OpaquePointer(list), MHD_OPTION.END.rawValue,
        ]) { MHD_start_daemon_va(Self.flags, 0, nil, nil, answerRequest, context, $0) }
      }
    }
    guard let started else {
      close(descriptor)
      throw MonitoringError(
        what: "cannot be served", place: given.description, reason: "libmicrohttpd does not start")
    }
    daemon = started
  }

  deinit {
    // Waits for the thread, and closes the socket.
    if let daemon { MHD_stop_daemon(daemon) }
  }

  fileprivate func reply(to method: String, _ url: String) -> Reply {
    guard method == "GET" || method == "HEAD" else {
      return Reply(405, "only GET and HEAD\n")
    }
    return answer(url)
  }
}

/// What libmicrohttpd calls when a request's head is there, and for each part of its body.
private func answerRequest(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ url: UnsafePointer<CChar>?, _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?,
  _ uploaded: UnsafePointer<CChar>?, _ uploadedSize: UnsafeMutablePointer<Int>?,
  _ memory: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let context, let url, let method else { return .NO }
  let server = Unmanaged<MonitoringServer>.fromOpaque(context).takeUnretainedValue()
  let reply = server.reply(to: String(cString: method), String(cString: url))
  var body = Array(reply.body.utf8)
  guard
    let response = MHD_create_response_from_buffer(body.count, &body, .RESPMEM_MUST_COPY)
  else { return .NO }
  defer { MHD_destroy_response(response) }
  MHD_add_response_header(response, "Content-Type", reply.contentType)
  MHD_add_response_header(response, "Cache-Control", "no-store")
  // Answered at once, also where a body is announced: none is read, and the connection closes.
  return MHD_queue_response(connection, UInt32(reply.status), response)
}
