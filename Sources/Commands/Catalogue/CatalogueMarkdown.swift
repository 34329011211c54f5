import Catalog

/// The catalogue as a document: `docs/streams.md` is this of all streams.
enum CatalogueMarkdown {
  /// Some streams, or the whole document where none is named.
  static func text(of named: [StreamDefinition]) -> String {
    let parts =
      named.isEmpty
      ? [introduction, comparison, overview] + Area.all.flatMap(chapter)
      : named.map { section($0, level: 1) }
    return parts.joined(separator: "\n\n")
  }

  /// How many streams of each area there are here and in other tools.
  static var comparison: String {
    let tools: [StreamDefinition.Tool] = [.singer, .sling, .airbyte]
    var lines = ["| streams | here | Singer's tap | Sling | Airbyte |", "|---|--:|--:|--:|--:|"]
    let line = { (name: String, streams: [StreamDefinition]) in
      let counts = tools.map { tool in streams.count { $0.alsoReadBy.contains(tool) } }
      return "| \(name) | \(streams.count) |"
        + counts.map { " \($0 == 0 ? "–" : String($0)) |" }.joined()
    }
    lines += Area.all.map { line($0.name, $0.streams) }
    lines.append(line("**all**", StreamDefinition.all))
    return lines.joined(separator: "\n")
  }

  private static var introduction: String {
    """
    # Streams

    <!-- Written by `make docs` from Sources/Catalog/Streams; changes here are lost. -->

    Every stream is a table of its name in schema `activecampaign`. Besides its columns each has `_synced_at` (when the service sent this version), `_deleted_at` (null while the row lives) and `_extra` (fields the API sent that are not declared here).

    *Its end*: up to 12 pages the whole list at every run; of a longer one the new rows at its end and, by positions, what was removed, and once a day (`refresh`) all of it, since nothing tells what changed in place.

    What is read *every run* and *once an hour* is read by default; the latter is left alone for an hour after it was proven complete, since it rarely changes. What is read *only if named* costs many requests: it is read only where its name is written, under `streams` in replication.yaml or in `--streams`; a pattern such as `'*'` does not do. *Seen* and *unverified* lists are in no reference of the API. `acsync discover --format json` says all of this to programs.

    Of a *counter* the API tells only how it stands: with `snapshot: daily` it is kept from day to day, and with `history: true` every version of a row is. [History](history.md) says how to ask for what was.

    ## Here and elsewhere
    """
  }

  private static var overview: String {
    var lines = [
      "## All streams", "",
      "| stream | what a row is | list | how it is walked | what a run reads | read | known | read also by |",
      "|---|---|---|---|---|---|---|---|",
    ]
    for stream in Area.all.flatMap(\.streams) {
      let cells = [
        "[`\(stream.id)`](#\(stream.id))", stream.summary, "`\(stream.path)`", stream.walkWords,
        stream.readingWords, stream.defaultWords, stream.standing.rawValue, stream.readerWords,
      ]
      lines.append("| " + cells.map(escaped).joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }

  private static func chapter(of area: Area) -> [String] {
    ["## \(area.name)"] + area.streams.map { section($0, level: 3) }
  }

  private static func section(_ stream: StreamDefinition, level: Int) -> String {
    var parts = ["\(String(repeating: "#", count: level)) \(stream.id)", facts(of: stream)]
    if let warning = stream.standing.warning { parts.append("**\(warning)**") }
    return (parts + [columns(of: stream)]).joined(separator: "\n\n")
  }

  private static func facts(of stream: StreamDefinition) -> String {
    var sentences = [
      stream.summary, "`GET \(stream.path)`, \(stream.walkWords)",
      "A run reads \(stream.readingWords)", "Read \(stream.defaultWords)",
    ]
    if let keeping = stream.keepingWords { sentences.append("Kept beside it: \(keeping)") }
    let omitted = stream.omitted.subtracting(["links"]).sorted()
    if !omitted.isEmpty {
      sentences.append("Never stored: \(omitted.map { "`\($0)`" }.joined(separator: ", "))")
    }
    return escaped(sentences.joined(separator: ". ") + ".")
  }

  private static func columns(of stream: StreamDefinition) -> String {
    var lines = ["| column | type | meaning | personal |", "|---|---|---|---|"]
    for column in stream.columns {
      var meaning = escaped(column.meaning)
      if let reference = column.reference {
        let name = "\(reference.stream).\(reference.column)"
        meaning = meaning.replacing(name, with: "[\(name)](#\(reference.stream))")
      }
      lines.append(
        "| `\(column.name)` | \(column.typeWords) | \(meaning) | \(column.isPersonal ? "yes" : "") |"
      )
    }
    return lines.joined(separator: "\n")
  }

  /// Text as it stands in a cell: nothing ends the cell or begins a tag.
  private static func escaped(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("<", with: "&lt;")
  }
}
