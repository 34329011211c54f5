import Dispatch
import Foundation
import Simulator
import Synchronization
import TestSupport
import Testing

@testable import Commands

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `A signal during a hook` {
  @Test func `ends the hook that is under way, and the run`() async throws {
    let served = try Served()
    defer { served.server.stop() }
    let process = Mutex<pid_t>(0)
    let isKnown = DispatchSemaphore(value: 0)
    let receiver = try Receiver { _ in
      isKnown.wait()
      kill(process.withLock { $0 }, SIGTERM)
      return "HTTP/1.1 200 OK"
    }
    defer { receiver.stop() }
    let file = "/tmp/acsync-signal-\(UUID()).yaml"
    defer { try? FileManager.default.removeItem(atPath: file) }
    try """
    streams:
      tags:
        hooks:
          pre:
            - {type: http, url: "\(receiver.url)", timeout: 1d}
            - {type: query, query: SELECT pg_sleep(86000), timeout: 1d}
    """.write(toFile: file, atomically: false, encoding: .utf8)
    let binary = try Binary(["run", "-c", file], environment: served.environment)
    process.withLock { $0 = binary.process.processIdentifier }
    isKnown.signal()
    let end = binary.ended()
    #expect(end.code == 143, "\(end.aside)")
    #expect(receiver.requests.count == 1)
    let status = await acsync("status", "--streams=tags", environment: served.environment)
    #expect(status.code == .done)
  }
}
