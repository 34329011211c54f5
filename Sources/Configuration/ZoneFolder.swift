internal import Catalog
internal import FoundationEssentials
internal import Scheduling

/// The time zones as the system keeps them: a file each.
enum ZoneFolder {
  private static let path = "/usr/share/zoneinfo"
  private static let mostCharacters = 64
  private static let mostBytes = 1 << 20

  /// The rules of a zone by its name: `Europe/Berlin`, `UTC`.
  static func rules(of name: String) throws(WrongValue) -> TimeZoneRules {
    if name == "UTC" { return .utc }
    guard isName(name), let bytes = FileManager.default.contents(atPath: "\(path)/\(name)"),
      bytes.count <= mostBytes, bytes.starts(with: "TZif".utf8)
    else {
      throw WrongValue(
        "time_zone: this machine knows no zone \(name.shown)",
        remedy: near(name) ?? "write one as Europe/Berlin or UTC, and install tzdata")
    }
    do {
      return try TimeZoneRules(name: name, file: [UInt8](bytes))
    } catch {
      throw WrongValue("time_zone: \(error.what)", remedy: error.remedy)
    }
  }

  /// Letters, digits and a few signs: never a way out of the folder.
  private static func isName(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return name.count <= mostCharacters
      && parts.allSatisfy { part in
        part.first?.isLetter == true
          && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_+-".contains($0)) }
      }
  }

  /// The zone of the same region that was most likely meant.
  private static func near(_ name: String) -> String? {
    let known = (try? String(contentsOfFile: "\(path)/tzdata.zi", encoding: .utf8)) ?? ""
    // Lines as `Z Europe/Berlin 0:53:28 …` and `L Europe/Berlin Europe/Copenhagen`.
    let names = known.split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ")
      guard words.count > 2 else { return nil }
      return words[0] == "Z" ? String(words[1]) : words[0] == "L" ? String(words[2]) : nil
    }
    return suggestion(for: name, among: names)
  }
}
