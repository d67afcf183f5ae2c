package dev.homeport.version;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.version.HistoryQuery.Filter;
import dev.homeport.workspace.Durability;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A workspace with a history, as tests use it. Its clock moves on by a second with each look.
final class HistoryFixture {
  static final Author AGENT = new Author("ann", "s-1", "write_file", null);
  static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

  final Path root;
  final Workspace workspace;
  final Versions versions;
  final History history;
  private final AtomicLong seconds = new AtomicLong();

  HistoryFixture(Path root) throws IOException {
    this(root, Retention.DEFAULT);
  }

  HistoryFixture(Path root, Retention retention) throws IOException {
    this.root = root;
    this.workspace = Workspace.open(root, Durability.FULL);
    this.versions =
        Versions.open(workspace, () -> START.plusSeconds(seconds.getAndIncrement()), retention);
    this.history = History.of(workspace);
  }

  static WorkspacePath path(String text) throws IOException {
    return WorkspacePath.parse(text);
  }

  void write(String path, String content) throws IOException {
    write(path, content.getBytes(UTF_8), AGENT);
  }

  void write(String path, byte[] content, Author author) throws IOException {
    Path file = root.resolve(path);
    byte[] old = Files.exists(file) ? Files.readAllBytes(file) : null;
    try (var _ = workspace.lock(List.of(path(path)))) {
      versions.write(path(path), old, content, author);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void delete(String path) throws IOException {
    versions.delete(path(path), AGENT);
  }

  void move(String from, String to) throws IOException {
    versions.move(path(from), path(to), AGENT);
  }

  /// The versions of a path, the newest first.
  List<Version> list(String path) throws IOException {
    return history.list(HistoryQuery.of(path(path))).versions();
  }

  HistoryPage list(String path, int limit, @Nullable String before) throws IOException {
    return history.list(new HistoryQuery(path(path), limit, before, Filter.NONE));
  }

  /// All versions of a path as `OPERATION path`, the oldest first.
  List<String> story(String path) throws IOException {
    return list(path).reversed().stream()
        .map(version -> version.operation() + " " + version.path())
        .toList();
  }

  /// The id of the version of a path that is so many back; 0 is the newest.
  String id(String path, int back) throws IOException {
    return list(path).get(back).id();
  }

  String content(String path) throws IOException {
    return Files.readString(root.resolve(path));
  }

  /// Waits for a rewriting that has begun.
  void settle() throws IOException {
    versions.log().rewrite(_ -> Optional.empty()).await();
  }

  /// Whether a text stands in any file of Homeport's own.
  boolean isOnDisk(String text) throws IOException {
    try (var files = Files.walk(root.resolve(".homeport"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
            .contains(text)) {
          return true;
        }
      }
      return false;
    }
  }
}
