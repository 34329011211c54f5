import Foundation
import FoundationNetworking
import Synchronization
import Testing

/// The built program as it runs for long: its log is followed line by line.
final class Service: Sendable {
  /// A line of the log.
  struct Line: Decodable, Sendable {
    let event: String
    let level: String
    let message: String?
    let exit_code: Int?
  }

  private struct State {
    var text = ""
    var rest = ""
    var code: Int32?
  }

  private let state = Mutex(State())
  private let process: Mutex<Process>
  private let lines: AsyncStream<Line>
  private let input: AsyncStream<Line>.Continuation
  /// The process' number.
  var number: pid_t { process.withLock(\.processIdentifier) }

  /// Starts `acsync schedule --log-format json WORDS` in a folder.
  init(_ words: [String], in folder: URL, environment: [String: String]) throws {
    let made = Process()
    made.executableURL = try builtProgram
    made.arguments = ["schedule", "--log-format", "json"] + words
    let inherited = ProcessInfo.processInfo.environment.filter {
      ["PATH", "HOME"].contains($0.key)
    }
    made.environment = inherited.merging(environment) { $1 }
    made.currentDirectoryURL = folder
    made.standardInput = FileHandle.nullDevice
    made.standardOutput = FileHandle.nullDevice
    let pipe = Pipe()
    made.standardError = pipe
    (lines, input) = AsyncStream.makeStream(of: Line.self)
    process = Mutex(made)
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    let queue = DispatchQueue(label: "tests.service")
    // Dispatch's sources may be cancelled from any thread.
    nonisolated(unsafe) let reading = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: queue)
    reading.setEventHandler { [weak self] in self?.read(descriptor) }
    reading.setCancelHandler { try? pipe.fileHandleForReading.close() }
    // Not the pipe's end: a program that was started at the same moment may have inherited it.
    process.withLock {
      $0.terminationHandler = { _ in
        queue.async { [weak self] in
          self?.read(descriptor)
          self?.input.finish()
          reading.cancel()
        }
      }
    }
    try process.withLock { try $0.run() }
    reading.resume()
  }

  deinit { kill(number, SIGKILL) }

  /// Takes all that is there.
  private func read(_ descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = Foundation.read(descriptor, &buffer, buffer.count), count > 0 {
      took(String(decoding: buffer[..<count], as: UTF8.self))
    }
  }

  private func took(_ text: String) {
    let whole = state.withLock { state in
      state.text += text
      state.rest += text
      var parts = state.rest.split(separator: "\n", omittingEmptySubsequences: false)
      state.rest = String(parts.removeLast())
      return parts.map(String.init)
    }
    for line in whole {
      guard let line = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)) else {
        Issue.record("no object: \(line)")
        continue
      }
      input.yield(line)
    }
  }

  /// All it has said.
  var log: String { state.withLock(\.text) }

  /// The next line of an event, behind those that were waited for before.
  @discardableResult
  func next(_ event: String, where fits: (Line) -> Bool = { _ in true }) async throws -> Line {
    for await line in lines where line.event == event && fits(line) { return line }
    throw Ended(log: log)
  }

  /// Several ends of ticks.
  func ticks(_ count: Int) async throws {
    for _ in 0..<count { try await next("tick_ended") }
  }

  /// Sends a signal.
  func send(_ signal: Int32) { kill(number, signal) }

  /// Sends a signal, 0 for none, and waits for the end; returns the exit code.
  func end(by signal: Int32 = SIGTERM) async -> Int32 {
    send(signal)
    for await _ in lines {}
    return process.withLock {
      $0.waitUntilExit()
      return $0.terminationStatus
    }
  }

  /// Where it serves its metrics.
  func address() async throws -> String {
    let message = try await next("listening").message ?? ""
    let match = try #require(message.firstMatch(of: /http:\/\/[\d.:]+/))
    return String(match.output)
  }

  /// How many files and sockets it has open.
  var openFiles: Int {
    get throws { try FileManager.default.contentsOfDirectory(atPath: "/proc/\(number)/fd").count }
  }

  /// It ended before it said what was waited for.
  struct Ended: Error, CustomStringConvertible {
    let log: String
    var description: String { "the program ended: \(log.suffix(2000))" }
  }
}

/// Asks for a page; returns its status and text.
func get(_ url: String) async throws -> (status: Int, text: String) {
  let address = try #require(URL(string: url))
  let (body, response) = try await URLSession.shared.data(from: address)
  return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: body, as: UTF8.self))
}
