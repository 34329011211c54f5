public import Catalog

extension StreamSelection {
  /// How old the proof that the table is complete may become before a run fails for it.
  public var longestAge: Duration { Cadence.refresh(of: self) }

  /// When the whole of the list is due to be read again.
  public func nextWholeReading(after last: Instant) -> Instant {
    last + Cadence.span(of: self)
  }
}
