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
      // Linux counts it in kibibytes.
      peakMemoryBytes: usage.ru_maxrss * 1024)
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
