import Catalog
import Testing

@testable import Warehouse

private let rate = RequestRate(perSecond: 4)

@Suite struct `Sharing an account's requests` {
  @Test func `gives one process alone everything, for a few seconds at a time`() {
    var book = RequestBook.idle
    #expect(book.ask(1, at: .at(10)) == .whole(until: .at(13)))
    #expect(book.ask(1, .renewal, at: .at(11)) { $0.usesWhole = true } == .whole(until: .at(14)))
    #expect(book.clearAt == .at(14) + rate.window)
  }

  @Test func `counts the question for the key as just sent when an account is first met`() {
    var book = RequestBook(at: .at(0), rate: rate)
    let space = rate.spacing(tolerance: .zero)
    #expect(book.ask(1, at: .at(0)) == .wait(space))
    #expect(book.ask(1, at: .at(0) + space) == .whole(until: .at(3) + space))
  }

  @Test func `lets a newcomer wait until the one before it has handed over`() {
    var book = RequestBook.idle
    _ = book.ask(1, at: .at(10))
    #expect(book.ask(2, at: .at(11)) == .wait(RequestBook.pollInterval))
    #expect(book.ask(1, .renewal, at: .at(11)) { $0.usesWhole = true } == .handOver)
    #expect(book.ask(2, at: .at(11)) == .wait(RequestBook.pollInterval))
    _ = book.ask(1, .renewal, at: .at(12)) {
      $0.inFlight = 1
      $0.sinceLastStart = .milliseconds(100)
    }
    let clear = Instant.at(12) - .milliseconds(100) + rate.window
    #expect(book.ask(2, at: .at(12)) == .slot(clear, tolerance: .zero))
  }

  @Test func `does not renew the whole budget while another waits`() {
    var book = RequestBook.idle
    _ = book.ask(1, at: .at(10))
    _ = book.ask(2, at: .at(11))
    _ = book.ask(1, .renewal, at: .at(12)) { $0.usesWhole = true }
    #expect(book.leases.first { $0.holder == 1 }?.expiresAt == .at(13))
  }

  @Test func `frees what a dead process had when its lease ends, a window later`() {
    var book = RequestBook.idle
    _ = book.ask(1, at: .at(10))
    #expect(book.ask(2, at: .at(12)) == .wait(RequestBook.pollInterval))
    #expect(book.ask(2, at: .at(13)) == .wait(rate.window))
    #expect(book.ask(2, at: .at(13) + rate.window) == .whole(until: .at(16) + rate.window))
  }

  @Test func `gives the next process the budget a window after the last start of one that left`() {
    var book = RequestBook.idle
    _ = book.ask(1, at: .at(10))
    _ = book.ask(1, .leave, at: .at(12)) { $0.sinceLastStart = .milliseconds(300) }
    #expect(book.leases.isEmpty)
    let rest = rate.window - .milliseconds(300)
    #expect(book.ask(2, at: .at(12)) == .wait(rest))
  }

  @Test func `spaces slots for how late each may be used`() {
    var book = RequestBook.shared
    let late = Duration.milliseconds(100)
    #expect(book.ask(1, at: .at(0)) { $0.tolerance = late } == .slot(.at(0), tolerance: late))
    let spacing = (rate.window + late) / 4
    #expect(book.ask(2, at: .at(0)) == .slot(.at(0) + spacing, tolerance: late))
  }

  @Test func `lets no more be in flight than all may together, and serves who waited longest`() {
    var book = RequestBook.shared
    for (holder, inFlight) in [(1, 0), (2, 0), (1, 1)] as [(Int64, Int)] {
      guard case .slot = book.ask(holder, at: .at(0), { $0.inFlight = inFlight }) else {
        Issue.record("\(holder) got none")
        return
      }
    }
    #expect(book.ask(2, at: .at(1)) { $0.inFlight = 1 } == .wait(RequestBook.pollInterval))
    #expect(book.ask(1, at: .at(2)) { $0.inFlight = 2 } == .wait(RequestBook.pollInterval))
    // One of the first process's ends; the second one has waited longer for it.
    #expect(book.ask(1, at: .at(2)) { $0.inFlight = 1 } == .wait(RequestBook.pollInterval))
    guard case .slot = book.ask(2, at: .at(2), { $0.inFlight = 1 }) else {
      Issue.record("the one that waited got none")
      return
    }
  }

  @Test func `forgets who no longer waits`() {
    var book = RequestBook.shared
    for inFlight in 0..<3 {
      _ = book.ask(1, at: .at(0)) { $0.inFlight = inFlight }
    }
    _ = book.ask(2, at: .at(0))
    _ = book.ask(2, .renewal, at: .at(1)) { $0.isWaiting = false }
    guard case .slot = book.ask(1, at: .at(2), { $0.inFlight = 2 }) else {
      Issue.record("it waits for one that does not")
      return
    }
  }

  @Test func `recovers from a database clock that was set back`() {
    var book = RequestBook.idle
    _ = book.ask(1, at: .at(100_000))
    guard case .wait(let duration) = book.ask(2, at: .at(0)) else {
      Issue.record("it may start")
      return
    }
    #expect(duration < .seconds(10))
  }

  @Test(arguments: 0..<200)
  func `keeps rate and flight whatever processes join, die, leave and are paused`(_ seed: Int) {
    var world = World(seed: seed)
    world.run(for: .seconds(40))
    let starts = world.starts.map(\.time).sorted()
    #expect(starts.count > 60, "seed \(seed)")
    for first in starts.indices.dropLast(4) {
      #expect(starts[first + 4] - starts[first] >= .seconds(1), "seed \(seed) at \(first)")
    }
    for start in world.starts {
      let inFlight = world.starts.count { $0.time <= start.time && start.time < $0.end }
      #expect(inFlight <= 3, "seed \(seed)")
    }
    let survivors = Set(world.members.filter { !$0.isDead && $0.joinsAt < .at(20) }.map(\.holder))
    let late = Set(world.starts.filter { $0.time > .at(30) }.map(\.holder))
    #expect(survivors.isSubset(of: late), "seed \(seed)")
  }
}

