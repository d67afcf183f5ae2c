package dev.homeport.sandbox.session;

import dev.homeport.sandbox.files.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// What a server notes of a sandbox, for the one that comes after it was killed.
///
/// @param session whose it is
/// @param name its name there
/// @param backend what it is made of
/// @param executors the names of those that it has
record SandboxNote(String session, String name, String backend, List<String> executors) {
  private static final String FILE = "note";

  void write(Path home) throws IOException {
    Notes.write(
        home.resolve(FILE),
        Map.of(
            "session",
            session,
            "name",
            name,
            "backend",
            backend,
            "executors",
            String.join("\n", executors)));
  }

  /// Empty if it was not noted, because it was just being made.
  static Optional<SandboxNote> read(Path home) throws IOException {
    Path file = home.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties values = Notes.read(file);
    return Optional.of(
        new SandboxNote(
            values.getProperty("session"),
            values.getProperty("name"),
            values.getProperty("backend"),
            values.getProperty("executors").lines().toList()));
  }
}
