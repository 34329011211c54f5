/// The parts of a zone file (TZif, RFC 9636) that tell offsets.
struct ZoneFile: Sendable {
  private(set) var changes: [Int64] = []
  private(set) var offsets: [Int64] = [0]
  private(set) var rule: YearlyRule?

  /// The counts of a block's header, in the order they are written.
  private struct Counts {
    let isUT, isStandard, leaps, times, types, letters: Int

    /// Bytes that the block takes, with times of so many bytes.
    func bytes(time: Int) -> Int {
      times * time + times + types * 6 + letters + leaps * (time + 4) + isStandard + isUT
    }
  }

  private static let headerBytes = 44
  private static let mostBytes = 1 << 20

  /// Nil if the bytes are no zone file.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.mostBytes, bytes.starts(with: "TZif".utf8),
      let first = Self.counts(bytes, at: 0)
    else { return nil }
    let isOld = bytes[4] < UInt8(ascii: "2")
    if isOld {
      guard read(bytes, at: Self.headerBytes, first, time: 4) else { return nil }
      return
    }
    // The first block is for old readers; the second has times of 64 bits, and a rule behind it.
    let second = Self.headerBytes + first.bytes(time: 4)
    guard let counts = Self.counts(bytes, at: second),
      read(bytes, at: second + Self.headerBytes, counts, time: 8)
    else { return nil }
    let footer = bytes.dropFirst(second + Self.headerBytes + counts.bytes(time: 8))
    guard footer.first == UInt8(ascii: "\n"), footer.last == UInt8(ascii: "\n") else { return nil }
    let text = String(decoding: footer.dropFirst().dropLast(), as: UTF8.self)
    if text.isEmpty { return }
    guard let rule = YearlyRule(text) else { return nil }
    self.rule = rule
  }

  private static func counts(_ bytes: [UInt8], at start: Int) -> Counts? {
    guard bytes.count >= start + headerBytes else { return nil }
    let numbers = (0..<6).map { Int(number(bytes, at: start + 20 + 4 * $0, bytes: 4)) }
    let counts = Counts(
      isUT: numbers[0], isStandard: numbers[1], leaps: numbers[2], times: numbers[3],
      types: numbers[4], letters: numbers[5])
    guard numbers.allSatisfy({ (0...mostBytes).contains($0) }), counts.types > 0 else { return nil }
    return counts
  }

  private mutating func read(
    _ bytes: [UInt8], at start: Int, _ counts: Counts, time: Int
  ) -> Bool {
    guard bytes.count >= start + counts.bytes(time: time) else { return false }
    let indices = start + counts.times * time
    let types = indices + counts.times
    let offset = { type in Self.number(bytes, at: types + 6 * type, bytes: 4) }
    offsets = [offset(0)]
    for index in 0..<counts.times {
      let type = Int(bytes[indices + index])
      guard type < counts.types else { return false }
      changes.append(Self.number(bytes, at: start + index * time, bytes: time))
      offsets.append(offset(type))
    }
    return zip(changes, changes.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// A signed number, the highest byte first.
  private static func number(_ bytes: [UInt8], at start: Int, bytes count: Int) -> Int64 {
    let bits = bytes[start..<start + count].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    return count == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
  }
}
