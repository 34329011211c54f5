internal import Glibc

/// Runs the body while no other process or thread runs one under the same lock file; the system
/// frees the lock when the process dies.
func withFolderLock<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
  // Closed in every program started, or a server would hold the lock for ever.
  let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
  guard descriptor >= 0 else { throw ClusterError.file(path: path, reason: lastFileError()) }
  defer { close(descriptor) }
  while flock(descriptor, LOCK_EX) != 0 {
    guard errno == EINTR else { throw ClusterError.file(path: path, reason: lastFileError()) }
  }
  return try body()
}
