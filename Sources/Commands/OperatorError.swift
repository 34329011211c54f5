import Catalog

/// Why a verb that looks after the warehouse did not do what it was asked to.
enum OperatorError: Explained, Equatable {
  /// The warehouse knows nothing of the account.
  case nothingRead(account: String)
  /// A question was answered with no, or nobody could be asked.
  case notConfirmed(action: String)
  /// Neither streams nor all of them were named.
  case nothingNamed(verb: String)
  /// A file of states cannot be read.
  case unreadableFile(path: String, reason: String)
  /// A file of states cannot be taken as it is; every reason.
  case unfitState(path: String, reasons: [String])

  var explanation: Explanation {
    let (what, place, remedy) = words
    return Explanation(
      what, at: place, remedy: remedy, .lasting(.stopRun), fault: .configuration)
  }

  private var words: (String, String, String) {
    switch self {
    case .nothingRead(let account):
      (
        "nothing of \(account) has been read into this database", "the warehouse",
        "acsync run comes first"
      )
    case .notConfirmed(let action):
      (
        "\(action): not confirmed, nothing was changed", "the command line",
        "answer y where it asks, or give --yes"
      )
    case .nothingNamed(let verb):
      (
        "acsync \(verb) needs to know which streams", "the command line",
        "name them, or give --all"
      )
    case .unreadableFile(let path, let reason):
      ("\(path) cannot be read: \(reason)", path, "give a file that acsync state export wrote")
    case .unfitState(let path, let reasons):
      (
        "the states cannot be taken: " + reasons.joined(separator: "; "), path,
        "nothing was changed; acsync reset makes the next run read streams whole instead"
      )
    }
  }
}
