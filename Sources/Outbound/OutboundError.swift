public import Catalog

/// Why something could not be sent, or a command not be run.
///
/// `place` is where it is declared, such as `replication.yaml:12:5`; a URL is never told, since it
/// may hold a token.
public enum OutboundError: Explained, Equatable {
  /// The URL cannot be read, or is neither http nor https.
  case noWebAddress(place: String)
  /// The URL leads to the account itself, which is only ever read.
  case leadsToAccount(place: String)
  /// What was to be sent holds the account's key or the warehouse's password.
  case holdsSecret(place: String)
  /// What was to be sent is longer than anything that is sent.
  case tooLong(place: String, limit: Int)
  /// Nobody answered.
  case unreachable(String, place: String)
  /// The answer was no success.
  case refused(status: Int, place: String)
  /// The answer sends us elsewhere, where nothing of ours is to go.
  case redirected(place: String)
  /// The command could not be started.
  case notStarted(String, place: String)
  /// The command ended with a failure; the end of what it wrote.
  case commandFailed(code: Int32, output: String, place: String)
  /// The command was ended because it took too long.
  case commandTookTooLong(Duration, place: String)

  /// What happened, where, and what to do; nothing of it stops a run by itself.
  public var explanation: Explanation {
    let (what, place, remedy) = words
    return Explanation(what, at: place, remedy: remedy, .lasting(.failStream), fault: .partial)
  }

  private var words: (what: String, place: String, remedy: String) {
    switch self {
    case .noWebAddress(let place):
      ("the URL is no http or https URL", place, "write https://…, best as ${VARIABLE}")
    case .leadsToAccount(let place):
      (
        "the URL leads to the ActiveCampaign account, which is only ever read", place,
        "name another service"
      )
    case .holdsSecret(let place):
      (
        "what is to be sent holds the account's key or the database's password", place,
        "remove it: neither leaves acsync"
      )
    case .tooLong(let place, let limit):
      ("what is to be sent is longer than \(limit) bytes", place, "send less")
    case .unreachable(let how, let place): (how, place, "check the URL and the network")
    case .refused(let status, let place):
      ("the answer is HTTP status \(status)", place, "check the URL and what it expects")
    case .redirected(let place):
      ("the answer leads to another address", place, "write the URL that it leads to")
    case .notStarted(let why, let place):
      ("the command cannot be started: \(why)", place, "check its path and rights")
    case .commandFailed(let code, let output, let place):
      (
        "the command ended with \(code)" + (output.isEmpty ? "" : ": \(output)"), place,
        "correct the command"
      )
    case .commandTookTooLong(let limit, let place):
      (
        "the command was ended after \(limit.components.seconds) s", place,
        "make it faster, or allow it a longer timeout"
      )
    }
  }

  /// Whether sending again may help.
  var isPassing: Bool {
    switch self {
    case .unreachable: true
    case .refused(let status, _): status == 429 || status >= 500
    default: false
    }
  }
}
