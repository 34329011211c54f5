import Testing

@testable import Commands

@Suite struct `What a process costs` {
  @Test func `grows with the work and the memory it takes`() {
    let before = ResourceUse.untilNow()
    let numbers = [UInt64](unsafeUninitializedCapacity: 8_000_000) { buffer, count in
      for index in 0..<8_000_000 { buffer.initializeElement(at: index, to: UInt64(index)) }
      count = 8_000_000
    }
    #expect(numbers.reduce(0, &+) > 0)
    let after = ResourceUse.untilNow()
    #expect(after.processorTime > before.processorTime)
    // A process of no more than 64 MB cannot hold them.
    #expect(after.peakMemoryBytes >= 64_000_000)
    #expect(after.peakMemoryBytes < 64_000_000_000)
  }

  @Test func `is told in one line`() {
    let use = ResourceUse(processorTime: .milliseconds(2345), peakMemoryBytes: 34_567_890)
    #expect(use.text == "2.3 s of processor time, at most 34.6 MB of memory")
  }
}
