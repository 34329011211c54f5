extension Verb {
  static let check = version, initialise = version
}
