package dev.homeport.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.memory.MemoryCommand.Create;
import dev.homeport.memory.MemoryCommand.Delete;
import dev.homeport.memory.MemoryCommand.Insert;
import dev.homeport.memory.MemoryCommand.Range;
import dev.homeport.memory.MemoryCommand.Rename;
import dev.homeport.memory.MemoryCommand.StrReplace;
import dev.homeport.memory.MemoryCommand.View;
import dev.homeport.workspace.Durability;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// A memory on real directories, with the commands as short methods.
final class MemoryFixture {
  static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  final Path project;
  final Path user;
  final MemoryStore store;

  MemoryFixture(Path directory) throws IOException {
    this(directory, MemoryLimits.DEFAULT);
  }

  MemoryFixture(Path directory, MemoryLimits limits) throws IOException {
    Path root = Files.createDirectories(directory.resolve("workspace"));
    project = root.resolve(".homeport/memory");
    user = directory.resolve("home/memory");
    store =
        MemoryStore.of(
            Workspace.open(root), Workspace.openPrivate(user, Durability.FULL), limits, () -> NOW);
  }

  /// A memory without the user's part.
  static MemoryStore projectOnly(Path directory) throws IOException {
    Files.createDirectories(directory.resolve("workspace"));
    return MemoryStore.of(Workspace.open(directory.resolve("workspace")), null);
  }

  MemoryOutcome run(MemoryCommand command) throws IOException, InterruptedException {
    return store.run(command, Change.UNCONDITIONAL);
  }

  MemoryOutcome expecting(String sha256, MemoryCommand command)
      throws IOException, InterruptedException {
    return store.run(command, new Change(sha256, "a test"));
  }

  /// The text of an outcome that must be a success.
  String done(MemoryCommand command) throws IOException, InterruptedException {
    MemoryOutcome outcome = run(command);
    assertThat(outcome).isInstanceOf(MemoryOutcome.Done.class);
    return outcome.text();
  }

  /// The text of an outcome that must be a refusal.
  String refused(MemoryCommand command) throws IOException, InterruptedException {
    MemoryOutcome outcome = run(command);
    assertThat(outcome).isInstanceOf(MemoryOutcome.Refused.class);
    assertThat(outcome.text()).doesNotContain(project.toString());
    return outcome.text();
  }

  void file(String name, String content) throws IOException {
    bytes(name, content.getBytes(UTF_8));
  }

  void bytes(String name, byte[] content) throws IOException {
    Files.createDirectories(project.resolve(name).getParent());
    Files.write(project.resolve(name), content);
  }

  String content(String name) throws IOException {
    return Files.readString(project.resolve(name));
  }

  static View view(String path) {
    return new View(path, null);
  }

  static View view(String path, int first, int last) {
    return new View(path, new Range(first, last));
  }

  static Create make(String path, String text) {
    return new Create(path, text);
  }

  static StrReplace replace(String path, String old, String replacement) {
    return new StrReplace(path, old, replacement);
  }

  static Insert insert(String path, int line, String text) {
    return new Insert(path, line, text);
  }

  static Delete delete(String path) {
    return new Delete(path);
  }

  static Rename rename(String from, String to) {
    return new Rename(from, to);
  }
}
