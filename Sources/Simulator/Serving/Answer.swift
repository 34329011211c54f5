/// What a request is answered with, before faults and transport have their say.
struct Answer: Sendable {
  var status: Int
  var body: [UInt8]
  var headers: [(name: String, value: String)] = []

  init(_ status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }

  /// A JSON `message`, as the service words its refusals.
  static func message(_ status: Int, _ text: String) -> Answer {
    Answer(status, body: JSONWriter.text(of: ["message": .text(text)]))
  }

  static let unknownPath = Answer.message(404, "No route found")

  /// How the newer services say that there is nothing.
  static let notFound = Answer(
    404,
    body: JSONWriter.text(of: ["errors": [["status": 404, "title": "Not Found"]]]))

  static func missing(_ resource: Resource, _ id: String) -> Answer {
    .message(resource.missingStatus, "No Result found for \(resource.model) with id \(id)")
  }
}
