package dev.homeport.sandbox.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The agent as a program for this machine, if the build had a compiler for it.
public final class AgentProgram {
  private static final String RESOURCE = "agent-" + System.getProperty("os.arch");
  private static final String NAME = "agent";

  private AgentProgram() {}

  /// Whether this build has one.
  public static boolean exists() {
    return AgentProgram.class.getResource(RESOURCE) != null;
  }

  /// Puts the program into a directory that only this user can write, once.
  ///
  /// @return where it is, or empty if this build has none
  public static Optional<Path> install(Path directory) throws IOException {
    Path program = directory.resolve(NAME);
    if (Files.exists(program)) {
      return Optional.of(program);
    }
    try (InputStream content = AgentProgram.class.getResourceAsStream(RESOURCE)) {
      if (content == null) {
        return Optional.empty();
      }
      Path draft = Files.createTempFile(directory, NAME, ".draft");
      Files.copy(content, draft, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("r-xr-xr-x"));
      return Optional.of(Files.move(draft, program, StandardCopyOption.ATOMIC_MOVE));
    }
  }
}
