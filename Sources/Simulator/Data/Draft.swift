/// What one row is made of: its id, its place among the generated ones, its times, and chance.
struct Draft {
  let id: Int
  let index: Int
  private(set) var life: Life
  var random: Random

  init(id: Int, index: Int, life: Life, random: Random) {
    self.id = id
    self.index = index
    self.life = life
    self.random = random
  }

  var now: Int { life.now }

  /// The creation and update times as the legacy resources write them, and as wall-clock time.
  var created: RowValue { .text(CentralTime.iso(life.created)) }
  var updated: RowValue { .text(CentralTime.iso(life.updated)) }
  var createdWall: RowValue { .text(CentralTime.wall(life.created)) }
  var updatedWall: RowValue { .text(CentralTime.wall(life.updated)) }

  /// A time between the creation and now.
  mutating func moment() -> RowValue { .text(CentralTime.iso(life.moment(&random))) }

  /// The value about once in so many times, else null.
  mutating func seldom(_ times: Int, _ value: @autoclosure () -> RowValue) -> RowValue {
    random.once(in: times) ? value() : .null
  }

  /// Comes into being after another row, as far as that is in the past.
  mutating func follow(_ elder: Life) {
    life.created = min(life.now, max(life.created, elder.created + 60))
    life.updated = max(life.created, life.updated)
  }
}

/// How the rows of a kind are made.
typealias RowMaker = @Sendable (Generator, inout Draft) -> Fields

extension Generator {
  /// How rows are made, by path: all that an account's core is not.
  static let makers: [String: RowMaker] = [
    peopleMakers, groupingMakers, mailMakers, logMakers, automationMakers, dealMakers,
    fieldMakers, shopMakers, accessMakers, settingMakers, customObjectMakers,
  ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

  /// How many rows of a kind there are.
  func count(_ path: String) -> Int { ids[path]?.count ?? 0 }

  /// When a generated row came into being and changed.
  func life(_ path: String, at index: Int) -> Life {
    var random = random(for: path, id(path, index))
    return life(at: index, of: count(path), &random)
  }

  /// Whether the row is one of those that the account was made with.
  func isGenerated(_ path: String, _ draft: Draft) -> Bool { id(path, draft.index) == draft.id }

  /// The place of the row's parent when children are dealt out evenly; the row comes after it.
  func parent(_ draft: inout Draft, _ path: String, in parents: String) -> Int {
    let index = max(0, parent(of: draft.index, count(path), among: count(parents)))
    if count(parents) > 0 { draft.follow(life(parents, at: index)) }
    return index
  }

  /// The place of any row of another kind that is older, as far as there is one; the row comes after
  /// it.
  func elder(_ draft: inout Draft, _ path: String, among others: String) -> Int {
    let older = (draft.index + 1) * count(others) / max(1, count(path))
    let index = draft.random.below(max(1, older))
    if count(others) > 0 { draft.follow(life(others, at: index)) }
    return index
  }

  /// An id in quotes of a row at a place.
  func ref(_ path: String, _ index: Int) -> RowValue { .count(id(path, index)) }

  /// The id of a user in quotes.
  func author(_ draft: inout Draft) -> RowValue { .count(anyUser(&draft.random)) }

  /// The id of a contact: once in a while that of one who was deleted since.
  func contactRef(_ index: Int, _ draft: inout Draft) -> RowValue {
    let id = id("contacts", index)
    guard draft.random.once(in: 40), index + 1 < count("contacts") else { return .count(id) }
    // Where ids have gaps, a contact was.
    for next in index..<min(index + 60, count("contacts") - 1) {
      let gap = self.id("contacts", next) + 1
      if gap < self.id("contacts", next + 1) { return .count(gap) }
    }
    return .count(id)
  }
}
