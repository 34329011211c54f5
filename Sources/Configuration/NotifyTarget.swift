/// Somebody who is told what happens to the runs.
public struct NotifyTarget: Sendable {
  /// How it is told.
  public enum Way: Sendable {
    /// A message in JSON to a URL, as Slack takes it.
    case webhook(Secret)
    /// A command of this machine, with the message on its standard input.
    case command(CommandLineText)
    /// A request at every run, whose absence is what alarms.
    case ping(Secret, method: String, failure: Secret?)
  }

  /// What it may be told of.
  public enum Event: String, Sendable, Hashable, CaseIterable {
    /// A run, or a stream of it, failed.
    case failure
    /// A good run after one that failed.
    case recovery
    /// Fields or columns are new, or of another type.
    case schemaChange = "schema_change"
    /// Values did not fit their columns.
    case rejectedRows = "rejected_rows"
    /// A table was last proven complete too long ago.
    case staleStream = "stale_stream"
    /// A run went well.
    case success
  }

  /// What people call it, and what its state is kept under.
  public let name: String
  /// How it is told.
  public let way: Way
  /// What it is told of.
  public let events: Set<Event>
  /// How often at most it is told of what goes on; nil: only once.
  public let repeatEvery: Duration?
  /// How long ago a table may have been proven complete; nil: as its stream's `refresh` says.
  public let staleAfter: Duration?
  /// How long one attempt may take.
  public let timeout: Duration
  /// Where it is declared.
  public let place: Place

  /// Whether it runs a command of this machine.
  public var isCommand: Bool { if case .command = way { true } else { false } }

  /// The word for its way: `webhook`.
  public var kind: String {
    switch way {
    case .webhook: "webhook"
    case .command: "command"
    case .ping: "ping"
    }
  }
}
