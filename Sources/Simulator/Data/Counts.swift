/// What tags and lists say of their contacts, by the place of the tag or list.
struct Counts: Sendable {
  private(set) var contactsPerTag: [Int: Int] = [:]
  private(set) var contactsPerList: [Int: Int] = [:]
  private(set) var activePerList: [Int: Int] = [:]

  init() {}

  /// Counts over what the generator would deal out, without making the rows.
  init(_ generator: Generator) {
    for index in 0..<(generator.ids["contactTags"]?.count ?? 0) {
      contactsPerTag[generator.tagIndex(of: index), default: 0] += 1
    }
    for (index, id) in (generator.ids["contactLists"] ?? []).enumerated() {
      let list = generator.listIndex(of: index)
      contactsPerList[list, default: 0] += 1
      if generator.membershipStatus(id) == 1 { activePerList[list, default: 0] += 1 }
    }
  }
}
