import Dispatch
import Simulator
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `A run that is killed` {
  private static let streams = ["contacts", "deals", "tags", "contact_tags", "notes", "tasks"]
  private static let mostKills = 5

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `again and again, under edits and faults, ends in the same tables as one that was not`(
    seed: UInt64
  )
    async throws
  {
    let world = try World(.paged, seed: seed)
    defer { world.server.stop() }
    var random = Seeded(seed: seed)
    let editor = Editor(world.account, streams: Self.streams, seed: seed)
    let words = ["--streams=" + Self.streams.joined(separator: ","), "--page-size=20"]
    let comparison = Comparison(account: world.account, leavingOut: Comparison.silentColumns)
    let mishaps = Mishap.Sequence(seed: seed, oneIn: 40)
    var kills = 0
    for _ in 0..<Self.mostKills {
      let victim = Victim()
      let last = world.server.audit.requests + Int.random(in: 1...40, using: &random)
      // Between an answer and the commit of its rows, as well as in the middle of a request.
      let delay = DispatchTimeInterval.microseconds(Int.random(in: 0...15_000, using: &random))
      // Now and then by the clock alone, so that it also dies before its first request.
      if Int.random(in: 0..<4, using: &random) == 0 {
        let moment = DispatchTimeInterval.milliseconds(Int.random(in: 30...300, using: &random))
        DispatchQueue.global().asyncAfter(deadline: .now() + moment) { victim.kill() }
      }
      world.faults.decide { request in
        editor.edit(atMost: 2)
        if request.number >= last {
          DispatchQueue.global().asyncAfter(deadline: .now() + delay) { victim.kill() }
        }
        return mishaps.next()
      }
      let ending = try await world.run(words, as: victim)
      if ending.isKilled { kills += 1 } else { #expect([0, 3].contains(ending.code)) }
      let broken = try await comparison.brokenPromises(in: Self.streams)
      #expect(broken == [], "seed \(seed), \(kills) kills")
    }
    #expect(kills >= 2, "seed \(seed)")
    // A walk that was cut off goes on where it stood: what changed behind it is the next run's.
    let last = try await world.run(words)
    #expect([0, 3].contains(last.code), "seed \(seed): \(last.aside)")
    world.faults.decide(nil)
    // What was edited in place, in lists that tell nothing of it, only a whole reading shows.
    let quiet = try await world.run(words + ["--refresh=0"])
    #expect(quiet.code == 0, "seed \(seed): \(quiet.aside)")
    let found = try await comparison.differences(in: Self.streams)
    #expect(found == [], "seed \(seed), \(kills) kills")
  }
}
