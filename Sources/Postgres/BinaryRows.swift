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
  /// The usual size of a chunk: all are alike, so that the memory of one serves the next.
  private static let chunkBytes = 64 * 1024
  /// From 1970-01-01 to 2000-01-01, the server's epoch.
  private static let epochDays: Int32 = 10_957
  private static let epochMicroseconds: Int64 = 946_684_800_000_000

  /// What is full, and is handed to libpq piece by piece.
  private var full: [ArraySlice<UInt8>] = []
  /// The chunk that is being filled.
  ///
  /// What follows `end` is room, filled with zeros: storing into it is far cheaper than appending.
  private var bytes: [UInt8] = []
  private var end = 0
  private var columnsLeft = 0
  /// The number of rows begun.
  public private(set) var count = 0

  /// No rows yet.
  public init() {}

  /// The size of the rows so far.
  public var byteCount: Int { full.reduce(end) { $0 + $1.count } }

  var isComplete: Bool { columnsLeft == 0 }

  var chunks: [ArraySlice<UInt8>] { full + [bytes[..<end]] }

  /// Begins the next row.
  /// - Precondition: The row before has all its columns.
  public mutating func beginRow(columnCount: Int) {
    precondition(isComplete, "the row before lacks a column")
    columnsLeft = columnCount
    count += 1
    makeRoom(for: 2)
    store(Int16(columnCount))
  }

  /// Appends null, of any type.
  public mutating func appendNull() {
    takeColumn()
    makeRoom(for: 4)
    store(Int32(-1))
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
    guard let value else { return appendNull() }
    appendText(value, version: nil)
  }

  /// Appends a `jsonb` from JSON text.
  public mutating func append(jsonb value: String?) {
    guard let value else { return appendNull() }
    appendText(value, version: 1)
  }

  /// Appends a value of any type in the server's own binary form.
  public mutating func append(bytes value: some Collection<UInt8>) {
    let copy = Array(value)
    takeColumn()
    makeRoom(for: 4 + copy.count)
    store(Int32(copy.count))
    copy.withUnsafeBytes { store($0) }
  }

  /// - Parameter version: that of the type's format, which stands before the text; nil for none.
  private mutating func appendText(_ value: String, version: UInt8?) {
    var value = value
    takeColumn()
    value.withUTF8 { utf8 in
      let length = utf8.count + (version == nil ? 0 : 1)
      makeRoom(for: 4 + length)
      store(Int32(length))
      if let version { store(version) }
      store(UnsafeRawBufferPointer(utf8))
    }
  }

  private mutating func append(bits value: (some FixedWidthInteger & BitwiseCopyable)?) {
    guard let value else { return appendNull() }
    takeColumn()
    let width = value.bitWidth / 8
    makeRoom(for: 4 + width)
    store(Int32(width))
    store(value)
  }

  private mutating func takeColumn() {
    precondition(columnsLeft > 0, "the row has no more columns")
    columnsLeft -= 1
  }

  // MARK: Storing

  private mutating func makeRoom(for size: Int) {
    if size <= bytes.count - end { return }
    full.append(bytes[..<end])
    bytes = [UInt8](repeating: 0, count: Swift.max(size, Self.chunkBytes))
    end = 0
  }

  /// Stores a number, its highest byte first.
  /// - Precondition: There is room.
  private mutating func store(_ value: some FixedWidthInteger & BitwiseCopyable) {
    let start = end
    end += value.bitWidth / 8
    precondition(end <= bytes.count, "there is no room")
    bytes.withUnsafeMutableBytes {
      $0.storeBytes(of: value.bigEndian, toByteOffset: start, as: type(of: value))
    }
  }

  /// Stores bytes as they are.
  /// - Precondition: There is room.
  private mutating func store(_ value: UnsafeRawBufferPointer) {
    let start = end
    end += value.count
    precondition(end <= bytes.count, "there is no room")
    bytes.withUnsafeMutableBytes { room in
      UnsafeMutableRawBufferPointer(rebasing: room[start...]).copyMemory(from: value)
    }
  }
}
