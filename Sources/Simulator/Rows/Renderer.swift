/// Turns rows into what is served: with their links, and as a stub where the key may not look.
struct Renderer: Sendable {
  /// The links of one resource around the id: `"tag":"https:\/\/…\/contactTags\/` and `\/tag"`.
  private struct Link: Sendable {
    let before: [UInt8]
    let after: [UInt8]
  }

  private let links: [String: [Link]]

  init(host: String) {
    links = Dictionary(
      uniqueKeysWithValues: Resource.all.map { resource in
        (resource.path, resource.links.map { Self.link($0, of: resource.path, host: host) })
      })
  }

  private static func link(_ name: String, of path: String, host: String) -> Link {
    var before = JSONWriter()
    before.key(name)
    // The address goes on after the id, so its closing quote is dropped.
    before.raw(JSONWriter.text(of: .text("https://\(host)/api/3/\(path)/")).dropLast())
    let tail =
      name == "contactAutomations" && path == "contacts"
      ? "?limit=1000&orders%5Blastdate%5D=DESC" : ""
    return Link(
      before: before.bytes, after: Array(JSONWriter.text(of: .text("/\(name)\(tail)")).dropFirst()))
  }

  /// Appends a row as served.
  func write(_ row: Row, of resource: Resource, to writer: inout JSONWriter) {
    if row.deal?.isHidden == true { return writeStub(row, to: &writer) }
    let bytes = row.text.bytes
    switch resource.form {
    case .plain: return writer.raw(bytes)
    case .bare: return writer.raw(row.text.value(of: "name") ?? [])
    case .linked: break
    }
    let place = row.text.linksAt
    writer.raw(bytes[..<place])
    writeLinks(of: row.id, resource, to: &writer)
    writer.raw(bytes[place...])
  }

  /// A deal of a pipeline that the key's user may not see.
  private func writeStub(_ row: Row, to writer: inout JSONWriter) {
    writer.raw("{\"title\":")
    writer.raw(row.text.value(of: "title") ?? [])
    writer.raw(",\"id\":\"")
    writer.raw(String(row.id))
    writer.raw("\",\"isDisabled\":true}")
  }

  private func writeLinks(of id: Int, _ resource: Resource, to writer: inout JSONWriter) {
    guard let links = links[resource.path], !links.isEmpty else {
      return writer.raw("\"links\":[],")
    }
    let digits = Array(String(id).utf8)
    writer.raw("\"links\":{")
    for (index, link) in links.enumerated() {
      if index > 0 { writer.raw(",") }
      writer.raw(link.before)
      writer.raw(digits)
      writer.raw(link.after)
    }
    writer.raw("},")
  }

  /// An array of rows under a key, with the comma that precedes what follows.
  func write(_ rows: [Row], as key: String, of resource: Resource, to writer: inout JSONWriter) {
    writer.key(key)
    writer.raw("[")
    for (index, row) in rows.enumerated() {
      if index > 0 { writer.raw(",") }
      write(row, of: resource, to: &writer)
    }
    writer.raw("]")
  }
}
