package dev.homeport.sandbox.session;

/// The processes outside of the sandboxes that this Java process started.
final class BubblewrapProcesses {
  private BubblewrapProcesses() {}

  /// Kills the children that run a program.
  static void kill(String program) {
    ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/" + program))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
