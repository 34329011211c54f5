/// How filters and side-loads answer, where the documentation leaves it open.
public struct FilterBehaviour: Sendable, Hashable {
  /// How much of a date filter's value counts.
  public enum Precision: String, Sendable, CaseIterable {
    case day, second
  }

  /// The zone in which a value without an offset is meant.
  public enum Zone: String, Sendable, CaseIterable {
    case central, utc
  }

  /// Whether rows of the very day (or second) that was given are among the answer of `…_after`.
  public enum Bound: String, Sendable, CaseIterable {
    case inclusive, exclusive
  }

  /// What becomes of a filter on creation, `created_after` or `created_before`.
  public enum Creation: String, Sendable, CaseIterable {
    /// It is read as the other date filters are.
    case honoured
    /// Both are ignored in silence.
    case ignored
    /// Only `created_after` is honoured.
    case lowerOnly = "lower-only"
    /// Nothing passes them.
    case empty
    /// They look at the update time instead.
    case updated
  }

  /// How one resource reads `created_after`, `updated_after` and their opposites.
  public struct DateFilter: Sendable, Hashable {
    /// Whether the filter does anything at all; otherwise it is ignored in silence.
    public var isHonoured = true
    /// What the two on creation do beside that.
    public var creation = Creation.honoured
    /// How much of the value counts.
    public var precision: Precision
    /// The zone of a value without an offset.
    public var zone: Zone
    /// Whether `…_after` includes what it names; `…_before` never does.
    public var bound: Bound

    /// As documented for deals, unless told otherwise.
    public init(
      precision: Precision = .day, zone: Zone = .central, bound: Bound = .inclusive
    ) {
      self.precision = precision
      self.zone = zone
      self.bound = bound
    }
  }

  /// Contacts; by default the worst the documentation allows, the day itself left out.
  public var contacts = DateFilter(bound: .exclusive)
  /// Deals; by default as documented.
  public var deals = DateFilter()
  /// Whether a row without update time is found by its creation time; otherwise by no date filter.
  public var nullUpdateCountsAsCreation = false
  /// Whether `tagid` on contacts filters; some accounts are reported to ignore it.
  public var honoursTagID = true

  /// Whether `include` on contacts brings their tags, field values and memberships; it is
  /// undocumented, but in wide use.
  public var honoursInclude = true

  /// The defaults described above.
  public init() {}
}
