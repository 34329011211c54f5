/// Why no whole answer came.
public enum TransportFault: Error, Sendable, Hashable {
  /// The host's name has no address, or the resolver does not answer.
  case hostUnknown
  /// The proxy's name has no address.
  case proxyUnknown
  /// Nothing listens there, or the way there is closed.
  case connectionRefused
  /// No secure connection could be made.
  case tls(String)
  /// The server's certificate is not trusted.
  case certificate(String)
  /// The connection was not made, or the answer not complete, in time.
  case timeout(String)
  /// The connection was closed or reset before an answer came.
  case connectionLost
  /// The answer is shorter than announced.
  case cutOff
  /// The answer cannot be unpacked.
  case badEncoding
  /// The client has been closed.
  case closed
  /// Anything else, in libcurl's words.
  case other(String)

  var what: String {
    switch self {
    case .hostUnknown: "the account's host has no address"
    case .proxyUnknown: "the proxy's host has no address"
    case .connectionRefused: "the account's host cannot be connected to"
    case .tls(let detail): "no secure connection: \(detail)"
    case .certificate(let detail): "the account's certificate is not trusted: \(detail)"
    case .timeout(let detail): "no answer in time: \(detail)"
    case .connectionLost: "the connection was lost before the answer"
    case .cutOff: "the answer is shorter than announced"
    case .badEncoding: "the answer cannot be unpacked"
    case .closed: "the client has been closed"
    case .other(let detail): "the request failed: \(detail)"
    }
  }

  var remedy: String {
    switch self {
    case .hostUnknown: "check ACTIVECAMPAIGN_URL and this machine's DNS"
    case .proxyUnknown: "check https_proxy and no_proxy"
    case .connectionRefused: "check ACTIVECAMPAIGN_URL, the network and the firewall"
    case .tls: "check the network for a proxy that answers in the account's place"
    case .certificate: "set SSL_CERT_FILE to the certificates of your network, if it has its own"
    case .closed: ""
    default: "run again later; if it lasts, check the network"
    }
  }
}
