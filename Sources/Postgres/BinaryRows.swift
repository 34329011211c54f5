/// Rows in the binary format of `COPY`, built value by value.
///
/// The server takes the bytes for the column's own type, unchecked for its size: append to each
/// column what its type is (`bigint` to `bigint`, never to `integer`).
/// https://www.postgresql.org/docs/current/sql-copy.html
public struct BinaryRows: Sendable {
  static let header: [UInt8] =
    [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00]
    + [UInt8](repeating: 0, count: 8)
  static let trailer: [UInt8] = [0xFF, 0xFF]
  /// Bytes handed to libpq at once.
  private static let chunkBytes = 128 * 1024
  /// From 1970-01-01 to 2000-01-01, the server's epoch.
  private static let epochDays: Int32 = 10_957
  private static let epochMicroseconds: Int64 = 946_684_800_000_000

  private var bytes: [UInt8] = []
  private var columnsLeft = 0
  /// The number of rows begun.
  public private(set) var count = 0

  /// No rows yet; room for some bytes.
  public init(reservingBytes capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  /// The size of the rows so far.
  public var byteCount: Int { bytes.count }

  var isComplete: Bool { columnsLeft == 0 }

  var chunks: some Sequence<ArraySlice<UInt8>> {
    stride(from: 0, to: bytes.count, by: Self.chunkBytes).lazy.map { start in
      bytes[start..<Swift.min(start + Self.chunkBytes, bytes.count)]
    }
  }

  /// Begins the next row.
  /// - Precondition: The row before has all its columns.
  public mutating func beginRow(columnCount: Int) {
    precondition(isComplete, "the row before lacks a column")
    columnsLeft = columnCount
    count += 1
    appendBigEndian(Int16(columnCount))
  }

  /// Appends null, of any type.
  public mutating func appendNull() {
    takeColumn()
    appendBigEndian(Int32(-1))
  }

  /// Appends a `bigint`.
  public mutating func append(bigint value: Int64?) { append(bits: value) }

  /// Appends an `integer`.
  public mutating func append(integer value: Int32?) { append(bits: value) }

  /// Appends a `smallint`.
  public mutating func append(smallint value: Int16?) { append(bits: value) }

  /// Appends a `boolean`.
  public mutating func append(bool value: Bool?) { append(bits: value.map { $0 ? Int8(1) : 0 }) }

  /// Appends a `double precision`.
  public mutating func append(double value: Double?) { append(bits: value?.bitPattern) }

  /// Appends a `timestamptz` from microseconds since 1970-01-01 UTC.
  public mutating func append(timestampMicroseconds value: Int64?) {
    append(
      bits: value.map { value in
        let (shifted, overflow) = value.subtractingReportingOverflow(Self.epochMicroseconds)
        // Out of the server's range; its least value would mean -infinity, so one more.
        return overflow ? Int64.min + 1 : shifted
      })
  }

  /// Appends a `timestamptz`.
  public mutating func append(timestamp value: UnixMicroseconds?) {
    append(timestampMicroseconds: value?.count)
  }

  /// Appends a `date` from days since 1970-01-01.
  public mutating func append(dateDays value: Int32?) {
    append(
      bits: value.map { value in
        let (shifted, overflow) = value.subtractingReportingOverflow(Self.epochDays)
        return overflow ? Int32.min + 1 : shifted
      })
  }

  /// Appends a `text`, or another type whose binary form is its characters (`varchar`, `json`).
  public mutating func append(text value: String?) {
    appendText(value, prefix: [])
  }

  /// Appends a `jsonb` from JSON text.
  public mutating func append(jsonb value: String?) {
    appendText(value, prefix: [1])  // the format's version
  }

  /// Appends a value of any type in the server's own binary form.
  public mutating func append(bytes value: some Collection<UInt8>) {
    takeColumn()
    appendBigEndian(Int32(value.count))
    bytes.append(contentsOf: value)
  }

  private mutating func appendText(_ value: String?, prefix: [UInt8]) {
    guard var value else { return appendNull() }
    takeColumn()
    value.withUTF8 { utf8 in
      appendBigEndian(Int32(prefix.count + utf8.count))
      bytes.append(contentsOf: prefix)
      bytes.append(contentsOf: utf8)
    }
  }

  private mutating func append(bits value: (some FixedWidthInteger)?) {
    guard let value else { return appendNull() }
    takeColumn()
    appendBigEndian(Int32(value.bitWidth / 8))
    appendBigEndian(value)
  }

  private mutating func takeColumn() {
    precondition(columnsLeft > 0, "the row has no more columns")
    columnsLeft -= 1
  }

  private mutating func appendBigEndian(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }
}
