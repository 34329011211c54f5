import Dispatch
import Synchronization

/// Makes an account's rows from a seed: the same seed, size and time give the same rows.
struct Generator: Sendable {
  let seed: UInt64
  let size: AccountSize
  /// The instant up to which things happened.
  let now: Int
  /// The ids of every resource, in order, by path.
  let ids: [String: [Int]]
  /// The ids of the pipelines that the key may not see.
  let hiddenGroups: [Int]
  /// The same, for looking up.
  let hidden: Set<Int>
  /// How many contacts each tag and list has.
  private(set) var counts = Counts()

  /// How many rows one processor makes at a time.
  private static let partSize = 5000
  /// How far back the account goes.
  private static let span = 3 * 365 * 86400

  init(seed: UInt64, size: AccountSize, now: Int) {
    self.seed = seed
    self.size = size
    self.now = now
    let numbers = size.rows.merging(Self.counts(size)) { $1 }.sorted { $0.value > $1.value }
    let dealt = Mutex<[String: [Int]]>([:])
    DispatchQueue.concurrentPerform(iterations: numbers.count) { place in
      let (path, count) = numbers[place]
      let own = Self.ids(count, seed: seed ^ Self.hash(path))
      dealt.withLock { $0[path] = own }
    }
    var ids = dealt.withLock { $0 }
    // The hidden pipelines lie between the visible ones, where their ids are missing.
    let groups = ids["dealGroups"] ?? []
    let count = min(size.hiddenPipelines, groups.count)
    hiddenGroups = Array(groups.dropFirst(max(0, (groups.count - count) / 2)).prefix(count))
    hidden = Set(hiddenGroups)
    ids["dealGroups"] = groups.filter { [hiddenGroups] in !hiddenGroups.contains($0) }
    self.ids = ids
    counts = Counts(self)
  }

  private static func counts(_ size: AccountSize) -> [String: Int] {
    let fields = size.customFields
    return [
      "contacts": size.contacts, "lists": size.lists, "tags": size.tags,
      "contactTags": size.tags > 0 ? size.contactTags : 0,
      "contactLists": size.lists > 0 ? size.contactLists : 0,
      "fieldValues": fields > 0 ? size.fieldValues : 0, "fields": fields,
      "fieldOptions": fields / choiceEvery * optionsPerChoice, "fieldRels": fields,
      "forms": size.forms, "deals": size.pipelines + size.hiddenPipelines > 0 ? size.deals : 0,
      "dealGroups": size.pipelines + size.hiddenPipelines,
      "dealStages": size.pipelines * size.stagesPerPipeline, "accounts": size.accounts,
      "accountContacts": size.accounts > 0 ? size.accountContacts : 0, "notes": size.notes,
      "dealTasks": size.tasks, "campaigns": size.campaigns, "automations": size.automations,
      "users": max(1, size.users),
    ]
  }

  /// Ascending ids from 1 with the gaps that deletions leave.
  private static func ids(_ count: Int, seed: UInt64) -> [Int] {
    var random = Random(seed: seed)
    var id = 0
    return (0..<count).map { index in
      id += index > 0 && random.once(in: 30) ? 1 + random.within(1...6) : 1
      return id
    }
  }

  /// All rows of some resources, made on all processors at once.
  func tables(of paths: [String]) -> [String: Table] {
    let resources = paths.compactMap { Resource.byPath[$0] }
    let parts = resources.flatMap { resource -> [(resource: Resource, range: Range<Int>)] in
      let count = ids[resource.path]?.count ?? 0
      return stride(from: 0, to: count, by: Self.partSize).map {
        (resource, $0..<min(count, $0 + Self.partSize))
      }
    }
    let made = Mutex<[Int: [Row]]>([:])
    DispatchQueue.concurrentPerform(iterations: parts.count) { number in
      let (resource, range) = parts[number]
      let rows = range.map { index in
        row(of: resource, index: index, id: id(resource.path, index), life: nil)
      }
      made.withLock { $0[number] = rows }
    }
    var tables = Dictionary(
      uniqueKeysWithValues: resources.map { resource in
        (resource.path, Table(reserving: ids[resource.path]?.count ?? 0))
      })
    for (number, part) in parts.enumerated() {
      for row in made.withLock({ $0.removeValue(forKey: number) }) ?? [] {
        tables[part.resource.path]?.append(row)
      }
    }
    return tables
  }

  /// One row; `index` is its place among the generated ones and decides whom it belongs to.
  func row(of resource: Resource, index: Int, id: Int, life: Life?) -> Row {
    let fields = fields(of: resource, index: index, id: id, life: life)
    return Row(resource, id: id, text: RowText(fields), hiddenGroups: hidden)
  }

