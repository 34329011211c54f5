import Catalog
import Testing

@testable import Commands

@Suite struct `The exit code` {
  private func problem(_ fault: Fault) -> Explanation {
    Explanation("it broke", at: "somewhere", remedy: "mend it", .lasting(.failStream), fault: fault)
  }

  private func stream(
    _ name: String, _ outcome: Outcome, _ fault: Fault? = nil
  ) -> StreamReport {
    var report = StreamReport(stream: .init(name), mode: .incremental)
    report.outcome = outcome
    report.problem = fault.map(problem)
    return report
  }

  private func code(_ streams: [StreamReport], problem: Explanation? = nil) -> ExitCode {
    ExitCode(
      RunReport(
        outcome: .failed, exitCode: 0, streams: streams, requests: 0, retries: 0,
        duration: .zero, problem: problem))
  }

  @Test(
    arguments: [
      (.configuration, 2), (.sourceRefused, 4), (.sourceOutOfReach, 5), (.targetOutOfReach, 6),
      (.streamHeld, 7), (.guardRefused, 8), (.partial, 3), (.internalError, 1),
    ] as [(Fault, Int32)])
  func `of a fault is the documented number`(fault: Fault, number: Int32) {
    #expect(ExitCode(fault).rawValue == number)
  }

  @Test func `covers every fault`() {
    #expect(Set(Fault.allCases.map { ExitCode($0) }).count == Fault.allCases.count)
  }

  @Test func `of several outcomes is the first of 2, 4, 6, 5, 1, 7, 8, 3, 10`() {
    let documented: [Int32] = [2, 4, 6, 5, 1, 7, 8, 3, 10]
    #expect(ExitCode.precedence.map(\.rawValue) == documented)
    for (position, number) in documented.enumerated() {
      let later = documented[position...].compactMap { ExitCode(rawValue: $0) }
      #expect(ExitCode.first(of: later.reversed() + [.done]).rawValue == number)
    }
    #expect(ExitCode.first(of: []) == .done)
  }

  @Test func `is 0 where all is done or skipped`() {
    #expect(code([stream("contacts", .done), stream("deals", .skipped, .partial)]) == .done)
  }

  @Test func `is 3 where a stream was not read to its end, though nothing failed`() {
    #expect(code([stream("contacts", .done), stream("deals", .interrupted)]) == .partial)
  }

  @Test func `is 10 where a limit left streams open, and nothing worse happened`() {
    #expect(code([stream("contacts", .done), stream("deals", .paused)]) == .budgetReached)
    #expect(code([stream("contacts", .paused)]) == .budgetReached)
    #expect(
      code([stream("a", .done), stream("b", .paused), stream("c", .failed, .partial)]) == .partial)
  }

  @Test func `is 3 where one stream failed and others are done, whatever the fault`() {
    #expect(
      code([stream("contacts", .done), stream("deals", .failed, .sourceOutOfReach)]) == .partial)
  }

  @Test func `is the fault's own where nothing was done`() {
    #expect(code([stream("deals", .failed, .targetOutOfReach)]) == .targetOutOfReach)
    #expect(code([stream("deals", .failed)]) == .partial)
  }

  @Test func `keeps a guard's refusal and a mistake of ours apart from a partial run`() {
    #expect(code([stream("a", .done), stream("b", .failed, .guardRefused)]) == .guardRefused)
    #expect(code([stream("a", .done), stream("b", .failed, .internalError)]) == .internalError)
  }

  @Test func `is 7 where another run holds a stream, before 3`() {
    #expect(
      code([stream("a", .done), stream("b", .held), stream("c", .failed, .partial)]) == .held)
  }

  @Test func `is that of the run's own problem`() {
    #expect(
      code([stream("a", .interrupted)], problem: problem(.sourceRefused)) == .sourceRefused)
  }
}
