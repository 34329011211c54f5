import Warehouse

/// The warehouse as a document: `docs/warehouse.md` is this of one that was just laid out.
enum WarehouseMarkdown {
  static func text(of relations: [WarehouseRelation]) -> String {
    let chapters = Chapter.allCases.flatMap { chapter -> [String] in
      let shown = relations.filter { Chapter(of: $0) == chapter }
      guard !shown.isEmpty else { return [] }
      let head = ["## \(chapter.rawValue)", chapter.words]
      return head + (chapter == .state ? [list(of: shown)] : shown.map(section))
    }
    let views = relations.filter { Chapter(of: $0) == .staging }
    return ([introduction, overview(of: relations), differences, diagram(of: views)] + chapters)
      .joined(separator: "\n\n")
  }

  /// What stands together.
  private enum Chapter: String, CaseIterable {
    case marts = "Marts"
    case watch = "Keeping watch"
    case kept = "Behind the marts"
    case staging = "Staging"
    case others = "Of this warehouse alone"
    case history = "History"
    case state = "Schema acsync"

    init(of relation: WarehouseRelation) {
      self =
        switch relation.schema {
        case "acsync": .state
        case "analytics" where relation.name.hasPrefix("activecampaign__"): .marts
        case "analytics" where relation.name.hasPrefix("stg_"): .staging
        case "analytics" where relation.name.hasPrefix("int_"): .kept
        case "analytics" where relation.name.hasPrefix("dim_"): .marts
        case "analytics" where relation.name.hasPrefix("all_"): .others
        case "analytics" where relation.name.hasSuffix("_wide"): .others
        case "analytics": .watch
        default: .history
        }
    }

    var words: String {
      switch self {
      case .marts: "What to begin with: a view for each kind of question."
      case .watch: "Whether the numbers are fresh and whole."
      case .kept:
        "What the marts are made of. Materialized views keep their rows and are brought up to date at the end of a run after which their rows may differ, at most a tenth of the time; `data_freshness` tells when."
      case .staging:
        "A view for each kind of row, under clean names: live rows only, statuses as words, money in whole units with its currency, names beside ids."
      case .others:
        "Views that depend on the account's custom fields, and on how many accounts there are: [custom fields](custom-fields.md), [many accounts](operating.md#many-accounts)."
      case .history:
        "Former versions and counters, beside the tables of the streams: [history](history.md)."
      case .state:
        "What acsync keeps for itself, in case a question leads there. Nothing of it is written by hand."
      }
    }
  }

  // MARK: Parts

  private static let introduction = """
    # The warehouse

    <!-- Written by `make docs` from a database that was just laid out; changes here are lost. -->

    Analysts read schema `analytics`. Everything there exists from the first run on, also for streams that were never read, and everything is described in the database itself: `\\d+ analytics.activecampaign__deals` shows what stands below. The tables of the streams themselves are in [streams.md](streams.md). `acsync discover --warehouse` prints this of a warehouse of yours, with its custom fields, as text, JSON, Markdown or a diagram.

    - **Names**: `stg_activecampaign__…` has the rows, `activecampaign__…` answers questions, `…_id` leads to the view whose key has that name. `source_relation` is the account, where a warehouse holds several: join on it too.
    - **Times** are `timestamptz`; **days** (`…_on`, `day`, `month`) are days of the account's zone: that of the user whose key is read with, or `account_time_zone` in replication.yaml.
    - **Today** is `analytics.today()`. `SET acsync.today = '2026-01-31'` lets every view answer as of that day, as far as it goes by today.
    - **Personal** columns are marked; role `acsync_analyst` does not get them: [roles](operating.md#roles).
    """

  private static let differences = """
    ## Why a number differs from ActiveCampaign's screens

    1. **It is older or newer.** The service's own reports lag behind what its API tells by some fifteen minutes, and this warehouse is as fresh as its last run, its kept views a little less. `analytics.data_freshness` tells up to when each stream is proven complete.
    2. **A day is another day.** Screens go by the zone of whoever looks, exports often by UTC. Here a day is one of the account's zone, as `analytics.stg_activecampaign__source_accounts` tells.
    3. **Other contacts are counted.** Screens show active contacts of a list, or those a filter lets through; `activecampaign__contacts` has every contact that is not deleted, unsubscribed and bounced ones too: filter on the list's status. Opens count Apple's prefetching or do not; the counters here are the API's own.

    Whether rows are missing is another question: `analytics.row_reconciliation` holds what the service counts against what is here.
    """

  private static func overview(of relations: [WarehouseRelation]) -> String {
    let shown = relations.filter { [.marts, .watch].contains(Chapter(of: $0)) }
    let lines = shown.map {
      "| [`\($0.name)`](#\($0.name)) | \(escaped(sentence(of: $0.meaning))) |"
    }
    return (["| view | what a row is |", "|---|---|"] + lines).joined(separator: "\n")
  }

  private static func section(of relation: WarehouseRelation) -> String {
    var lines = ["| column | type | meaning | personal |", "|---|---|---|---|"]
    for column in relation.columns {
      lines.append(
        "| `\(column.name)` | \(column.type) | \(escaped(column.meaning)) | \(column.isPersonal ? "yes" : "") |"
      )
    }
    let kept = relation.kind == .kept ? " Materialized." : ""
    return "### \(relation.name)\n\n\(escaped(relation.meaning))\(kept)\n\n"
      + lines.joined(separator: "\n")
  }

  private static func list(of relations: [WarehouseRelation]) -> String {
    let lines = relations.map { "| `\($0.name)` | \(escaped($0.meaning)) |" }
    return (["| table | what it holds |", "|---|---|"] + lines).joined(separator: "\n")
  }

  private static func diagram(of views: [WarehouseRelation]) -> String {
    "## How rows belong together\n\n```mermaid\n\(WarehouseMermaid.text(of: views))\n```"
  }

  private static func sentence(of text: String) -> String {
    text.firstRange(of: ". ").map { String(text[..<$0.lowerBound]) }
      ?? (text.hasSuffix(".") ? String(text.dropLast()) : text)
  }

  /// Text as it stands in a cell: nothing ends the cell or begins a tag.
  private static func escaped(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("<", with: "&lt;")
  }
}
