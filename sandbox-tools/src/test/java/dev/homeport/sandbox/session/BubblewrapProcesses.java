package dev.homeport.sandbox.session;

/// The processes that hold the sandboxes of this Java process.
final class BubblewrapProcesses {
  private BubblewrapProcesses() {}

  /// Kills those that run a program.
  static void kill(String program) {
    ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/" + program))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
