import FoundationEssentials
import Postgres
import Simulator
import TestSupport
import Testing

@testable import Commands

/// What tests read of a run's JSON.
private struct Answer: Decodable {
  struct Stream: Decodable {
    let stream: String
    let outcome: String
    let deleted: Int
    let live_rows: Int?
    let complete_as_of: String?
  }
  let exit_code: Int
  let streams: [Stream]

  init(_ run: Recorded) throws {
    self = try JSONDecoder().decode(Answer.self, from: Data(run.result.utf8))
  }

  func stream(_ name: String) -> Stream? { streams.first { $0.stream == name } }
}

/// Rows of a table, and how many of them are marked as deleted.
private func rows(of table: String) async throws -> (all: Int, deleted: Int) {
  let connection = try await Database.connect()
  let name = Identifier(table)
  let row = try await connection.query(
    """
    SELECT count(*) AS all_rows, count("_deleted_at") AS deleted FROM activecampaign.\(name)
    """
  ).first
  await connection.close()
  return (try row?.value("all_rows") ?? -1, try row?.value("deleted") ?? -1)
}

@Suite(.freshDatabase) struct `Rows gone from the account` {
  /// A served account that has been read once, and lost two tags and a contact since.
  private func changed() async throws -> Served {
    let served = try Served()
    let first = try Answer(
      await acsync("run", "--json", "--streams=contacts,tags", environment: served.environment))
    #expect(first.exit_code == 0)
    #expect(first.streams.allSatisfy { $0.complete_as_of != nil && $0.deleted == 0 })
    for id in served.server.account.ids(of: "tags").prefix(2) {
      served.server.account.delete("tags", id: id)
    }
    let contact = try #require(served.server.account.ids(of: "contacts").dropFirst(40).first)
    served.server.account.delete("contacts", id: contact)
    return served
  }

  @Test func `are marked, and counted in the summary, by default`() async throws {
    let served = try await changed()
    defer { served.server.stop() }
    let tags = try await rows(of: "tags").all
    let run = try Answer(
      await acsync("run", "--json", "--streams=contacts,tags", environment: served.environment))
    #expect(run.exit_code == 0)
    #expect(run.stream("tags")?.deleted == 2 && run.stream("contacts")?.deleted == 1)
    #expect(run.stream("contacts")?.live_rows == 119)
    #expect(run.streams.allSatisfy { $0.complete_as_of != nil })
    #expect(try await rows(of: "tags") == (tags, 2))
    #expect(try await rows(of: "contacts") == (120, 1))
    let status = await acsync("status", "--json", environment: served.environment)
    #expect(status.result.contains("\"last_deleted\" : 2"))
  }

  @Test func `are removed by --delete-missing hard`() async throws {
    let served = try await changed()
    defer { served.server.stop() }
    let tags = try await rows(of: "tags").all
    let run = await acsync(
      "run", "--streams=contacts,tags", "--delete-missing=hard", environment: served.environment)
    #expect(run.code == .done, "\(run.aside)")
    #expect(try await rows(of: "tags") == (tags - 2, 0))
    #expect(try await rows(of: "contacts") == (119, 0))
  }

  @Test func `stay as they are where a variable says ignore`() async throws {
    let served = try await changed()
    defer { served.server.stop() }
    let ignoring = served.environment.merging(["ACSYNC_DELETE_MISSING": "ignore"]) { $1 }
    let run = await acsync("run", "--streams=contacts,tags", environment: ignoring)
    #expect(run.code == .done, "\(run.aside)")
    #expect(try await rows(of: "tags").deleted == 0)
    #expect(try await rows(of: "contacts") == (120, 0))
  }

  @Test func `beyond the limit end with 8, while other streams commit, until they are allowed`()
    async throws
  {
    let served = try await changed()
    defer { served.server.stop() }
    let words = [
      "run", "--json", "--streams=contacts,tags", "--max-delete-ratio=0", "--max-delete-rows=1",
    ]
    let refused = await acsync(words, environment: served.environment)
    #expect(refused.code == .guardRefused)
    #expect(refused.aside.contains("run once with --allow-deletes"))
    let answer = try Answer(refused)
    #expect(answer.exit_code == 8)
    #expect(answer.stream("tags")?.outcome == "failed" && answer.stream("tags")?.deleted == 0)
    #expect(answer.stream("contacts")?.outcome == "done")
    #expect(answer.stream("contacts")?.deleted == 1)
    #expect(try await rows(of: "tags").deleted == 0)
    let allowed = try Answer(
      await acsync(words + ["--allow-deletes"], environment: served.environment))
    #expect(allowed.exit_code == 0 && allowed.stream("tags")?.deleted == 2)
  }

  @Test func `are allowed by the flag alone, never by a variable`() async throws {
    let served = try Served()
    defer { served.server.stop() }
    let plan = await acsync("plan", "--allow-deletes", environment: served.environment)
    #expect(plan.code == .usage)
    let help = await acsync("run", "--help")
    #expect(help.result.contains("--allow-deletes"))
    #expect(help.result.contains("--delete-missing HOW"))
  }
}

@Suite(.freshDatabase) struct `The question for the key` {
  @Test func `is asked again after what may pass, and counted`() async throws {
    let served = try Served { options in
      options.faults.next(.status(403), on: "users/me")
      options.faults.next(.status(502), on: "users/me")
    }
    defer { served.server.stop() }
    let run = await acsync("run", "--json", "--streams=tags", environment: served.environment)
    #expect(run.code == .done, "\(run.aside)")
    struct Sums: Decodable {
      let requests: Int
      let retries: Int
    }
    let sums = try JSONDecoder().decode(Sums.self, from: Data(run.result.utf8))
    #expect(sums.retries == 2 && sums.requests == served.server.audit.requests)
  }
}
