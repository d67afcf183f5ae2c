package dev.homeport.plan;

import dev.homeport.secret.SecretMasker;
import dev.homeport.text.Utf8;
import dev.homeport.version.Author;
import dev.homeport.version.Versions;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The findings of a task, in `notes.md` beside its plan, or in `findings.md` where that exists.
///
/// Thread-safe; several processes may add at once.
public final class Notes {
  private static final int MAX_BYTES = 16 << 20;

  private final Workspace workspace;
  private final InstantSource clock;

  private Notes(Workspace workspace, InstantSource clock) {
    this.workspace = workspace;
    this.clock = clock;
  }

  /// A finding that was noted.
  ///
  /// @param path the file it stands in
  /// @param sha256 of that file now
  /// @param bytes of that file now
  /// @param secrets how many secrets the finding seems to hold; it is written as it is
  public record Noted(WorkspacePath path, String sha256, long bytes, int secrets) {}

  /// The notes of a workspace.
  public static Notes in(Workspace workspace, InstantSource clock) {
    return new Notes(workspace, clock);
  }

  /// The file that holds the notes of a task; it need not exist yet.
  ///
  /// @param plan the file of the task's plan
  public WorkspacePath fileOf(WorkspacePath plan) throws IOException {
    WorkspacePath findings = plan.parent().child("findings.md");
    return workspace.stat(findings).isPresent() ? findings : plan.parent().child("notes.md");
  }

  /// Adds a finding at the end, with the time and its source.
  ///
  /// @param plan the file of the task's plan
  /// @param finding what was found; may have several lines
  /// @param source where: a path, a URL, a command; empty if it is the agent's own
  public Noted add(WorkspacePath plan, String finding, String source)
      throws IOException, InterruptedException {
    WorkspacePath path = fileOf(plan);
    try (var _ = workspace.lock(List.of(path))) {
      Optional<byte[]> current = workspace.readIfPresent(path, MAX_BYTES);
      byte[] old = current.orElse(new byte[0]);
      byte[] added = Utf8.encode(entry(old, finding, source));
      byte[] all = Arrays.copyOf(old, old.length + added.length);
      System.arraycopy(added, 0, all, old.length, added.length);
      Versions.of(workspace).write(path, current.orElse(null), all, Author.current());
      int secrets = SecretMasker.mask(finding + " " + source).total();
      return new Noted(path, Sha256.hex(all), all.length, secrets);
    }
  }

  private String entry(byte[] old, String finding, String source) {
    var entry = new StringBuilder();
    if (old.length == 0) {
      entry.append("# Notes\n\n");
    } else if (old[old.length - 1] != '\n') {
      entry.append('\n');
    }
    entry.append("- ").append(clock.instant().truncatedTo(ChronoUnit.SECONDS)).append(": ");
    entry.append(String.join("\n  ", finding.strip().lines().toList()));
    if (!source.isBlank()) {
      entry.append("\n  Source: ").append(String.join(" ", source.strip().lines().toList()));
    }
    return entry.append('\n').toString();
  }
}
