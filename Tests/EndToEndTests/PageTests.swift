import Simulator
import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(10))) struct `A service whose pages disappoint` {
  /// By id, in order of a time, by position, and below a parent.
  private static let streams = [
    "contacts", "contact_tags", "deal_pipelines", "deal_stages", "deals",
  ]
  private static let words = ["--streams=" + streams.joined(separator: ","), "--page-size=20"]

  /// What an account goes on answering so, without a row being out of reach.
  private static let lasting = PageFault.allCases.filter {
    ![.short, .empty, .repeated, .stale, .cappedOffset].contains($0)
  }

  /// Lets each so-many-th list be answered with the fault; single rows are answered as they are.
  private func disappoint(_ world: World, _ fault: PageFault, each number: Int = 1) {
    world.faults.decide {
      !$0.path.contains("/") && $0.number.isMultiple(of: number) ? .page(fault) : nil
    }
  }

  private func differences(_ world: World) async throws -> [String] {
    try await Comparison(account: world.account).differences(in: Self.streams)
  }

  @Test(arguments: PageFault.allCases)
  func `now and then loses no row without saying so`(fault: PageFault) async throws {
    let world = try World(.paged) { $0.keepsCopy = true }
    defer { world.server.stop() }
    // The old copies lack these rows, and hold one that is gone.
    let gone = try #require(world.account.ids(of: "tags").last)
    world.account.delete("tags", id: gone)
    for path in ["contacts", "contactTags", "deals"] { world.account.insert(path) }
    disappoint(world, fault, each: 7)
    let run = try await world.run(Self.words)
    #expect([0, 3].contains(run.code), "\(run.aside)")
    let found = try await differences(world)
    // An old copy that bears a new date is not known as one; what it lacked comes with the next run.
    #expect(found == [] || run.code == 3 || fault == .stale, "\(found)")
    world.faults.decide(nil)
    let quiet = try await world.run(Self.words + ["--refresh=0"])
    #expect(quiet.code == 0, "\(quiet.aside)")
    #expect(try await differences(world) == [])
  }

  @Test(arguments: lasting)
  func `always is copied all the same, or not called complete`(fault: PageFault) async throws {
    let world = try World(.paged)
    defer { world.server.stop() }
    disappoint(world, fault)
    for words in [Self.words, Self.words + ["--refresh=0"]] {
      let run = try await world.run(words)
      #expect([0, 3].contains(run.code), "\(run.aside)")
      let found = try await differences(world)
      #expect(found == [] || run.code == 3, "\(found)")
    }
  }

  @Test func `beyond some offset are never called complete`() async throws {
    var size = AccountSize.scaled(contacts: 60)
    size.contactTags = PageFault.offsetCap + 450
    let world = try World(size)
    defer { world.server.stop() }
    disappoint(world, .cappedOffset)
    for words in [["--streams=contact_tags"], ["--streams=contact_tags", "--full-refresh"]] {
      let run = try await world.run(words)
      #expect(run.code == 3, "\(run.aside)")
    }
    world.faults.decide(nil)
    let whole = try await world.run("--streams=contact_tags")
    #expect(whole.code == 0, "\(whole.aside)")
    #expect(try await Comparison(account: world.account).differences(in: ["contact_tags"]) == [])
  }

  @Test func `lack rows that were there before mark none of them as deleted`() async throws {
    let world = try World(.paged)
    defer { world.server.stop() }
    let first = try await world.run(Self.words)
    #expect(first.code == 0, "\(first.aside)")
    for fault in [PageFault.short, .empty, .repeated, .totalZero, .totalTooSmall, .shuffled] {
      disappoint(world, fault, each: 3)
      let run = try await world.run(Self.words + ["--refresh=0"])
      #expect([0, 3, 8].contains(run.code), "\(fault): \(run.aside)")
      #expect(try await differences(world) == [], "\(fault)")
    }
  }
}
