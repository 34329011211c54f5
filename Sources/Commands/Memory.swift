import CMalloc

/// How this process takes memory from the system.
enum Memory {
  /// As many threads as a small machine has processors allocate without waiting for each other.
  private static let arenas: Int32 = 2
  /// Free memory beyond this is given back: the allocator's own figure, which it would raise to
  /// twice the longest block that was ever let go.
  private static let keptBytes: Int32 = 128 << 10

  /// Keeps what a long run takes near what a short one takes; to be called before there are threads.
  ///
  /// The allocator gives each thread an arena of its own, up to eight a processor. Rows are made on
  /// one thread and let go on another, so each arena is left with holes: at a million contacts a
  /// run took a quarter more than at ten thousand.
  static func settle() {
    // These fail only for values that are out of range; the run is as right without them.
    _ = mallopt(M_ARENA_MAX, arenas)
    _ = mallopt(M_TRIM_THRESHOLD, keptBytes)
  }
}
