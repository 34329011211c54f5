internal import CLibPQ

/// Hands the server's notices to a closure, or drops them; libpq would print them on stderr.
final class NoticeReceiver {
  private let handler: (@Sendable (String) -> Void)?

  init(_ handler: (@Sendable (String) -> Void)?) {
    self.handler = handler
  }

  /// From here on the connection's notices come here.
  ///
  /// The receiver must outlive the connection.
  func install(on connection: OpaquePointer) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    PQsetNoticeProcessor(
      connection,
      { context, message in
        guard let context, let message else { return }
        let receiver = Unmanaged<NoticeReceiver>.fromOpaque(context).takeUnretainedValue()
        receiver.handler?(trimmed(message))
      }, context)
  }
}
