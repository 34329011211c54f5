/// How many rows of each kind an account holds.
public struct AccountSize: Sendable, Equatable {
  /// People.
  public var contacts = 0
  /// Deals, spread over the pipelines, the hidden one included.
  public var deals = 0
  /// Tags.
  public var tags = 0
  /// Mailing lists.
  public var lists = 0
  /// Tags on contacts.
  public var contactTags = 0
  /// Memberships of contacts in lists.
  public var contactLists = 0
  /// Values of custom fields on contacts.
  public var fieldValues = 0
  /// Companies.
  public var accounts = 0
  /// Contacts at companies.
  public var accountContacts = 0
  /// Notes on contacts, deals and accounts.
  public var notes = 0
  /// Tasks on contacts and deals.
  public var tasks = 0
  /// Mailings.
  public var campaigns = 0
  /// Automations.
  public var automations = 0
  /// Forms.
  public var forms = 0
  /// Users of the account itself; at least one.
  public var users = 1
  /// Pipelines that the key may see.
  public var pipelines = 0
  /// Pipelines that the key may not see: their deals come as stubs.
  public var hiddenPipelines = 0
  /// Stages in every pipeline.
  public var stagesPerPipeline = 3
  /// Custom fields of contacts.
  public var customFields = 0
  /// How many rows of every other kind there are, by path.
  public private(set) var rows: [String: Int] = [:]
  /// Whether as many rows changed last on one day as on any other of the last three years; otherwise
  /// the nearer to now the more.
  public var changesEvenly = false

  /// An empty account with one user.
  public init() {}

  /// An account worth looking at: thousands of contacts and something of everything.
  public static let demo = AccountSize.scaled(contacts: 5000)

  /// The proportions of an ordinary account around so many contacts.
  public static func scaled(contacts: Int) -> AccountSize {
    var size = AccountSize()
    size.contacts = max(0, contacts)
    size.contactTags = contacts * 2
    size.contactLists = contacts * 6 / 5
    size.fieldValues = contacts / 2
    size.deals = contacts / 8
    size.accounts = contacts / 20
    size.accountContacts = contacts / 10
    size.notes = contacts / 6
    size.tasks = contacts / 10
    size.tags = bounded(contacts / 40, 8...400)
    size.lists = bounded(contacts / 400, 4...30)
    size.campaigns = bounded(contacts / 30, 12...1500)
    size.automations = bounded(contacts / 150, 6...120)
    size.forms = bounded(contacts / 300, 4...60)
    size.users = bounded(contacts / 500, 4...40)
    size.pipelines = bounded(contacts / 1000, 3...12)
    size.hiddenPipelines = 1
    size.stagesPerPipeline = 5
    size.customFields = bounded(contacts / 200, 8...150)
    size.rows = contacts > 0 ? details(of: size) : [:]
    return size
  }

  /// A large account whose last changes are spread evenly over three years, or a part of it.
  ///
  /// It is the account that figures on requests are told of: 100,000 contacts, 20,000 deals, 300,000
  /// tags on contacts, 120,000 memberships in lists, 250,000 custom field values, 50,000 notes, 30,000
  /// tasks, 20,000 companies and 1,200 campaigns.
  public static func large(dividedBy divisor: Int = 1) -> AccountSize {
    let divisor = max(1, divisor)
    var size = AccountSize.scaled(contacts: 100_000 / divisor)
    size.deals = 20_000 / divisor
    size.contactTags = 300_000 / divisor
    size.notes = 50_000 / divisor
    size.tasks = 30_000 / divisor
    size.accounts = 20_000 / divisor
    size.campaigns = 1200 / divisor
    size.fieldValues = 250_000 / divisor
    size.rows = details(of: size)
    size.changesEvenly = true
    return size
  }

  /// Sets how many rows are listed at a path.
  ///
  /// - Returns: false where that follows from other numbers.
  public mutating func set(_ path: String, to count: Int) -> Bool {
    let properties: [String: WritableKeyPath<AccountSize, Int>] = [
      "contacts": \.contacts, "deals": \.deals, "tags": \.tags, "lists": \.lists,
      "contactTags": \.contactTags, "contactLists": \.contactLists, "fieldValues": \.fieldValues,
      "accounts": \.accounts, "accountContacts": \.accountContacts, "notes": \.notes,
      "dealTasks": \.tasks, "campaigns": \.campaigns, "automations": \.automations,
      "forms": \.forms, "users": \.users, "dealGroups": \.pipelines, "fields": \.customFields,
    ]
    if let property = properties[path] {
      guard count > 0 || path != "users" else { return false }
      self[keyPath: property] = count
      return true
    }
    guard Generator.makers[path] != nil else { return false }
    rows[path] = count
    return true
  }

  private static func bounded(_ number: Int, _ range: ClosedRange<Int>) -> Int {
    min(max(number, range.lowerBound), range.upperBound)
  }
}
