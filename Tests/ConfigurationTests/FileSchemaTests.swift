import Catalog
import Foundation
import Testing

@testable import Configuration

/// What editors are told of replication.yaml must be what the decoder does with it.
///
/// Besides these files, every one that any test here reads without a mistake is held against the
/// schema, in Support.swift.
@Suite struct `The schema of replication.yaml` {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func `describes every key that is read, and no other`() {
    for (keys, described) in FileSchema.parts {
      #expect(Set(described.keys) == Set(keys.read), "\(keys.part)")
    }
  }

  @Test func `knows every part of the file`() throws {
    let folder = Self.root.appending(path: "Sources/Configuration")
    var parts: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path()) {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      parts.formUnion(text.matches(of: /KnownKeys\(\s*part: "([^"]+)"/).map { String($0.1) })
    }
    #expect(parts == Set(FileSchema.parts.map(\.keys.part)))
  }

  @Test func `takes the file that ships`() throws {
    let text = try String(
      contentsOf: Self.root.appending(path: "replication.yaml"), encoding: .utf8)
    #expect(complaintsOfEditors(of: text).isEmpty)
    let first = text.split(separator: "\n").first.map(String.init)
    let schema = try #require(first?.firstMatch(of: /\$schema=(\S+)$/)?.1)
    #expect(first == "# yaml-language-server: $schema=\(schema)")
    #expect(
      FileManager.default.fileExists(atPath: Self.root.appending(path: String(schema)).path()))
  }

  @Test func `leads nowhere that is not defined`() {
    func names(in value: SchemaValue) -> [SchemaValue] {
      switch value {
      case .list(let list): list.flatMap(names)
      case .map(let map): (map["$ref"].map { [$0] } ?? []) + map.values.flatMap(names)
      default: []
      }
    }
    let defined = FileSchema.document.entries["$defs"]?.entries.keys.map { "#/$defs/\($0)" } ?? []
    let used = Set(names(in: FileSchema.document))
    #expect(used == Set(defined.map { .text($0) }))
  }

  @Test(arguments: [
    "", "streams: {contacts: , '*': }", "streams: {contact_*: {mode: full-refresh}}",
    "streams: {geo_ips: {tags: [daily, 2024]}, deals: {update_key: mdate, tags: core}}",
    "streams: {contacts: {source_options: {anchor_date: 2024-01-01, lookback: 0, refresh: auto}}}",
    "streams: {contacts: {disabled: false, description: 7, primary_key: [id]}}",
    "defaults: {mode: incremental, disabled: false, source_options: , target_options: }",
    "defaults: {source_options: {max_requests: 500, max_duration: 10m, page_size: 100}}",
    "defaults: {source_options: {max_requests: \"500\", parallel_accounts: all}}",
    "defaults: {source_options: {audit_requests: \"1\", requests_per_second: 0.5}}",
    "defaults: {target_options: {delete_missing: hard, max_delete_ratio: 1, max_delete_rows: 0}}",
    "accounts: {acme: {disabled: true}, z_2: {source: 'https://z.b', api_key: '${KEY}', schema: z}}",
    "accounts: {z: {source: 'https://z.b', api_key: '${KEY}', tags: a, streams: {tags: }}}",
    "accounts: {z: {source: 'https://z.b', api_key: '${KEY}', source_options: {page_size: 10}}}",
    "schedule: {every: 15m, streams: contacts}",
    "schedule: [{every: 1h}, {cron: '0 3 * * *', time_zone: UTC, streams: [contacts, tags]}]",
    "hooks: {start: [{type: query, query: SELECT 1, timeout: 30s}], end: }",
    "hooks: {end: [{type: http, url: 'https://a.b', headers: {A: b}, on_failure: warn}]}",
    "notify: [{type: ping, url: 'https://a.b', on: [success], method: GET}]",
    "notify: [{type: webhook, url: 'https://a.b', on: recovery, repeat: never, stale_after: 2d}]",
    "streams: {tags: {checks: [{min_rows: 1}, {not_null: [tag, id]}, {unique: id, name: one}]}}",
    "streams: {tags: {checks: [{accepted_values: [0, 1], column: tag_type, on_failure: warn}]}}",
    "streams: {contacts: {select: [email as mail, cdate, 'bounced_*'], columns: {email: TEXT}}}",
    "streams: {contacts: {select: {exclude: [ua, ip]}, object: activecampaign.people}}",
    "streams: {contacts: {select: -ua, transforms: {firstName: [trim, lower], 'ip*': mask}}}",
    "streams: {deals: {where: 'status = 1', transforms: {title: \"null_if('', 'n/a')\"}}}",
    "streams: {tags: {target_options: {table_keys: {index: [[tag], [cdate, id]], unique: tag}}}}",
    "defaults: {target_options: {column_casing: camel, hash_salt: '${KEY}', grants: analysts}}",
    "defaults: {target_options: {pre_sql: SELECT 1, post_sql: [SELECT 1, SELECT 2]}}",
    "defaults: {target_options: {add_new_columns: true, schema_contract: evolve}}",
    "streams: {tags: {hooks: {post: [{type: check, check: SELECT true, failure_message: no}]}}}",
  ])
  func `takes what the decoder takes`(_ yaml: String) {
    #expect(mistakes(yaml, environment: ["KEY": "k"]).isEmpty)
    #expect(complaintsOfEditors(of: yaml).isEmpty)
  }

  @Test(arguments: [
    "stream: {contacts: }", "streams: [contacts]", "streams: {contact: }",
    "streams: {contacts: {moed: incremental}}", "streams: {contacts: {mode: fulll}}",
    "streams: {contacts: {update_key: cdate}}", "streams: {tags: {update_key: cdate}}",
    "streams: {'*': {update_key: udate}}", "defaults: {update_key: udate}",
    "streams: {tags: {source_options: {anchor_date: all}}}",
    "streams: {contacts: {source_options: {page_size: 10}}}",
    "streams: {contacts: {disabled: 'true'}}", "streams: {contacts: {tags: {a: b}}}",
    "defaults: {source_options: {page_size: 0}}", "defaults: {source_options: {page_size: 101}}",
    "defaults: {source_options: {page_size: many}}",
    "defaults: {source_options: {concurrency: 2.5}}",
    "defaults: {source_options: {requests_per_second: 0}}",
    "defaults: {source_options: {max_requests: 9}}",
    "defaults: {source_options: {lookback: 10 minutes}}",
    "defaults: {source_options: {anchor_date: yesterday}}",
    "defaults: {target_options: {max_delete_ratio: 2}}",
    "defaults: {target_options: {max_delete_rows: -1}}",
    "defaults: {target_options: {delete_missing: soon}}",
    "env: {1A: x}", "env: {A: [x]}", "source: acme.api-us1.com", "target: mysql",
    "accounts: {}", "accounts: {Acme: }", "accounts: {acme: {api_key: abc}}",
    "accounts: {acme: {schema: pg_acme}}", "{source: ACTIVECAMPAIGN, accounts: {acme: }}",
    "accounts: {acme: {source_options: {parallel_accounts: 2}}}",
    "schedule: [{streams: all}]", "schedule: [{every: 1h, cron: '@daily'}]",
    "hooks: {pre: []}", "hooks: {start: [{query: SELECT 1}]}",
    "hooks: {start: [{type: sql, query: SELECT 1}]}", "hooks: {start: [{type: query}]}",
    "hooks: {start: [{type: query, query: SELECT 1, url: 'https://a.b'}]}",
    "notify: [{type: ping, url: 'https://a.b', repeat: 6h}]", "notify: [{type: ping}]",
    "notify: [{type: webhook, url: 'https://a.b', on: [success, never]}]",
    "notify: [{type: webhook, url: 'ftp://a.b'}]",
    "streams: {tags: {checks: [{name: one}]}}",
    "streams: {tags: {checks: [{min_rows: 1, sql: SELECT 1}]}}",
    "streams: {tags: {checks: [{min_rows: some}]}}",
    "streams: {tags: {hooks: {start: []}}}",
    "streams: {contacts: {select: [emial]}}", "streams: {contacts: {select: [-emial, id]}}",
    "streams: {contacts: {columns: {emial: text}}}",
    "streams: {contacts: {columns: {orgid: words}}}",
    "streams: {contacts: {transforms: {emial: mask}}}",
    "streams: {contacts: {transforms: {email: [masc]}}}",
    "streams: {tags: {target_options: {hash_salt: '${KEY}'}}}",
    "defaults: {target_options: {hash_salt: salt}}",
    "defaults: {target_options: {schema_contract: maybe}}",
    "defaults: {target_options: {column_casing: upper}}",
    "defaults: {target_options: {table_keys: {sort: id}}}",
  ])
  func `refuses what the decoder refuses`(_ yaml: String) {
    #expect(!mistakes(yaml, environment: ["KEY": "k"]).isEmpty)
    #expect(!complaintsOfEditors(of: yaml).isEmpty)
  }

  @Test func `takes variables where they may stand`() {
    let yaml = """
      source: ${PLACE}
      env: {A: "${B}"}
      defaults:
        mode: ${MODE}
        source_options: {page_size: "${SIZE}", lookback: "${A}", max_requests: "${M}"}
        target_options: {delete_missing: "${HOW}", max_delete_ratio: "${R}"}
      """
    #expect(complaintsOfEditors(of: yaml).isEmpty)
  }

  @Test func `knows the streams and their columns`() throws {
    let defined = try #require(FileSchema.document.entries["$defs"]?.entries)
    let streams = try #require(defined["streams"]?.entries["properties"]?.entries)
    #expect(Set(streams.keys) == Set(StreamDefinition.all.map(\.id.name)))
    for stream in StreamDefinition.all {
      let names = stream.columns.map { SchemaValue.text($0.name) }
      #expect(defined["columns_of_\(stream.id)"] == ["enum": .list(names)])
    }
    #expect(
      streams["geo_ips"]?.entries["description"]
        == .text(
          "Places that contacts were seen at, by the address they opened or clicked from; read only if named here: one request a contact"
        ))
  }
}

@Suite struct `The validator of these tests` {
  @Test(arguments: [
    (#"{"a": 1}"#, true), (#"{"a": "1"}"#, false), (#"{"a": 1, "b": 2}"#, false), ("{}", false),
    ("[]", false),
  ])
  func `holds maps against their rules`(_ text: String, isRight: Bool) throws {
    var found = Mistakes()
    let value = try #require(YAMLReader.read(text, file: "a", &found).map { SchemaValue($0) })
    let schema: SchemaValue = [
      "type": "object", "properties": ["a": ["type": "integer"]], "additionalProperties": false,
      "required": ["a"],
    ]
    #expect(SchemaValidator(root: schema).mistakes(value).isEmpty == isRight)
  }

  @Test func `says which rule it does not know`() {
    let found = SchemaValidator(root: ["uniqueItems": true]).mistakes([])
    #expect(found == [": the validator does not know uniqueItems"])
  }
}
