extension Verb {
  static let run = version, plan = version, check = version, status = version, simulate = version, migrate = version, initialise = version
}
