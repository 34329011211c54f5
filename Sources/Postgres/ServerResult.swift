internal import CLibPQ

/// An answer of the server, freed with its last user.
///
/// Sendable although it holds a pointer: libpq's results do not change once made, and may be read
/// from any thread (https://www.postgresql.org/docs/current/libpq-threading.html).
final class ServerResult: @unchecked Sendable {
  private let pointer: OpaquePointer
  let columns: [String]
  /// The position of each column; the first of several with one name.
  let positions: [String: Int]
  let rowCount: Int

  init(owning pointer: OpaquePointer) {
    self.pointer = pointer
    columns = (0..<PQnfields(pointer)).map {
      PQfname(pointer, $0).map { String(cString: $0) } ?? ""
    }
    positions = Dictionary(zip(columns, 0...), uniquingKeysWith: { first, _ in first })
    rowCount = Int(PQntuples(pointer))
  }

  deinit {
    PQclear(pointer)
  }

  var status: ExecStatusType { PQresultStatus(pointer) }

  /// What was done: `COMMIT`, `INSERT 0 3`.
  var commandTag: String { PQcmdStatus(pointer).map { String(cString: $0) } ?? "" }

  /// Rows inserted, changed, deleted, copied or selected; 0 for what has none.
  var affectedRows: Int { PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0 }

  /// A value in text format; nil when it is null.
  func text(row: Int, column: Int) -> String? {
    let (row, column) = (Int32(row), Int32(column))
    guard PQgetisnull(pointer, row, column) == 0, let value = PQgetvalue(pointer, row, column)
    else { return nil }
    let length = Int(PQgetlength(pointer, row, column))
    let bytes = UnsafeRawBufferPointer(start: value, count: length)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A field of the server's error; `code` is one of `PG_DIAG_…`.
  func errorField(_ code: UInt8) -> String? {
    PQresultErrorField(pointer, Int32(code)).map { String(cString: $0) }
  }

  /// The whole error as libpq words it, for failures the server did not word itself.
  var errorText: String { PQresultErrorMessage(pointer).map { String(cString: $0) } ?? "" }
}
