extension Filter {
  /// The documented filters of `/contacts`.
  static let contacts: [Filter] =
    [
      .equals("email", "email"), .contains("email_like", "email"), phone,
      .contains("search", "email", "firstName", "lastName", "phone", "orgname"),
      list, tag, form, status, .number("organization", "orgid"), exclude, ids, idList,
      groupLists, nobody("seriesid"), nobody("waitid"), nobody("segmentid"),
    ] + .dates { $0.contacts }

  private static let phone = Filter("phone") { value, _, _ in
    { $0.text.string(of: "phone")?.hasPrefix(value) == true }
  }

  private static let list = Filter("listid") { value, _, context in
    guard let wanted = Int(value), wanted > 0 else { return nil }
    return among(context.ids("contact", in: "contactLists") { $0.text.int(of: "list") == wanted })
  }

  private static let tag = Filter("tagid") { value, _, context in
    guard let wanted = Int(value), wanted > 0, context.behaviour.honoursTagID else { return nil }
    return among(context.ids("contact", in: "contactTags") { $0.text.int(of: "tag") == wanted })
  }

  private static let form = Filter("formid") { value, _, context in
    guard let wanted = Int(value), wanted > 0 else { return nil }
    return among(context.ids("contact", in: "contactLists") { $0.text.int(of: "form") == wanted })
  }

  /// The status of a membership, of the list that `listid` names or of any; −1 means any status.
  private static let status = Filter("status") { value, query, context in
    guard let wanted = Int(value), wanted >= 0 else { return nil }
    let list = query.int("listid") ?? 0
    return among(
      context.ids("contact", in: "contactLists") { row in
        row.text.int(of: "status") == wanted && (list == 0 || row.text.int(of: "list") == list)
      })
  }

  private static let exclude = Filter("exclude") { value, _, _ in
    let unwanted = numbers(value)
    return unwanted.isEmpty ? nil : { !unwanted.contains($0.id) }
  }

  private static let ids = Filter("ids[]") { _, query, _ in
    among(Set(query.parameters.filter { $0.name == "ids[]" }.compactMap { Int($0.value) }))
  }

  private static let idList = Filter("ids") { value, _, _ in
    let wanted = numbers(value)
    return wanted.isEmpty ? nil : among(wanted)
  }

  /// Contacts on any list that the key's user may see: here every list.
  private static let groupLists = Filter("in_group_lists") { value, _, context in
    value == "1" || value == "true"
      ? among(context.ids("contact", in: "contactLists") { _ in true }) : nil
  }

  /// No contact of this account is in an automation or a segment.
  private static func nobody(_ name: String) -> Filter {
    Filter(name) { value, _, _ in (Int(value) ?? 0) > 0 ? { _ in false } : nil }
  }

  private static func among(_ ids: Set<Int>) -> RowTest {
    { ids.contains($0.id) }
  }

  private static func numbers(_ value: String) -> Set<Int> {
    Set(value.split(separator: ",").compactMap { Int($0) })
  }
}
