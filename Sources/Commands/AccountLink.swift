import ActiveCampaign
import Catalog
import Configuration
import Simulator

/// The account's end: a client, and for the demonstration the server that it talks to.
struct AccountLink: Sendable {
  /// What requests go through that do not share the account's budget with other processes.
  let client: Client
  /// What progress is kept under.
  let account: String
  private let server: Server?
  private let settings: Client.Settings
  private let onRequest: @Sendable (RequestEvent) -> Void

  /// Readies a client for an account; nothing is sent yet.
  init(_ setup: Setup, onRequest: @escaping @Sendable (RequestEvent) -> Void = { _ in }) throws {
    let endpoint: Endpoint
    let key: APIKey
    if setup.isDemo {
      var options = ServerOptions()
      options.apiKey = Demo.key
      let server = Server(account: Demo.account(), options: options)
      endpoint = try Endpoint(try server.start())
      key = try APIKey(Demo.key)
      self.server = server
    } else {
      (endpoint, key) = try setup.credentials()
      server = nil
    }
    account = try setup.account()
    var settings = Client.Settings(endpoint: endpoint, key: key, version: Program.version)
    settings.requestsPerSecond = setup.settings.requestsPerSecond.value
    settings.concurrency = setup.settings.concurrency.value
    settings.certificateFile = setup.certificateFile
    self.settings = settings
    self.onRequest = onRequest
    client = Client(settings, onRequest: onRequest)
  }

  /// Another client of the same account, that shares its budget with other processes.
  ///
  /// - Parameter share: the share of the account's rate that it takes at most.
  func client(sharing budget: any SharedBudget, share: Double = 1) -> Client {
    var settings = settings
    settings.requestsPerSecond *= share
    return Client(settings, sharing: budget, onRequest: onRequest)
  }

  /// Ends what is open.
  func close() {
    client.close()
    server?.stop()
  }
}

extension Endpoint {
  /// What the account's progress is kept under: its host, with a port that is not the usual one.
  var account: String {
    let usual = scheme == "https" ? ":443" : ":80"
    return authority.hasSuffix(usual) ? String(authority.dropLast(usual.count)) : authority
  }
}
