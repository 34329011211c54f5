import Simulator
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `The account's limit` {
  @Test(arguments: [Duration.zero, .milliseconds(900)])
  func `is never met at the default rate, nor are more than three requests under way`(
    latency: Duration
  ) async throws {
    var size = AccountSize.scaled(contacts: 60)
    (size.notes, size.deals) = (90, 60)
    let world = try World(size, isThrottled: true) { $0.latency = latency }
    defer { world.server.stop() }
    let streams = ["contacts", "notes", "deals"]
    let start = ContinuousClock.now
    let run = try await world.run(
      "--streams=" + streams.joined(separator: ","), "--page-size=10")
    let elapsed = ContinuousClock.now - start
    #expect(run.code == 0, "\(run.aside)")
    let audit = world.server.audit
    #expect(audit.requests >= 20)
    #expect(audit.tooManyRequests == 0)
    // How they arrive is the machine's doing, too: one second may see one that was late. All of
    // them together cannot be faster than four a second.
    #expect(audit.peakPerSecond <= 5, "\(audit.peakPerSecond)")
    #expect(elapsed >= .milliseconds(250) * (audit.requests - 1))
    #expect(audit.peakInFlight <= 3)
    // The budget is used, too: a slow service is asked by several at once.
    if latency > .zero { #expect(audit.peakInFlight == 3) }
    #expect(try await Comparison(account: world.account).differences(in: streams) == [])
  }
}
