import Catalog
import Testing

@testable import Commands

@Suite struct `A table` {
  private var table: TableText {
    var table = TableText([
      .init("stream"), .init("rows", isNumber: true), .init("why", sacrifice: 1),
      .init("time", isNumber: true, sacrifice: 2),
    ])
    table.add(["contacts", "12,345", "what changed", "1 s"])
    table.add(["deal_pipelines", "8", "everything", "12 s"])
    return table
  }

  @Test func `aligns texts left and numbers right`() {
    #expect(
      table.lines(width: nil) == [
        "stream            rows  why           time",
        "──────────────  ──────  ────────────  ────",
        "contacts        12,345  what changed   1 s",
        "deal_pipelines       8  everything    12 s",
      ])
  }

  @Test func `leaves out what matters least where the width is short`() {
    #expect(table.lines(width: 41).first == "stream            rows  why")
    #expect(table.lines(width: 30).first == "stream            rows")
  }

  @Test func `narrows texts when nothing more can be left out`() {
    #expect(
      table.lines(width: 16) == [
        "stream      rows", "────────  ──────", "contacts  12,345", "deal_pi…       8",
      ])
  }

  @Test func `sets its footer off`() {
    var table = TableText([.init("stream"), .init("rows", isNumber: true)])
    table.add(["contacts", "5"])
    table.footer = ["all", "5"]
    #expect(
      table.lines(width: nil) == [
        "stream    rows", "────────  ────", "contacts     5", "────────  ────", "all          5",
      ])
  }

  @Test(arguments: 20...140)
  func `never has a line wider than the width`(width: Int) {
    for line in table.lines(width: width) { #expect(line.count <= width) }
  }

  @Test func `may have no rows`() {
    #expect(TableText([.init("stream")]).lines(width: 10) == ["stream", "──────"])
  }

  @Test func `folds long text between words, and leaves long words whole`() {
    #expect(
      TableText.folded("  → write the whole number", width: 14, indent: 4)
        == ["  → write the", "    whole", "    number"])
    #expect(TableText.folded("a\n\tb", width: 80, indent: 0) == ["a b"])
    #expect(
      TableText.folded("see postgresql://a-long-host", width: 10, indent: 2)
        == ["see", "  postgresql://a-long-host"])
  }
}

@Suite struct `Figures for people` {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-12_345, "-12,345"),
  ])
  func `group counts by thousands`(number: Int, text: String) {
    #expect(Figures.count(number) == text)
  }

  @Test func `hold at the ends of the integers`() {
    #expect(Figures.count(Int64.min) == "-9,223,372,036,854,775,808")
  }

  @Test(arguments: [
    (Duration.zero, "0.0 s"), (.milliseconds(440), "0.4 s"), (.seconds(12), "12 s"),
    (.seconds(60), "1 min 00 s"), (.seconds(185), "3 min 05 s"), (.seconds(3600), "1 h 00 min"),
    (.seconds(7620), "2 h 07 min"), (.seconds(100 * 3600), "4 d 4 h"), (.seconds(-3), "0.0 s"),
  ])
  func `tell a span in its two greatest units`(span: Duration, text: String) {
    #expect(Figures.span(span) == text)
  }

  @Test func `tell decimals, minutes and amounts`() {
    #expect(Figures.decimal(3.96) == "4.0")
    #expect(Figures.decimal(-0.25) == "-0.3")
    #expect(Figures.decimal(.infinity) == "–")
    #expect(Figures.minute(Instant(seconds: 1_700_000_000)) == "2023-11-14 22:13 UTC")
    #expect(Figures.amount(1, "row") == "1 row")
    #expect(Figures.amount(2000, "row") == "2,000 rows")
  }
}
