/// How often what is asked for now has been asked for.
///
/// Local to the task that asks: whoever asks again says so, and whoever sends may tell of it, without
/// a word of it in between.
public enum RequestAttempt {
  /// 1 for the first time.
  @TaskLocal public static var number = 1
}
