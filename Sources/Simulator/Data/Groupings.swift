extension Generator {
  /// What contacts are sorted into, beside lists and tags.
  static let groupingMakers: [String: RowMaker] = [
    "organizations": { $0.organization(&$1) }, "segments": { $0.segment(&$1) },
    "audiences": { $0.audience(&$1) }, "lists/exclusions": { $0.exclusion(&$1) },
  ]

  private func organization(_ draft: inout Draft) -> Fields {
    let owner = author(&draft)
    return [
      "name": .text("\(draft.random.pick(Words.companies)) \(draft.id)"),
      "created_timestamp": draft.created, "updated_timestamp": draft.updated, "userid": owner,
      "owner": owner, "id": .count(draft.id),
    ]
  }

  /// Half of the segments are hidden helpers of automations and campaigns.
  private func segment(_ draft: inout Draft) -> Fields {
    let isHelper = draft.index % 2 == 1
    return [
      "created_by": isHelper ? nil : author(&draft), "created_timestamp": draft.createdWall,
      "hidden": .flag(isHelper), "logic": draft.index % 3 == 0 ? "or" : "and",
      "name": .text(isHelper ? "" : "Segment: \(draft.random.pick(Words.topics))"),
      "segmentid_v2": draft.index % 4 == 0 ? uuid("audiences", draft.index) : nil,
      "seriesid": isHelper ? ref("automations", draft.index) : "0",
      "updated_by": isHelper ? nil : author(&draft), "updated_timestamp": draft.updatedWall,
      "id": .count(draft.id),
    ]
  }

  /// A saved segment, in the form of JSON:API.
  private func audience(_ draft: inout Draft) -> Fields {
    let total = draft.random.below(size.contacts + 1)
    let counted = UTCTime.iso(draft.life.moment(&draft.random))
    func count(_ value: Int) -> RowValue {
      ["value": .number(value), "date": .text(counted)]
    }
    return [
      "type": "audience",
      "attributes": [
        "segment_id": uuid("segmentsV2", draft.index),
        "category": .text(draft.index % 3 == 0 ? "engagement" : "contacts"),
        "name": .text("\(draft.random.pick(Words.cities)): \(draft.random.pick(Words.topics))"),
        "counts": ["last_total": count(total), "last_active_total": count(total * 4 / 5)],
        "created_date": .text(UTCTime.iso(draft.life.created)),
        "updated_date": .text(UTCTime.iso(draft.life.updated)),
        "last_used_date": draft.index % 2 == 0 ? .text(counted) : nil,
      ],
      "id": .text(uuidText("audiences", draft.id)),
    ]
  }

  /// A phrase that keeps addresses out of lists.
  private func exclusion(_ draft: inout Draft) -> Fields {
    let lists =
      draft.index % 3 == 0 ? [] : [id("lists", draft.index), id("lists", draft.index + 1)]
    return [
      "matchPhrase": .text(draft.index % 2 == 0 ? "@spam\(draft.id).example" : "bot\(draft.id)"),
      "matchType": .text(["end", "begin", "exact"][draft.index % 3]),
      "channel": .text(draft.index % 5 == 4 ? "allSms" : "email"), "hidden": .bool(false),
      "lists": .ids(Set(lists).sorted()), "id": .count(draft.id),
    ]
  }

  // MARK: ids of the newer services

  /// The UUID of the row at a place, in quotes; null when there are no rows.
  func uuid(_ path: String, _ index: Int) -> RowValue {
    .text(uuidText(path, ids[path] == nil ? index + 1 : id(path, index)))
  }

  /// A row's UUID, which follows from its number.
  func uuidText(_ path: String, _ id: Int) -> String {
    var random = random(for: path + "#", id)
    let digits = random.hex(32)
    func part(_ start: Int, _ count: Int) -> Substring { digits.dropFirst(start).prefix(count) }
    return "\(part(0, 8))-\(part(8, 4))-4\(part(13, 3))-a\(part(17, 3))-\(part(20, 12))"
  }
}
