import Synchronization

/// Keeps what concurrent tasks tell it, in the order told.
final class Recorder<Element: Sendable>: Sendable {
  private let kept = Mutex<[Element]>([])

  var all: [Element] { kept.withLock(\.self) }

  func append(_ element: Element) { kept.withLock { $0.append(element) } }
}
