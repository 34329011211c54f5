import Foundation
import Postgres
import Simulator
import Synchronization
import TestSupport
import Testing

/// Every question of docs/questions.md, asked of the account it tells of.
///
/// `ACSYNC_WRITE_ANSWERS=1 make test` writes the answers found into the document instead of comparing.
@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `The questions of analysts` {
  private static let document = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/questions.md")

  @Test func `have the answers that docs/questions.md tells`() async throws {
    var page = try QuestionsPage(String(contentsOf: Self.document, encoding: .utf8))
    try #require(page.questions.count >= 21)
    try await FourDays().pass()
    let answers = try await withDatabase { database in
      // The clock of the session is not the account's: a day that it decides is half a day off.
      try await database.script(
        "SET acsync.today = '\(FourDays.today)'; SET TimeZone = 'Pacific/Auckland'")
      var answers: [String] = []
      for question in page.questions {
        answers.append(try await Self.answer(question.sql, database))
      }
      return answers
    }
    if ProcessInfo.processInfo.environment["ACSYNC_WRITE_ANSWERS"] == "1" {
      page.put(answers)
      try page.text.write(to: Self.document, atomically: true, encoding: .utf8)
    }
    for (question, answer) in zip(page.questions, answers) {
      #expect(answer == question.answer, "\(question.title)")
      #expect(
        answer.split(separator: "\n").count > 1, "\(question.title): no row answers nothing")
    }
  }

  /// The rows as CSV, with a line of names.
  private static func answer(_ sql: String, _ database: Connection) async throws -> String {
    let rows = try await database.query(Statement(raw: sql))
    var lines = [rows.columns.joined(separator: ",")]
    for row in rows {
      lines.append(
        try rows.columns.indices.map { Self.cell(try row[$0]) }.joined(separator: ","))
    }
    return lines.joined(separator: "\n")
  }

  private static func cell(_ text: String?) -> String {
    guard let text else { return "" }
    guard text.isEmpty || text.contains(where: { ",\"\n".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

/// The document, taken apart: each `sql` block that a `csv` block follows.
private struct QuestionsPage {
  struct Question {
    let title: String
    let sql: String
    let answer: String
  }

  private(set) var text: String
  let questions: [Question]

  init(_ text: String) throws {
    self.text = text
    var title = ""
    var questions: [Question] = []
    let pattern = /(?ms)^## (.*?)$|^```sql\n(.*?)^```\n+```csv\n(.*?)^```/
    for match in text.matches(of: pattern) {
      if let heading = match.output.1 { title = String(heading) }
      guard let sql = match.output.2, let answer = match.output.3 else { continue }
      questions.append(
        Question(
          title: title,
          sql: sql.trimmingCharacters(in: .whitespacesAndNewlines)
            .trimmingCharacters(in: CharacterSet(charactersIn: ";")),
          answer: answer.trimmingCharacters(in: .newlines)))
    }
    self.questions = questions
  }

  /// Puts other answers in the places of those that stand there.
  mutating func put(_ answers: [String]) {
    var left = answers[...]
    text.replace(/(?ms)^```csv\n.*?^```/) { _ in
      "```csv\n\(left.popFirst() ?? "")\n```"
    }
  }
}
