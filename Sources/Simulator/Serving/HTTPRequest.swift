/// The head of a request, as far as the simulator reads it.
struct HTTPRequest: Sendable {
  let method: String
  let target: String
  private let headers: [String: String]
  private let version: String

  /// Reads the head: the request line and the headers, without the empty line that ends it.
  init?(_ head: some Collection<UInt8>) {
    let lines = String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline)
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count == 3 else { return nil }
    method = String(words[0])
    target = String(words[1])
    version = String(words[2])
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let sides = line.split(separator: ":", maxSplits: 1)
      guard sides.count == 2 else { continue }
      headers[sides[0].lowercased()] = String(sides[1].drop { $0 == " " || $0 == "\t" })
    }
    self.headers = headers
  }

  func header(_ name: String) -> String? {
    headers[name]
  }

  /// How many bytes of a body follow the head; they are read and dropped.
  var bodyLength: Int {
    header("content-length").flatMap { Int($0) } ?? 0
  }

  var keepsConnection: Bool {
    let wish = header("connection")?.lowercased()
    return version == "HTTP/1.1" ? wish != "close" : wish == "keep-alive"
  }
}

/// Writes the head of an answer.
enum HTTPHead {
  /// The headers that the service sends with every answer, beside those of the answer itself.
  static func bytes(_ answer: Answer, date: String, length: String, keepsConnection: Bool)
    -> [UInt8]
  {
    var head = "HTTP/1.1 \(answer.status) \(reason(answer.status))\r\nDate: \(date)\r\n"
    if !answer.headers.contains(where: { $0.name == "Content-Type" }) {
      head += "Content-Type: application/json\r\n"
    }
    head += "Server: cloudflare\r\nCf-Cache-Status: DYNAMIC\r\n"
    head += "Cache-Control: no-store, no-cache, must-revalidate\r\nPragma: no-cache\r\n"
    head += "Expires: Thu, 19 Nov 1981 08:52:00 GMT\r\n"
    for header in answer.headers { head += "\(header.name): \(header.value)\r\n" }
    head += "\(length)\r\nConnection: \(keepsConnection ? "keep-alive" : "close")\r\n\r\n"
    return Array(head.utf8)
  }

  /// `Sun, 24 May 2020 10:16:45 GMT`.
  static func date(_ instant: Int) -> String {
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]  // day 0 was a Thursday
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let number = instant.dividedDown(by: 86400)
    let date = CivilDate(day: number)
    let time = instant - number * 86400
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
    let weekday = days[number - number.dividedDown(by: 7) * 7]
    return "\(weekday), \(two(date.day)) \(months[date.month - 1]) \(date.year) "
      + "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60)) GMT"
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 422: "Unprocessable Entity"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    default: "Status"
    }
  }
}
