import Glibc

/// What is known of the place where people read: its width, and whether it can redraw.
struct Terminal: Sendable, Hashable {
  /// Columns a line may take; nil where nothing limits it (a file, a pipe).
  var width: Int?
  /// Lines it shows at once.
  var height = 24
  /// Whether lines already written can be drawn again.
  var canRedraw = false
  /// Whether colours are wanted.
  var hasColour = false

  /// A file or a pipe.
  static let none = Terminal()

  /// Asks the system what hangs on a file descriptor; `NO_COLOR` and `TERM=dumb` are honoured.
  ///
  /// `COLUMNS` counts where a person has set it for a pipe.
  static func of(descriptor: Int32, environment: [String: String]) -> Terminal {
    let named = environment["COLUMNS"].flatMap(Int.init).flatMap { $0 >= 20 ? $0 : nil }
    guard isatty(descriptor) == 1 else { return Terminal(width: named) }
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    let isDumb = environment["TERM"] == nil || environment["TERM"] == "dumb"
    return Terminal(
      width: isKnown ? Int(size.ws_col) : named ?? 80,
      height: isKnown && size.ws_row > 0 ? Int(size.ws_row) : 24, canRedraw: !isDumb,
      hasColour: !isDumb && (environment["NO_COLOR"] ?? "").isEmpty)
  }

  /// `text` in the colour of trouble, where colours are wanted.
  func red(_ text: String) -> String { hasColour ? "\u{1B}[31m\(text)\u{1B}[0m" : text }

  /// `text` in a heavier type, where that is wanted.
  func bold(_ text: String) -> String { hasColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}
