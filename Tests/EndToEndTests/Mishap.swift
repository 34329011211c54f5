import Simulator
import Synchronization

/// One thing that goes wrong with one answer, and may be tried again.
struct Mishap: Sendable {
  let name: String
  let fault: Fault

  private init(_ name: String, _ fault: Fault) {
    (self.name, self.fault) = (name, fault)
  }

  static let all: [Mishap] = [
    Mishap("429 with Retry-After", .status(429, headers: ["Retry-After": "1"])),
    Mishap("429 without", .status(429)),
    Mishap("500", .status(500, body: #"{"message":"oops"}"#)),
    Mishap(
      "502 in HTML",
      .status(502, body: "<html>Bad gateway</html>", headers: ["Content-Type": "text/html"])
    ),
    Mishap("403 once", .status(403, body: #"{"message":"Forbidden"}"#)),
    Mishap("cut off", .truncated(after: 900)),
    Mishap("shortened, and its length agrees", .shortened(to: 900)),
    Mishap("reset", .reset),
    Mishap("closed", .closed),
    Mishap("200 with nothing", .empty),
    Mishap("200 in HTML", .body("<html>We are busy</html>", contentType: "text/html")),
  ]

  /// Mishaps now and then, by a seed; asked from any thread.
  final class Sequence: Sendable {
    private let random: Mutex<Seeded>
    private let rarity: Int

    init(seed: UInt64, oneIn rarity: Int) {
      random = Mutex(Seeded(seed: seed))
      self.rarity = rarity
    }

    /// What happens to the next answer; mostly nothing.
    func next() -> Fault? {
      random.withLock { random in
        guard Int.random(in: 0..<rarity, using: &random) == 0 else { return nil }
        // Waits that the service names would only make a test slow.
        return all.dropFirst().randomElement(using: &random)?.fault
      }
    }
  }
}
