package dev.homeport.sandbox.session;

import java.time.Duration;

/// A command that nobody waits for.
///
/// @param id unique within a server
/// @param sandbox the name of its sandbox
/// @param executor the name of its executor
/// @param run its output and its end
/// @param startedNanos its start, by [System#nanoTime]
record BackgroundProcess(
    String id, String sandbox, String executor, ExecRun run, long startedNanos) {
  ProcessInfo info() throws InterruptedException {
    return new ProcessInfo(
        id,
        sandbox,
        executor,
        Duration.ofNanos(System.nanoTime() - startedNanos),
        run.log().totalBytes(),
        run.end());
  }
}
