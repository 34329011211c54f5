extension Verb {
  /// Prints the manual page; not listed, since only `make install` calls it.
  static let manual = Verb("man", "the manual page, for man") { invocation in
    try invocation.requireNoOperands(of: "man")
    invocation.console.result(ManualPage.text)
    return .done
  }
}

/// The manual page, made from the tables that help is made from.
enum ManualPage {
  static var text: String {
    """
    .TH ACSYNC 1 "" "acsync \(Program.version)" "User commands"
    .SH NAME
    acsync \\- keep PostgreSQL an exact, fresh copy of an ActiveCampaign account
    .SH SYNOPSIS
    .B acsync
    .I VERB
    .RI [ options ]
    .SH VERBS
    \(Verb.all.map(section).joined(separator: "\n"))
    .SH "OPTIONS OF EVERY VERB"
    \(Option.common.map(item).joined(separator: "\n"))
    .SH "EXIT STATUS"
    \(ExitCode.allCases.map(status).joined(separator: "\n"))
    .SH ENVIRONMENT
    .TP
    .B ACTIVECAMPAIGN_URL\\fR, \\fBACTIVECAMPAIGN_API_KEY\\fR, \\fBACTIVECAMPAIGN_API_KEY_FILE
    The account, and the key or a file that holds it.
    .TP
    .B DATABASE_URL\\fR, \\fBPG*
    The warehouse; without any of them a private PostgreSQL.
    \(Option.settings.map(variable).joined(separator: "\n"))
    .SH FILES
    .TP
    .I replication.yaml
    The configuration, if there is one in the working directory.
    .TP
    .I .env
    Variables, beside the configuration.
    """
  }

  private static func section(_ verb: Verb) -> String {
    let operands = verb.operands.isEmpty ? "" : " \(verb.operands)"
    var lines = [".SS \"acsync \(verb.name)\(escaped(operands))\"", sentence(verb.summary)]
    if !verb.details.isEmpty {
      lines +=
        [".PP"]
        + verb.details.split(separator: "\n").flatMap { line in
          // What is set off stays as it is.
          line.hasPrefix(" ") ? [".br", escaped(String(line))] : [escaped(String(line))]
        }
    }
    return (lines + verb.options.map(item)).joined(separator: "\n")
  }

  private static func item(_ option: Option) -> String {
    let usage = String(option.usage.drop { $0 == " " })
    return ".TP\n.B \(escaped(usage))\n\(sentence(option.summary))"
  }

  private static func variable(_ option: Option) -> String {
    let name = option.name.uppercased().replacing("-", with: "_")
    return ".TP\n.B ACSYNC_\(name)\nAs \\fB\\-\\-\(escaped(option.name))\\fR."
  }

  private static func status(_ code: ExitCode) -> String {
    ".TP\n.B \(code.rawValue)\n\(sentence(code.meaning))"
  }

  private static func sentence(_ text: String) -> String {
    escaped(text.prefix(1).uppercased() + text.dropFirst()) + "."
  }

  /// Text as troff takes it: no line begins with a request, and dashes stay dashes.
  private static func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .replacing("\"", with: "\\(dq")
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
  }
}

extension ExitCode {
  /// What it tells, in a few words.
  var meaning: String {
    switch self {
    case .done: "all that was asked for is done"
    case .internalError: "a mistake of acsync"
    case .usage: "the command line or the configuration is wrong; nothing was done"
    case .partial: "some stream failed, or differs; the rest is committed"
    case .sourceRefused: "the account refuses the key"
    case .sourceOutOfReach: "the account cannot be reached"
    case .targetOutOfReach: "the warehouse cannot be reached, or is full"
    case .held: "another run holds a selected stream"
    case .guardRefused: "a guard refused"
    case .budgetReached: "a limit of requests or time was reached; progress is saved"
    case .interrupted: "interrupted (SIGINT); what was read is committed"
    case .terminated: "terminated (SIGTERM); what was read is committed"
    }
  }
}
