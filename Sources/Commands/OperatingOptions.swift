extension Option {
  static let logFormat = Option(
    "log-format", value: "HOW", "lines on standard error: text, or json, an object a line")
  static let auditRequests = Option(
    "audit-requests", "keep every request in acsync.requests, for 30 days")
  static let accountTimeZone = Option(
    "account-time-zone", value: "ZONE",
    "whose days the analysts' views go by; default auto: the key's user's")
  static let metricsFile = Option(
    "metrics-file", value: "FILE", "write metrics there as Prometheus reads them")

  static let every = Option("every", value: "TIME", "how often: 90s, 15m, 1h; at most 7d")
  static let cron = Option("cron", value: "TIMES", "when: '*/15 * * * *', '0 3 * * mon', @daily")
  static let timeZone = Option("time-zone", value: "ZONE", "whose clock cron goes by; default UTC")
  static let jitter = Option(
    "jitter", value: "TIME", "the most that a tick is late; default 1m, 0 for none")
  static let listen = Option(
    "listen", value: "ADDRESS:PORT", "where to serve metrics; default 127.0.0.1:9465, or none")

  /// How a run tells of itself.
  static let telling = [logFormat, auditRequests, accountTimeZone, metricsFile]
  /// When runs are done that go on for ever.
  static let scheduling = [every, cron, timeZone, jitter, listen]
  /// All of them, each also a variable.
  static let operating = telling + scheduling
}
