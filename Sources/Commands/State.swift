import Catalog
import Configuration
import FoundationEssentials
import Glibc
import Warehouse

extension Verb {
  static let state = Verb(
    "state", "how far the streams are, as a file: write it, or take it back",
    operands: "export [FILE] | import FILE",
    details: """
      export writes cursors, proofs and cut-off walks as JSON, to FILE or standard
      output. import takes them back into a warehouse as far as its tables prove them:
      where a table holds exactly the rows of the export, all of it; where the table
      is known to be further, the older times, so that more is read again; else the
      stream's progress is forgotten and the next run reads it whole. A cut-off walk
      is begun anew. All streams of the file or none; refused while a run holds one of
      them (exit 7), or if the file is of another account or a newer acsync.
      """,
    options: [.config, .account, .demo, Consent.yes, StateTransfer.rehearsal]
  ) { invocation in
    let words = invocation.arguments.operands
    guard let word = words.first else {
      throw UsageError.missingOperand(verb: "state", usage: "acsync state export|import")
    }
    if words.count > 2 { throw UsageError.unexpectedOperand(words[2], verb: "state") }
    let transfer = try StateTransfer(invocation, Setup(invocation))
    switch word {
    case "export": return try await transfer.write(to: words.count > 1 ? words[1] : nil)
    case "import":
      guard words.count > 1 else {
        throw UsageError.missingOperand(verb: "state import", usage: "acsync state import FILE")
      }
      return try await transfer.read(from: words[1])
    default:
      throw UsageError.unknownSubcommand(word, verb: "state", known: ["export", "import"])
    }
  }
}

/// States on their way into a file or back.
private struct StateTransfer {
  static let rehearsal = Option("dry-run", "import: only tell what would be done")

  private let invocation: Invocation
  private let setup: Setup

  init(_ invocation: Invocation, _ setup: Setup) {
    self.invocation = invocation
    self.setup = setup
  }

  func write(to path: String?) async throws -> ExitCode {
    let account = try setup.account()
    if setup.target.isAbsent { throw OperatorError.nothingRead(account: account) }
    let loader = try await setup.openLoader(account: account, note: invocation.note)
    let snapshots = try await loader.snapshots(of: setup.definitions)
    let time = try await loader.now()
    await loader.close()
    guard !snapshots.isEmpty else { throw OperatorError.nothingRead(account: account) }
    let text = JSON.text(StateDocument(account: account, at: time, snapshots))
    guard let path else {
      invocation.console.result(text)
      return .done
    }
    do {
      try Data((text + "\n").utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw UsageError.fileNotWritten(path, reason: String(cString: strerror(errno)))
    }
    invocation.note("\(path): \(Figures.amount(snapshots.count, "stream")) of \(account)")
    return .done
  }

  func read(from path: String) async throws -> ExitCode {
    let account = try setup.account()
    let document = try Self.document(at: path)
    let loader = try await setup.openLoader(account: account, note: invocation.note)
    let (snapshots, wrong) = document.snapshots(
      for: account, of: setup.definitions, at: try await loader.now())
    guard wrong.isEmpty else { throw OperatorError.unfitState(path: path, reasons: wrong) }
    let isRehearsal = invocation.arguments.has(Self.rehearsal)
    if !isRehearsal {
      try Consent(invocation).obtain(
        for: "the states of \(Figures.amount(snapshots.count, "stream")) will be replaced")
      _ = try await loader.migrate()
    }
    let done = try await loader.restore(snapshots, isRehearsal: isRehearsal)
    await loader.close()
    tell(done, account: account, isRehearsal: isRehearsal)
    return .done
  }

  private static func document(at path: String) throws(OperatorError) -> StateDocument {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(
        StateDocument.self, from: try Data(contentsOf: URL(filePath: path)))
    } catch let error as DecodingError {
      throw .unreadableFile(path: path, reason: error.words)
    } catch {
      throw .unreadableFile(path: path, reason: String(cString: strerror(errno)))
    }
  }

  private func tell(
    _ done: [(stream: StreamDefinition.ID, restoration: Restoration)], account: String,
    isRehearsal: Bool
  ) {
    let console = invocation.console
    if invocation.wantsJSON {
      return console.result(
        JSON.text(
          RestorationDocument(
            account: account, isRehearsal: isRehearsal,
            streams: done.map {
              .init(stream: $0.stream.name, restoration: $0.restoration.rawValue)
            }
          )))
    }
    guard !invocation.isQuiet else { return }
    for (stream, restoration) in done { console.result("\(stream): \(restoration.words)") }
    if isRehearsal { console.result("nothing was changed: a dry run") }
  }
}

extension Restoration {
  /// What becomes of the stream.
  fileprivate var words: String {
    switch self {
    case .taken: "taken: the table holds exactly these rows"
    case .movedBack: "moved back: the table is further, more is read again"
    case .readWhole: "not proven by the table: the next run reads it whole"
    }
  }
}

extension DecodingError {
  /// Where the document is wrong, without its values.
  fileprivate var words: String {
    switch self {
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(Self.place(context.codingPath)) is of another kind"
    case .keyNotFound(let key, let context):
      "\(Self.place(context.codingPath + [key])) is missing"
    default: "it is not JSON"
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    path.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")
  }
}

/// What was taken back, in JSON.
private struct RestorationDocument: Encodable {
  struct Stream: Encodable {
    let stream: String
    let restoration: String
  }

  let account: String
  let isRehearsal: Bool
  let streams: [Stream]
}
