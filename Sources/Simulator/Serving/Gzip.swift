/// Wraps bytes in the gzip format (RFC 1952) without making them smaller: a reader has to unwrap
/// them all the same.
enum Gzip {
  /// The largest block that the format can store.
  private static let blockSize = 65535

  static func wrapped(_ body: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    bytes.reserveCapacity(body.count + body.count / blockSize * 5 + 32)
    var start = 0
    repeat {
      let end = min(body.count, start + blockSize)
      let length = UInt16(end - start)
      bytes.append(end == body.count ? 1 : 0)
      bytes += littleEndian(length) + littleEndian(~length)
      bytes += body[start..<end]
      start = end
    } while start < body.count
    return bytes + littleEndian(checksum(body))
      + littleEndian(UInt32(truncatingIfNeeded: body.count))
  }

  private static func littleEndian(_ number: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
    stride(from: 0, to: number.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// CRC-32, byte by byte.
  static func checksum(_ body: [UInt8]) -> UInt32 {
    ~body.reduce(~0) { sum, byte in
      table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ (sum >> 8)
    }
  }

  private static let table: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(UInt32(number)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
  }
}
