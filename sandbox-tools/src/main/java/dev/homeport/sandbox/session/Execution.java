package dev.homeport.sandbox.session;

import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecOutput;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// An input that was run to its end.
///
/// @param ran how it ended
/// @param changedFiles how many files of the workspace now differ in the sandbox
record Execution(LiveSandbox.Ran ran, int changedFiles) {
  /// Finds the sandbox of a request.
  interface Finder {
    NamedSandbox find() throws SandboxException;
  }

  /// Runs an input; what the caller can repair is an outcome.
  static Execution of(ExecRequest request, Finder finder, Consumer<String> progress)
      throws IOException, InterruptedException {
    try {
      NamedSandbox named = finder.find();
      LiveSandbox.Ran ran = run(request, named, progress);
      if (ran.outcome() instanceof ExecOutcome.Lost) {
        named.dropIfDead();
      }
      return new Execution(ran, countChanges(named));
    } catch (SandboxException e) {
      return new Execution(refused(e), 0);
    }
  }

  private static LiveSandbox.Ran run(
      ExecRequest request, NamedSandbox named, Consumer<String> progress)
      throws IOException, InterruptedException {
    try {
      return named.live().run(request, progress);
    } catch (SandboxException e) {
      return refused(e);
    }
  }

  /// A sandbox that dies right after a command does not take the command's outcome with it; the
  /// next command tells.
  private static int countChanges(NamedSandbox named) throws IOException, InterruptedException {
    try {
      Optional<LiveSandbox> made = named.made();
      return made.isEmpty() ? 0 : made.get().changes().size();
    } catch (SandboxException e) {
      return 0;
    }
  }

  private static LiveSandbox.Ran refused(SandboxException e) {
    String reason = String.valueOf(e.getMessage());
    return new LiveSandbox.Ran(
        e.kind() == Kind.LOST
            ? new ExecOutcome.Lost(reason, new ExecOutput("", "", 0, 0, Optional.empty(), 0))
            : new ExecOutcome.Refused(reason),
        Optional.empty());
  }

  ExecResult result(Duration elapsed) {
    return new ExecResult(ran.outcome(), changedFiles, ran.usage(), elapsed);
  }
}
