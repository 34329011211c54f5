import Catalog
import Configuration
import Outbound

/// The ways out of this process that the settings use, checked before anything is done.
struct Outlet: Sendable {
  let sender: WebSender
  let runner: CommandRunner
  let withheld: Withheld
  let targets: [NotifyTarget]

  /// - Throws: `UsageError` for commands that were not allowed, `OutboundRefusal` for a URL that may
  ///   not be used.
  init(_ setup: Setup) throws {
    withheld = Withheld(setup.secrets)
    targets = setup.settings.notify
    runner = CommandRunner(environment: setup.environment, withheld: withheld)
    sender = WebSender(
      WebSender.Settings(
        userAgent: Program.applicationName, certificateFile: setup.certificateFile,
        withheld: withheld, accounts: setup.addresses.compactMap(WebAddress.init)))
    try requireLeave(for: setup)
    for (text, place) in Self.texts(of: setup.settings) where withheld.isIn(text) {
      throw OutboundRefusal(.holdsSecret(place: place))
    }
    for (url, place) in Self.urls(of: setup.settings) {
      guard let address = WebAddress(url.reveal()) else {
        throw OutboundRefusal(.noWebAddress(place: place))
      }
      guard !sender.isForbidden(address) else {
        throw OutboundRefusal(.leadsToAccount(place: place))
      }
      guard !withheld.isIn(url.reveal()) else { throw OutboundRefusal(.holdsSecret(place: place)) }
    }
  }

  private func requireLeave(for setup: Setup) throws(UsageError) {
    guard !setup.allowsCommands else { return }
    let hooks = Self.hooks(of: setup.settings).filter(\.isCommand).map(\.place)
    let places = hooks + targets.filter(\.isCommand).map(\.place)
    if let place = places.first { throw .commandsNotAllowed(place.description) }
  }

  private static func hooks(of settings: Settings) -> [Hook] {
    // Also of streams that nobody selected: one may be read for the sake of those below it.
    settings.hooks.start + settings.hooks.end
      + (settings.streams + settings.others).flatMap { $0.hooks.pre + $0.hooks.post }
  }

  /// Texts that are shown when something is wrong with them, or leave this process.
  private static func texts(of settings: Settings) -> [(String, place: String)] {
    let checks = (settings.streams + settings.others).flatMap(\.checks)
    return checks.compactMap { check in
      if case .sql(let text) = check.rule { (text, check.place) } else { nil }
    }
      + hooks(of: settings).flatMap { hook -> [(String, place: String)] in
        let texts: [String] =
          switch hook.action {
          case .query(let text): [text.filled(with: [:])]
          case .check(let text, let message): [text.filled(with: [:]), message ?? ""]
          case .http(let call): [call.payload?.filled(with: [:]) ?? ""]
          case .command(.shell(let line)): [line]
          case .command(.words(let words)): words.map { $0.filled(with: [:]) }
          }
        return texts.map { ($0, hook.place.description) }
      }
  }

  private static func urls(of settings: Settings) -> [(Secret, place: String)] {
    let calls = hooks(of: settings).compactMap { hook -> (Secret, place: String)? in
      guard case .http(let call) = hook.action else { return nil }
      return (call.url, hook.place.description)
    }
    return calls
      + settings.notify.flatMap { target -> [(Secret, place: String)] in
        switch target.way {
        case .webhook(let url): [(url, target.place.description)]
        case .ping(let url, _, let failure):
          [url, failure].compactMap(\.self).map { ($0, target.place.description) }
        case .command: []
        }
      }
  }
}

/// A URL of the settings that must not be used; nothing has been done then.
struct OutboundRefusal: Explained {
  let cause: OutboundError

  init(_ cause: OutboundError) { self.cause = cause }

  var explanation: Explanation {
    let cause = cause.explanation
    return Explanation(
      cause.what, at: cause.place, remedy: cause.remedy, .lasting(.stopRun), fault: .configuration)
  }
}

extension Setup {
  /// What must not leave this process.
  var secrets: [String] {
    var secrets = keys.map { $0.reveal() }
    if case .connection(let text) = settings.database.value {
      let passwords = Target.passwords(in: text.reveal())
      // As they are written, and as they are meant: in a URI some characters need a spelling.
      secrets += passwords + passwords.map(\.percentDecoded)
      if !passwords.isEmpty { secrets.append(text.reveal()) }
    }
    if let password = environment["PGPASSWORD"] { secrets.append(password) }
    return secrets
  }
}

extension Target {
  /// The passwords in a URI or a list `key=value …`, as they are written there.
  static func passwords(in text: String) -> [String] {
    var found: [String] = []
    if let scheme = text.firstRange(of: "://") {
      let rest = text[scheme.upperBound...]
      let authority = rest.prefix { !"/?#".contains($0) }
      if let at = authority.lastIndex(of: "@"), let colon = authority.firstIndex(of: ":"),
        colon < at
      {
        found.append(String(authority[authority.index(after: colon)..<at]))
      }
    }
    for key in ["sslpassword=", "password="] {
      var rest = Substring(text)
      while let range = rest.firstRange(of: key) {
        rest = rest[range.upperBound...]
        let isQuoted = rest.first == "'"
        let value =
          isQuoted ? rest.dropFirst().prefix { $0 != "'" } : rest.prefix { !" &".contains($0) }
        found.append(String(value))
      }
    }
    return found.filter { !$0.isEmpty }
  }
}

extension String {
  /// What a part of a URI means: `%40` is an `@`.
  fileprivate var percentDecoded: String {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
