/// A text that must never be seen: however it is printed, it says only that it is there.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: String

  /// Wraps a secret text.
  public init(_ text: String) { self.text = text }

  /// Hands out the text, to the one place that sends it.
  public func reveal() -> String { text }

  /// Never the text.
  public var description: String { "(secret)" }
  /// Never the text.
  public var debugDescription: String { description }
  /// No children, so that dumps show nothing either.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