  func fields(of resource: Resource, index: Int, id: Int, life given: Life?) -> Fields {
    var random = random(for: resource.path, id)
    let count = ids[resource.path]?.count ?? 0
    let life = given ?? life(at: index, of: count, &random)
    switch resource.path {
    case "contacts": return contact(id, index, life, &random)
    case "contactTags": return contactTag(id, index, life, &random)
    case "contactLists": return contactList(id, index, life, &random)
    case "fields": return customField(id, index, life, &random)
    case "fieldOptions": return fieldOption(id, index, life)
    case "fieldRels": return fieldRel(id, index, life)
    case "fieldValues": return fieldValue(id, index, life, &random)
    case "accountContacts": return accountContact(id, index, life, &random)
    case "users": return user(id, index, life, &random)
    case "lists": return list(id, index, life, &random)
    case "tags": return tag(id, index, life, &random)
    case "forms": return form(id, index, life, &random)
    case "campaigns": return campaign(id, index, life, &random)
    case "automations": return automation(id, index, life, &random)
    case "deals": return deal(id, index, life, &random)
    case "dealGroups": return pipeline(id, index, life, &random)
    case "dealStages": return stage(id, index, life, &random)
    case "dealTasks": return task(id, index, life, &random)
    case "accounts": return company(id, index, life, &random)
    case "notes": return note(id, index, life, &random)
    default:
      var draft = Draft(id: id, index: index, life: life, random: random)
      return Self.makers[resource.path]?(self, &draft) ?? [:]
    }
  }

  // MARK: what rows are made from

  func random(for path: String, _ id: Int) -> Random {
    Random(seed: Random.mix(seed ^ Self.hash(path)) ^ Random.mix(UInt64(truncatingIfNeeded: id)))
  }

  /// Rows come into being in the order of their ids; half of them changed later.
  func life(at index: Int, of count: Int, _ random: inout Random) -> Life {
    if size.changesEvenly { return evenLife(at: index, of: count, &random) }
    let step = Self.span / max(1, count)
    let age = Self.span - step * index - random.below(max(1, step))
    let created = now - max(1, age)
    guard random.below(100) < 55 else { return Life(created: created, updated: created, now: now) }
    // The nearer to now the more changes.
    let back = random.below(1000) * random.below(1000)
    let updated = now - Int(Double(now - created) * Double(back) / 1_000_000)
    return Life(created: created, updated: max(created, updated), now: now)
  }

  /// The older half was made before the last three years and changed on any day of them, the younger
  /// half was made on any day of them and not changed.
  private func evenLife(at index: Int, of count: Int, _ random: inout Random) -> Life {
    let step = 2 * Self.span / max(1, count)
    let created = now - max(1, 2 * Self.span - step * index - random.below(max(1, step)))
    let changed = now - 1 - random.below(Self.span)
    return Life(created: created, updated: max(created, index < count / 2 ? changed : 0), now: now)
  }

  /// FNV-1a of a path: a resource's own part of the seed.
  private static func hash(_ path: String) -> UInt64 {
    path.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The parent's place, when so many children are dealt out evenly, in order.
  func parent(of child: Int, _ children: Int, among parents: Int) -> Int {
    children > 0 ? min(parents - 1, child * parents / children) : 0
  }

  /// The places of a parent's children: the inverse of `parent(of:_:among:)`.
  func children(of parent: Int, _ children: Int, among parents: Int) -> Range<Int> {
    guard parents > 0, parent < parents else { return 0..<0 }
    let start = (parent * children + parents - 1) / parents
    let end = ((parent + 1) * children + parents - 1) / parents
    return start..<max(start, end)
  }

  /// The ids of a parent's children.
  func childIDs(_ path: String, of parent: Int, in parents: String) -> ArraySlice<Int> {
    guard let own = ids[path] else { return [] }
    let count = ids[parents]?.count ?? 0
    return own[children(of: parent, own.count, among: count).clamped(to: 0..<own.count)]
  }

  /// The id of a child's parent.
  func parentID(_ path: String, of index: Int, in parents: String) -> Int {
    id(parents, parent(of: index, ids[path]?.count ?? 0, among: ids[parents]?.count ?? 0))
  }

  /// The id at a place, which wraps around; 0 ("none") when there are no rows.
  func id(_ path: String, _ index: Int) -> Int {
    guard let ids = ids[path], !ids.isEmpty else { return 0 }
    return ids[abs(index) % ids.count]
  }

  func anyUser(_ random: inout Random) -> Int {
    id("users", random.below(size.users))
  }
}

/// When a row came into being and changed.
struct Life: Sendable {
  var created: Int
  var updated: Int
  let now: Int

  /// A time between the creation and now.
  func moment(_ random: inout Random) -> Int {
    created + random.below(max(1, now - created))
  }
}
