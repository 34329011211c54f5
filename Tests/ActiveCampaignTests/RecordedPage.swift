import Catalog
import Testing

@testable import ActiveCampaign

/// A page in the shape that the API sends for a stream, its values invented, and the rows that it
/// must become.
struct RecordedPage: CustomTestStringConvertible {
  /// Every stream's page.
  static let all =
    people + listsAndForms + crm + campaignsAndAutomations + account + memberships
    + contactDetails + customFieldDetails + salesWork + campaignDetails + messagesAndTexts
    + automationDetails + scoresAndSegments + commerce + logs + groupsOfUsers + accountSetup
    + customObjects

  /// The stream's name.
  let stream: String
  /// What the API sends.
  let body: String
  /// The rows: of each, `column=value` for every column that was sent, but made keys.
  let rows: [[String]]

  /// - Parameter rows: values parted by ` | ` or lines, rows by an empty line.
  init(_ stream: String, _ body: String, _ rows: String) {
    self.stream = stream
    self.body = body
    self.rows = rows.split(separator: "\n\n").map { row in
      row.split(separator: "\n").flatMap { $0.split(separator: " | ").map(String.init) }
    }
  }

  var testDescription: String { stream }

  /// The page, by the stream's declaration.
  func decoded() throws -> (stream: StreamDefinition, page: Page) {
    let stream = try #require(StreamDefinition.named(stream))
    return (stream, try PageDecoder(stream).decode(Array(body.utf8), serverTime: .zero))
  }
}

extension Instant {
  /// The time from which times are counted.
  static var zero: Instant { Instant(seconds: 0) }
}

extension Row {
  /// As a recorded page spells its rows.
  func spelled(by stream: StreamDefinition) -> [String] {
    zip(stream.columns, values).compactMap { column, value in
      guard column.madeFrom.isEmpty, let text = value.spelled else { return nil }
      return "\(column.name)=\(text)"
    }
  }
}

extension Value {
  /// For people; nil for what was not sent.
  fileprivate var spelled: String? {
    switch self {
    case .missing: nil
    case .null: "null"
    case .integer(let number): "\(number)"
    case .boolean(let flag): "\(flag)"
    case .text(let text), .json(let text): text
    case .instant(let instant): "\(instant)"
    case .wallClock(let microseconds):
      // An instant of the same clock in UTC, without its letters.
      "\(Instant(microseconds: microseconds))".replacing("T", with: " ").replacing("Z", with: "")
    case .day(let day): "\(day)"
    }
  }

  /// Whether it is what a column of this kind holds; false for null.
  func fits(_ kind: Column.Kind) -> Bool {
    switch (self, kind) {
    case (.integer, .bigint), (.integer, .smallint), (.boolean, .boolean), (.text, .text),
      (.text, .numeric), (.instant, .timestamptz), (.wallClock, .timestamp), (.day, .date),
      (.json, .jsonb), (.json, .embeddedJSON):
      true
    default: false
    }
  }
}
