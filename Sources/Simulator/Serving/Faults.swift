import Synchronization

/// One thing that goes wrong with one answer.
public enum Fault: Sendable {
  /// Another status instead of the answer, with its own body and headers.
  case status(Int, body: String = "", headers: [String: String] = [:])
  /// A 200 with this body instead of the answer: wrong JSON, HTML, a page of another shape.
  case body(String, contentType: String = "application/json")
  /// A 200 with no body at all.
  case empty
  /// A redirection to another address.
  case redirect(to: String, status: Int = 302)
  /// The right length is announced, but the connection closes after so many bytes of the body.
  case truncated(after: Int)
  /// The body ends after so many bytes, or one before its end, and the announced length agrees.
  case shortened(to: Int)
  /// The answer comes so much later.
  case delayed(Duration)
  /// After so many bytes of the body nothing comes for a while, then the rest.
  case stalled(after: Int, for: Duration)
  /// The connection is reset instead of an answer.
  case reset
  /// The connection is closed instead of an answer.
  case closed
  /// Nothing comes, and the connection stays open until the reader gives up.
  case hung
  /// The body comes in so many pieces, evenly spread over a time.
  case dripped(pieces: Int, over: Duration)
  /// The answer looks in order, but its page is not what was asked for; other answers stay as
  /// they are.
  case page(PageFault)
}

/// The request that a fault is decided for.
public struct FaultyRequest: Sendable {
  /// The path below `/api/3/`: `contacts`.
  public let path: String
  /// The whole target as it was sent.
  public let target: String
  /// How many requests came before it, over all paths.
  public let number: Int

  /// Whether it asks for a list, and not for one row or for what lies below one.
  var isForList: Bool { !path.contains("/") }
}

/// Decides for every request whether it is answered as it should be.
///
/// This is the one place where answers go wrong. Scripted faults come first, each used once; then
/// a rule, if there is one, is asked.
public final class Faults: Sendable {
  /// Decides about one request; nil answers it as it should be.
  public typealias Rule = @Sendable (FaultyRequest) -> Fault?

  private struct State {
    var script: [(path: String?, fault: Fault)] = []
    var rule: Rule?
  }

  private let state = Mutex(State())

  /// Nothing goes wrong until told so.
  public init() {}

  /// Lets the next answers go wrong.
  ///
  /// - Parameters:
  ///   - times: how many answers.
  ///   - path: only answers of this path below `/api/3/`; nil for any.
  public func next(_ fault: Fault, times: Int = 1, on path: String? = nil) {
    state.withLock { $0.script += Array(repeating: (path, fault), count: times) }
  }

  /// Asks a rule about every request for which nothing is scripted; nil takes the rule away.
  public func decide(_ rule: Rule?) {
    state.withLock { $0.rule = rule }
  }

  /// How many scripted faults still wait for their request.
  public var waiting: Int { state.withLock { $0.script.count } }

  /// What happens to a request; a scripted fault is thereby used up.
  func fault(for request: FaultyRequest) -> Fault? {
    let (scripted, rule) = state.withLock { state -> (Fault?, Rule?) in
      let place = state.script.firstIndex { $0.path == nil || $0.path == request.path }
      return (place.map { state.script.remove(at: $0).fault }, state.rule)
    }
    return scripted ?? rule?(request)
  }
}
