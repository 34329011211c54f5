import Simulator
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `An account that is edited while it is read`
{
  private static let streams = ["contacts", "deals", "tags", "contact_tags"]

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `is exact after the next quiet run: no row lost, stale or left over`(seed: UInt64)
    async throws
  {
    let world = try World(.paged, seed: seed)
    defer { world.server.stop() }
    let editor = Editor(world.account, streams: Self.streams, seed: seed)
    world.faults.decide { _ in
      editor.edit(atMost: 4)
      return nil
    }
    let words = ["--streams=" + Self.streams.joined(separator: ","), "--page-size=20"]
    let comparison = Comparison(account: world.account, leavingOut: Comparison.silentColumns)
    for phase in ["the first sync", "the next"] {
      let churned = try await world.run(words)
      // What could not be proven while the account moved is told (3); nothing else may go wrong.
      #expect([0, 3].contains(churned.code), "seed \(seed), \(phase): \(churned.aside)")
      let broken = try await comparison.brokenPromises(in: Self.streams)
      #expect(broken == [], "seed \(seed), \(phase)")
    }
    #expect(editor.edits > 50, "seed \(seed)")
    world.faults.decide(nil)
    // What was edited in place, in lists that tell nothing of it, only a whole reading shows.
    let quiet = try await world.run(words + ["--refresh=0"])
    #expect(quiet.code == 0, "seed \(seed): \(quiet.aside)")
    let found = try await comparison.differences(in: Self.streams)
    #expect(found == [], "seed \(seed)")
  }
}
