/// What follows an edit, where the documentation leaves it open.
///
/// The defaults are what recordings show of edits through the API. Removals are not known to move
/// anything; whether automations behave as the API does is unverified.
public struct EditBehaviour: Sendable, Hashable {
  /// Whether a new tag on a contact moves the contact's `udate`.
  public var tagAddsMoveContacts = true
  /// Whether a new or changed field value moves the contact's `udate`.
  public var fieldValuesMoveContacts = true
  /// Whether a new or changed membership in a list moves the contact's `udate`.
  public var membershipsMoveContacts = true

  /// The defaults described above.
  public init() {}
}