extension RequestBook {
  /// An account that nobody has used for long.
  fileprivate static let idle = RequestBook(nextSlot: .at(0), clearAt: .at(0), tolerance: .zero)

  /// An account that two processes use.
  fileprivate static let shared = RequestBook(
    nextSlot: .at(0), clearAt: .at(0), tolerance: .zero,
    leases: [1, 2].map { Lease(holder: $0, inFlight: 0, expiresAt: .at(3)) })

  fileprivate mutating func ask(
    _ holder: Int64, _ purpose: Purpose = .start, at now: Instant,
    _ adjust: (inout Call) -> Void = { _ in }
  ) -> Grant {
    var call = Call(holder: holder, rate: rate, concurrency: 3, purpose: purpose)
    if case .start = purpose { call.isWaiting = true }
    adjust(&call)
    return answer(call, at: now)
  }
}

/// Processes on one account, in steps of a few milliseconds, their fates drawn from a seed.
private struct World {
  struct Start {
    let holder: Int64
    let time: Instant
    let end: Instant
  }

  struct Member {
    let holder: Int64
    let joinsAt: Instant
    var isDead = false
    var pausedUntil: Instant?
    var idleUntil: Instant?
    var wholeUntil: Instant?
    var slot: (from: Instant, to: Instant)?
    var asksAt = Instant.at(0)
    var renewsAt = Instant.at(0)
    var own: [Start] = []

    func inFlight(at now: Instant) -> Int { own.count { $0.end > now } + (slot == nil ? 0 : 1) }
  }

  var book = RequestBook(at: .at(0), rate: rate)
  var members: [Member]
  var starts: [Start] = []
  var random: Seeded

  init(seed: Int) {
    var random = Seeded(UInt64(seed))
    members = (1...Int64.random(in: 2...4, using: &random)).map {
      Member(holder: $0, joinsAt: .at(Int64.random(in: 0...15, using: &random)))
    }
    self.random = random
  }

  mutating func run(for duration: Duration) {
    var now = Instant.at(0)
    while now < .at(0) + duration {
      now = now + .milliseconds(5)
      for index in members.indices where members[index].joinsAt <= now {
        var member = members[index]
        act(&member, now)
        members[index] = member
      }
    }
  }

  /// Dice until the twenty-fifth second; after that all go on undisturbed, so that progress shows.
  private mutating func isStruck(_ now: Instant) -> Bool {
    now < .at(25) && Int.random(in: 0..<2000, using: &random) == 0
  }

  private mutating func act(_ member: inout Member, _ now: Instant) {
    if member.isDead || member.pausedUntil.map({ $0 > now }) == true { return }
    if member.holder != 1, isStruck(now) {
      member.isDead = Bool.random(using: &random)
      member.pausedUntil = now + .milliseconds(Int64.random(in: 1...8000, using: &random))
      return
    }
    if isStruck(now), member.inFlight(at: now) == 0 {
      member.idleUntil = now + .seconds(3)
      call(.leave, &member, now)
    }
    if member.idleUntil.map({ $0 > now }) == true { return }
    if member.renewsAt <= now {
      member.renewsAt = now + .seconds(1)
      call(.renewal, &member, now)
      // Told to hand over, it says that it did.
      if member.wholeUntil == nil { call(.renewal, &member, now) }
    }
    send(&member, now)
  }

  private mutating func send(_ member: inout Member, _ now: Instant) {
    if let slot = member.slot {
      if now >= slot.to { member.slot = nil }
      if now >= slot.from, now < slot.to {
        member.slot = nil
        start(&member, now)
      }
    } else if let until = member.wholeUntil, now < until {
      let times = member.own.suffix(4).map(\.time)
      let isSpaced = times.last.map { now - $0 >= .milliseconds(225) } ?? true
      let isFree = times.count < 4 || now - times[0] >= .seconds(1)
      if isSpaced, isFree, member.inFlight(at: now) < 3 { start(&member, now) }
    } else if member.asksAt <= now, member.inFlight(at: now) < 3 {
      call(.start, &member, now)
    }
  }

  private mutating func start(_ member: inout Member, _ now: Instant) {
    let latency = Duration.milliseconds(Int64.random(in: 20...1200, using: &random))
    let start = Start(holder: member.holder, time: now, end: now + latency)
    member.own.append(start)
    starts.append(start)
  }

  private mutating func call(
    _ purpose: RequestBook.Purpose, _ member: inout Member, _ now: Instant
  ) {
    var call = RequestBook.Call(
      holder: member.holder, rate: rate, concurrency: 3, purpose: purpose)
    if case .leave = purpose { member.wholeUntil = nil }
    call.inFlight = member.inFlight(at: now)
    call.isWaiting = call.inFlight < 3
    call.usesWhole = member.wholeUntil.map { now < $0 } ?? false
    call.sinceLastStart = member.own.last.map { now - $0.time }
    call.tolerance = .milliseconds(Int64.random(in: 15...60, using: &random))
    call.lead = .milliseconds(5)
    let grant = book.answer(call, at: now)
    member.wholeUntil = nil
    switch grant {
    case .whole(let until): member.wholeUntil = until
    case .handOver: break
    case .slot(let slot, let tolerance): member.slot = (slot, slot + tolerance)
    case .wait(let duration): member.asksAt = now + duration
    }
  }
}
