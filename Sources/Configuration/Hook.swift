public import Catalog

/// Something of the user's own that is done at a moment of a run.
public struct Hook: Sendable {
  /// What is done.
  public enum Action: Sendable {
    /// One statement of SQL in the warehouse.
    case query(TextTemplate)
    /// One query that must give true, or no row at all; what to say where it does not.
    case check(TextTemplate, message: String?)
    /// A request to a URL.
    case http(HTTPCall)
    /// A command of this machine.
    case command(CommandLineText)
  }

  /// What follows when it fails.
  public enum Failure: String, Sendable, CaseIterable {
    /// What it belongs to fails: the stream, or the run.
    case abort
    /// It is said, and nothing else.
    case warn
    /// What it belongs to is left out, and so are the hooks behind it.
    case skip
  }

  /// When it is run.
  public let moment: HookMoment
  /// What people call it.
  public let name: String
  /// What is done.
  public let action: Action
  /// What follows when it fails.
  public let onFailure: Failure
  /// How long it may take.
  public let timeout: Duration
  /// Where it is declared.
  public let place: Place

  /// Whether it runs a command of this machine.
  public var isCommand: Bool { if case .command = action { true } else { false } }
}

/// A request that the file declares.
public struct HTTPCall: Sendable {
  /// The URL, which may hold a token.
  public let url: Secret
  /// `GET` or `POST`.
  public let method: String
  /// Headers as `Name: value`, which may hold a token.
  public let headers: [Secret]
  /// What is sent; nil: what is known of the run, as JSON.
  public let payload: TextTemplate?
}

/// A command that the file declares.
public enum CommandLineText: Sendable {
  /// A line for the shell; it finds what it needs in its environment and its input.
  case shell(String)
  /// A program and its arguments.
  case words([TextTemplate])
}

/// The hooks of one run.
public struct RunHooks: Sendable {
  /// Before anything is read.
  public var start: [Hook] = []
  /// After everything.
  public var end: [Hook] = []
}

/// The hooks of one stream.
public struct StreamHooks: Sendable {
  /// Before it is read.
  public var pre: [Hook] = []
  /// After it was read to its end.
  public var post: [Hook] = []
}
