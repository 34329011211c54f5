import Monitoring
import Testing

@Suite struct `The exposition` {
  @Test func `writes help and type once, then a line a sample`() {
    var requests = MetricFamily("acsync_requests_total", .counter, "Requests sent.")
    requests.add(12, ["account": "acme"])
    requests.add(0.25, ["account": "other", "stream": "contacts"])
    var build = MetricFamily("acsync_build_info", .gauge, "The version.")
    build.add(1)
    #expect(
      Exposition.text([requests, build]) == """
        # HELP acsync_requests_total Requests sent.
        # TYPE acsync_requests_total counter
        acsync_requests_total{account="acme"} 12
        acsync_requests_total{account="other",stream="contacts"} 0.25
        # HELP acsync_build_info The version.
        # TYPE acsync_build_info gauge
        acsync_build_info 1

        """)
  }

  @Test func `leaves a family without samples out`() {
    #expect(Exposition.text([MetricFamily("acsync_x", .gauge, "Nothing.")]) == "")
  }

  @Test func `escapes what would end a label or a line`() {
    var family = MetricFamily("acsync_x", .gauge, "One\nline, one \\.")
    family.add(1, ["a": "quote \" slash \\ line \n end", "b": "\"\u{301}", "c": "\r\n"])
    #expect(
      Exposition.text([family]) == """
        # HELP acsync_x One\\nline, one \\\\.
        # TYPE acsync_x gauge
        acsync_x{a="quote \\" slash \\\\ line \\n end",b="\\"\u{301}",c="\r\\n"} 1

        """)
  }

  @Test(arguments: [
    (1e18, "1e+18"), (1_767_225_600, "1767225600"), (-0.5, "-0.5"), (.nan, "NaN"),
    (.infinity, "+Inf"), (-.infinity, "-Inf"), (0, "0"),
  ])
  func `writes numbers as Prometheus reads them`(_ value: Double, _ text: String) {
    var family = MetricFamily("x", .gauge, "X.")
    family.add(value)
    #expect(Exposition.text([family]).hasSuffix("\nx \(text)\n"))
  }
}
