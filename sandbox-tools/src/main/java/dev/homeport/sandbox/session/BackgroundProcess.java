package dev.homeport.sandbox.session;

import java.time.Duration;
import java.time.Instant;

/// A command that nobody waits for.
///
/// @param id unique within a server
/// @param sandbox the name of its sandbox
/// @param executor the name of its executor
/// @param run its output and its end
/// @param started its start
record BackgroundProcess(String id, String sandbox, String executor, ExecRun run, Instant started) {
  ProcessInfo info() throws InterruptedException {
    return new ProcessInfo(
        id,
        sandbox,
        executor,
        Duration.between(started, Instant.now()),
        run.log().totalBytes(),
        run.end());
  }
}
