import Simulator
import Synchronization

/// Edits an account as its users would, by a seed: at any request, from any thread.
final class Editor: Sendable {
  private struct State {
    var random: Seeded
    var deletionsLeft: [String: Int] = [:]
    var edits = 0
  }

  /// Below what the guard against mass deletion takes for a mistake.
  private static let mostDeletions = 15

  private let account: Account
  private let paths: [String]
  private let state: Mutex<State>

  /// - Parameter streams: what is edited.
  init(_ account: Account, streams: [String], seed: UInt64) {
    self.account = account
    paths = streams.compactMap { Truth.paths[$0] }
    var state = State(random: Seeded(seed: seed))
    for path in paths {
      state.deletionsLeft[path] = min(Self.mostDeletions, account.count(of: path) / 3)
    }
    self.state = Mutex(state)
  }

  /// How many edits there were.
  var edits: Int { state.withLock(\.edits) }

  /// Adds, changes or deletes some rows.
  func edit(atMost most: Int) {
    state.withLock { state in
      for _ in 0..<Int.random(in: 0...most, using: &state.random) { edit(&state) }
    }
  }

  private func edit(_ state: inout State) {
    guard let path = paths.randomElement(using: &state.random) else { return }
    let id = account.ids(of: path).randomElement(using: &state.random)
    state.edits += 1
    switch (Int.random(in: 0..<10, using: &state.random), id) {
    case (0..<2, _), (_, nil): account.insert(path, fields(of: path, &state))
    case (2..<4, let id?) where state.deletionsLeft[path, default: 0] > 0:
      state.deletionsLeft[path, default: 0] -= 1
      account.delete(path, id: id)
    case (_, let id?): account.update(path, id: id, fields(of: path, &state))
    }
  }

  private func fields(of path: String, _ state: inout State) -> Fields {
    let text = "edit \(state.edits) – “ø\\/”"
    switch path {
    case "contacts": return ["lastName": .text(text)]
    case "deals": return ["title": .text(text), "value": .count(state.edits)]
    case "tags": return ["description": .text(text)]
    case "contactTags":
      // Whoever bears a tag must be there, as in the service.
      return [
        "contact": .count(anyID("contacts", &state)), "tag": .count(anyID("tags", &state)),
      ]
    default: return ["note": .text(text)]
    }
  }

  private func anyID(_ path: String, _ state: inout State) -> Int {
    account.ids(of: path).randomElement(using: &state.random) ?? 0
  }
}

/// A repeatable source of random numbers (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
