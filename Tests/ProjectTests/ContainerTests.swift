import Testing

@Suite struct `The compose file` {
  let compose: YAMLOutline

  init() throws { compose = YAMLOutline(try ProjectFiles.text(of: "docker-compose.yml")) }

  @Test func `has a warehouse, a simulator, a sync and a scheduled one`() {
    #expect(compose.keys(below: "services") == ["postgres", "simulator", "sync", "scheduled"])
  }

  @Test func `waits for a warehouse that answers`() {
    #expect(compose["services.postgres.healthcheck.test"]?.contains("pg_isready") == true)
    for service in ["sync", "scheduled"] {
      let condition = compose["services.\(service).depends_on.postgres.condition"]
      #expect(condition == "service_healthy", "\(service)")
    }
  }

  @Test func `names a version of each image, or builds it here`() {
    let images = compose.entries.filter { $0.path.hasSuffix(".image") }.map(\.value)
    #expect(!images.isEmpty)
    for image in images where image != "acsync" {
      #expect(image.contains(/:[0-9]+(\.[0-9]+)*-[a-z]+$/), "\(image)")
    }
    #expect(compose["x-acsync.image"] == "acsync")
    #expect(compose["x-acsync.build"] == ".")
    for service in ["simulator", "sync", "scheduled"] {
      #expect(compose["services.\(service).<<"] == "*acsync", "\(service)")
    }
  }

  @Test func `holds no secret`() {
    let secret = /(?i)password|secret|token|_key$/
    for (path, value) in compose.entries where path.contains(secret) && !value.isEmpty {
      let isHandedIn = value.hasPrefix("${")
      let isMadeUp = path == "services.sync.environment.ACTIVECAMPAIGN_API_KEY"
      #expect(isHandedIn || isMadeUp, "\(path)")
    }
  }

  /// A key goes over plain http to loopback only, so whoever reads the simulator shares its network.
  @Test func `reaches the simulator on loopback`() throws {
    #expect(compose["services.sync.network_mode"] == "\"service:simulator\"")
    let command = try #require(compose["services.simulator.command"])
    let port = try #require(command.firstMatch(of: /"--port", "(\d+)"/)?.output.1)
    let key = try #require(command.firstMatch(of: /"--key", "([^"]+)"/)?.output.1)
    let environment = "services.sync.environment"
    #expect(compose["\(environment).ACTIVECAMPAIGN_URL"] == "http://127.0.0.1:\(port)")
    #expect(compose["\(environment).ACTIVECAMPAIGN_API_KEY"] == String(key))
  }

  @Test func `keeps the made-up account and a real one in databases of their own`() {
    let simulated = compose["services.sync.environment.PGDATABASE"]
    let real = compose["services.scheduled.environment.PGDATABASE"]
    #expect(real == compose["services.postgres.environment.POSTGRES_DB"])
    #expect(simulated != real)
    let creation = compose["configs.demo-database.content"] ?? ""
    #expect(simulated.map { creation.contains("CREATE DATABASE \($0) ") } == true)
  }

  @Test func `starts the schedule only when asked to, and asks for the account`() {
    #expect(compose["services.scheduled.profiles"] == "[scheduled]")
    #expect(compose["services.scheduled.environment.ACTIVECAMPAIGN_URL"] == "")
    #expect(compose["services.scheduled.environment.ACTIVECAMPAIGN_API_KEY"] == "")
    #expect(compose.all("services.scheduled.command").first?.contains("acsync run") == true)
  }
}

@Suite struct `The image` {
  /// Instructions with their continued lines in one.
  let instructions: [String]

  init() throws {
    let text = try ProjectFiles.lines(of: "Dockerfile").filter { !$0.hasPrefix("#") }
      .joined(separator: "\n").replacing(/\\\n\s*/, with: "")
    instructions = text.split(separator: "\n").map(String.init)
  }

  private func arguments(of instruction: String) -> [String] {
    instructions.filter { $0.hasPrefix(instruction + " ") }
      .map { String($0.dropFirst(instruction.count + 1)) }
  }

  @Test func `is built in one stage and ships in another, each of a named version`() {
    let stages = arguments(of: "FROM")
    #expect(stages.count == 2)
    for stage in stages {
      #expect(stage.contains(/^[a-z]+:[a-z0-9.]+-[a-z]+( AS build)?$/), "\(stage)")
    }
    #expect(arguments(of: "COPY").contains("--from=build /out/acsync /usr/local/bin/acsync"))
  }

  @Test func `does not run as root`() {
    #expect(arguments(of: "USER") == ["10001:10001"])
  }

  @Test func `runs acsync, and a run unless told otherwise`() {
    #expect(arguments(of: "ENTRYPOINT") == ["[\"acsync\"]"])
    #expect(arguments(of: "CMD") == ["[\"run\"]"])
  }

  @Test func `is built from every folder that Package.swift names, and from nothing else`() throws {
    let copied = arguments(of: "COPY").filter { !$0.hasPrefix("--") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    let admitted = try ProjectFiles.lines(of: ".dockerignore").filter { $0.hasPrefix("!") }
      .map { String($0.dropFirst()) }
    #expect(copied.sorted() == ["Package.swift", "Sources", "Tests", "migrations"])
    #expect(admitted.sorted() == copied.sorted())
  }

  @Test func `installs headers to build with, and only libraries to run with`() throws {
    let installs = arguments(of: "RUN").filter { $0.contains("apt-get install") }
    let (build, final) = (try #require(installs.first), try #require(installs.last))
    for library in ["libcurl4-openssl-dev", "libmicrohttpd-dev", "libpq-dev", "libyaml-dev"] {
      #expect(build.contains(library), "\(library)")
    }
    #expect(!final.contains("-dev"))
    for library in ["libcurl4 ", "libmicrohttpd12 ", "libpq5 ", "libyaml-0-2 ", "ca-certificates "]
    {
      #expect(final.contains(library), "\(library)")
    }
  }
}
