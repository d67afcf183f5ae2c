package dev.homeport.version;

import dev.homeport.version.Version.Operation;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes contents out of the history. Thread-safe.
final class Redaction {
  private final Workspace workspace;
  private final VersionLog log;

  Redaction(Workspace workspace, VersionLog log) {
    this.workspace = workspace;
    this.log = log;
  }

  RedactOutcome redact(String id, Author author) throws IOException {
    return run(
        author,
        index -> {
          Version version = index.find(id).orElseThrow(() -> History.unknown(id));
          Optional<Snapshot> content = version.contentAfter().or(version::contentBefore);
          return new Wish(new HashSet<>(content.stream().toList()), Optional.empty());
        });
  }

  RedactOutcome redactPast(WorkspacePath path, Author author) throws IOException {
    return run(
        author,
        index -> {
          var trail = new PathTrail(path);
          var contents = new HashSet<Snapshot>();
          for (Version version : index.versions().reversed()) {
            if (trail.takes(version)) {
              contents(version).forEach(contents::add);
            }
          }
          return new Wish(contents, Optional.of(path));
        });
  }

  private static Stream<Snapshot> contents(Version version) {
    return Stream.concat(version.contentBefore().stream(), version.contentAfter().stream());
  }

  /// What is to go.
  ///
  /// @param contents all of them
  /// @param sparing the path below which files keep what they have now
  private record Wish(Set<Snapshot> contents, Optional<WorkspacePath> sparing) {}

  private interface Wishing {
    Wish of(VersionIndex index) throws IOException;
  }

  private RedactOutcome run(Author author, Wishing wishing) throws IOException {
    if (author.reason() == null || author.reason().isBlank()) {
      throw new IllegalArgumentException("a redaction needs a reason, which stays on record");
    }
    var decision = new Decision(author, wishing);
    log.rewrite(decision).await();
    return Objects.requireNonNull(decision.outcome);
  }

  /// Made under all locks, so that no file can get a content back meanwhile.
  private final class Decision implements VersionLog.Revising {
    private final Author author;
    private final Wishing wishing;
    private @Nullable RedactOutcome outcome;

    Decision(Author author, Wishing wishing) {
      this.author = author;
      this.wishing = wishing;
    }

    @Override
    public Optional<Revision> decide(VersionIndex index) throws IOException {
      Wish wish = wishing.of(index);
      var digests = new HashSet<String>();
      // An empty content hides nothing, and any empty file would be in the way.
      wish.contents().stream()
          .filter(content -> content.bytes() > 0)
          .forEach(content -> digests.add(content.sha256()));
      var spared = new LinkedHashSet<WorkspacePath>();
      for (Map.Entry<WorkspacePath, Set<Snapshot>> file : files(index, digests).entrySet()) {
        Optional<Snapshot> held = held(file.getKey(), file.getValue());
        if (held.isPresent()) {
          if (wish.sparing().filter(file.getKey()::startsWith).isEmpty()) {
            outcome = new RedactOutcome.Held(file.getKey());
            return Optional.empty();
          }
          spared.add(file.getKey());
          digests.remove(held.get().sha256());
        }
      }
      var revision = new Revision(Set.of(), digests, List.of());
      List<Version> touched = index.versions().stream().filter(revision::touches).toList();
      if (touched.isEmpty()) {
        outcome = new RedactOutcome.Nothing(List.copyOf(spared));
        return Optional.empty();
      }
      outcome = new RedactOutcome.Redacted(touched.size(), digests, List.copyOf(spared));
      return Optional.of(new Revision(Set.of(), digests, audit(touched)));
    }

    /// One version for each file that lost content.
    private List<Version> audit(List<Version> touched) {
      Instant now = log.now();
      var audit = new ArrayList<Version>();
      touched.stream()
          .map(Version::path)
          .distinct()
          .forEach(path ->
              audit.add(
                  new Version(
                      VersionDraft.newId(now),
                      Operation.REDACTED,
                      path,
                      null,
                      now,
                      author,
                      null,
                      null,
                      true)));
      return audit;
    }
  }

  /// The files that are known to have had one of these contents, each with all that it had.
  private static Map<WorkspacePath, Set<Snapshot>> files(VersionIndex index, Set<String> digests) {
    var files = new HashMap<WorkspacePath, Set<Snapshot>>();
    for (Version version : index.versions()) {
      contents(version)
          .filter(content -> digests.contains(content.sha256()))
          .forEach(content -> {
            files.computeIfAbsent(version.path(), _ -> new HashSet<>()).add(content);
            if (version.from() != null) {
              files.computeIfAbsent(version.from(), _ -> new HashSet<>()).add(content);
            }
          });
    }
    return files;
  }

  /// Which of these contents a file has now.
  private Optional<Snapshot> held(WorkspacePath path, Set<Snapshot> contents) throws IOException {
    Optional<FileInfo> file = workspace.stat(path).filter(FileInfo::isFile);
    if (file.isEmpty()
        || contents.stream().noneMatch(content -> content.bytes() == file.get().bytes())) {
      return Optional.empty();
    }
    Snapshot now = Snapshot.of(workspace.read(path, file.get().bytes()));
    return Optional.of(now).filter(contents::contains);
  }
}
