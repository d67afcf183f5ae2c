package dev.homeport.version;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.workspace.Durability;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What tests let another process do with versions: `COMMAND ROOT NAME COUNT`.
final class VersionChild {
  private VersionChild() {}

  static void main(String[] arguments) throws Exception {
    var workspace = Workspace.open(Path.of(arguments[1]), Durability.FULL);
    WorkspacePath path = WorkspacePath.parse(arguments[2]);
    int count = Integer.parseInt(arguments[3]);
    switch (arguments[0]) {
      case "write" -> write(workspace, Retention.DEFAULT, path, count);
      case "forget" -> {
        var few = new Retention(40, Duration.ofDays(1), 1_000_000);
        write(workspace, few, path, count);
      }
      case "redact" -> redact(workspace, path, count);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /// Writes a file again and again, and prints the number of each write that is acknowledged.
  private static void write(Workspace workspace, Retention retention, WorkspacePath path, int count)
      throws Exception {
    Versions versions = Versions.of(workspace, retention);
    for (int i = 1; i <= count; i++) {
      write(workspace, versions, path, path.name() + " " + i);
      System.out.println(i);
    }
  }

  private static void write(
      Workspace workspace, Versions versions, WorkspacePath path, String content)
      throws IOException, InterruptedException {
    try (var _ = workspace.lock(List.of(path))) {
      byte[] old = workspace.stat(path).isPresent() ? workspace.read(path, 1_000) : null;
      versions.write(path, old, content.getBytes(UTF_8), HistoryFixture.AGENT);
    }
  }

  /// Writes secrets and redacts them, and prints the number of each one that is gone.
  private static void redact(Workspace workspace, WorkspacePath path, int count) throws Exception {
    Versions versions = Versions.of(workspace);
    var history = History.of(workspace);
    for (int i = 1; i <= count; i++) {
      write(workspace, versions, path, path.name() + " secret " + i + ".");
      write(workspace, versions, path, path.name() + " clean " + i);
      RedactOutcome outcome = history.redactPast(path, HistoryFixture.AGENT.because("round " + i));
      if (!(outcome instanceof RedactOutcome.Redacted)) {
        throw new IllegalStateException("not redacted: " + outcome);
      }
      System.out.println(i);
    }
  }
}
