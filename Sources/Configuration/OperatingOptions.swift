internal import Scheduling

extension Options {
  static let logFormat = OptionRule<LogFormat>(
    "log_format", .text, expects: "text or json", such: "text or json"
  ) { text in LogFormat(rawValue: text) }

  static let auditRequests = OptionRule<Bool>(
    "audit_requests", .text, expects: "true or false", such: "true or false"
  ) { text in ["true": true, "false": false, "1": true, "0": false][text] }

  static let metricsFile = OptionRule<String?>(
    "metrics_file", .text, expects: "a file's name", such: "/var/lib/node-exporter/acsync.prom"
  ) { text in text.hasSuffix("/") ? nil : .some(text) }

  static let listen = OptionRule<String?>(
    "listen", .text, expects: "an address with a port, or none", such: "127.0.0.1:9465 or none"
  ) { text in .some(text) }

  /// nil where nothing is said: the usual one.
  static let jitter = OptionRule<Duration?>(
    "jitter", .text, expects: "a duration up to 1h", such: "30s, or 0 for none"
  ) { text in TimeText.duration(text).flatMap { $0 <= .seconds(3600) ? .some($0) : nil } }

  static let every = OptionRule<Interval>("every", .text, expects: "an interval") {
    text throws(WrongValue) in
    try understood("every") { () throws(ScheduleError) in try Interval(text) }
  }

  static let cron = OptionRule<CronExpression>("cron", .text, expects: "a cron expression") {
    text throws(WrongValue) in
    try understood("cron") { () throws(ScheduleError) in try CronExpression(text) }
  }

  static let timeZone = OptionRule<TimeZoneRules>("time_zone", .text, expects: "a time zone") {
    text throws(WrongValue) in
    try ZoneFolder.rules(of: text)
  }

  /// nil is `auto`: that of the user whose key it is.
  static let accountTimeZone = OptionRule<String?>(
    "account_time_zone", .text, expects: "a time zone or auto"
  ) { text throws(WrongValue) in
    if text == "auto" { return nil }
    do throws(WrongValue) {
      _ = try ZoneFolder.rules(of: text)
      return text
    } catch {
      throw WrongValue("account_" + error.what, remedy: error.remedy)
    }
  }

  /// The options of this file.
  static let operating = [
    logFormat.name, auditRequests.name, accountTimeZone.name, metricsFile.name, listen.name,
    jitter.name, every.name,
    cron.name, timeZone.name,
  ]

  private static func understood<Value>(
    _ name: String, _ read: () throws(ScheduleError) -> Value
  ) throws(WrongValue) -> Value {
    do {
      return try read()
    } catch {
      throw WrongValue("\(name): \(error.what)", remedy: error.remedy)
    }
  }
}
