import Catalog
import Glibc

/// What this process has cost the machine since it started.
struct ResourceUse: Sendable {
  /// Time of the processors, on all threads, the kernel's on our behalf included.
  let processorTime: Duration
  /// The most memory that was ever resident at once.
  let peakMemoryBytes: Int

  /// What it has cost until now.
  static func untilNow() -> ResourceUse {
    var usage = rusage()
    // It fails only for a bad argument; all zero then says that nothing is known.
    _ = getrusage(RUSAGE_SELF.rawValue, &usage)
    return ResourceUse(
      processorTime: usage.ru_utime.duration + usage.ru_stime.duration,
      peakMemoryBytes: peakMemory() ?? usage.ru_maxrss * 1024)
  }

  /// The most that was ever resident, by `/proc/self/status`; nil where that cannot be read.
  ///
  /// Not `ru_maxrss`: a program that was started by a greater one has that one's figure in it, from
  /// the moment between fork and exec in which it shared its memory.
  private static func peakMemory() -> Int? {
    guard let file = fopen("/proc/self/status", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let words = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self
      )
      .split(whereSeparator: \.isWhitespace)
      // Linux counts it in kibibytes.
      if words.first == "VmHWM:", words.count > 1 { return Int(words[1]).map { $0 * 1024 } }
    }
    return nil
  }

  /// What it has cost since an earlier moment; the peak of memory is that of the whole process.
  static func since(_ earlier: ResourceUse) -> ResourceUse {
    let now = untilNow()
    return ResourceUse(
      processorTime: now.processorTime - earlier.processorTime,
      peakMemoryBytes: now.peakMemoryBytes)
  }

  /// For people.
  var text: String {
    "\(Figures.span(processorTime)) of processor time, "
      + "at most \(Figures.decimal(Double(peakMemoryBytes) / 1_000_000)) MB of memory"
  }
}

extension timeval {
  fileprivate var duration: Duration { .seconds(tv_sec) + .microseconds(tv_usec) }
}
