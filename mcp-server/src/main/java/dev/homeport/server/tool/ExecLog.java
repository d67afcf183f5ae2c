package dev.homeport.server.tool;

import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.session.ExecResult;

/// Keeps account of what was executed. Thread-safe.
public interface ExecLog {
  /// One input that is being executed.
  interface Entry {
    /// Notes how it ended; returns when that is durable, or cannot be.
    void ended(ExecResult result) throws InterruptedException;
  }

  /// Notes that an input is about to be executed, without waiting for that to be durable.
  Entry started(ExecRequest request, boolean background);
}
