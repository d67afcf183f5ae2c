package dev.homeport.server.skills;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/// What clients are told about the skills of a workspace when they connect: a small file that the
/// last run left behind, as nobody waits for the skills then. Thread-safe.
///
/// A handshake waits for it, so it is read with what the JVM has loaded anyway. The first line says
/// for what it holds, so it counts only for the same workspace and settings.
public final class SkillNotice {
  /// More is not read.
  static final int MOST_BYTES = 64 << 10;

  /// A notice of a workspace that nobody opened for so long is removed.
  private static final Duration UNUSED = Duration.ofDays(60);

  private static final Duration REWRITTEN = Duration.ofDays(1);

  private final Path file;
  private final String heading;

  private SkillNotice(Path file, String heading) {
    this.file = file;
    this.heading = heading;
  }

  /// The notice of a workspace. Opens nothing, and is quick: a handshake waits for it.
  ///
  /// @param directory where notices are kept
  /// @param settings what decides which skills are told of; no line breaks
  public static SkillNotice of(Path directory, Path workspace, String settings) {
    String path = workspace.toAbsolutePath().normalize().toString();
    String heading = String.join(" ", "1", settings, path).replace('\n', ' ').concat("\n");
    return new SkillNotice(directory.resolve(Integer.toHexString(path.hashCode())), heading);
  }

  /// The text as it was last kept; empty if there is none.
  public String text() {
    try (var in = new FileInputStream(file.toFile())) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      String text = new String(bytes, StandardCharsets.UTF_8);
      boolean counts = bytes.length <= MOST_BYTES && text.startsWith(heading);
      return counts ? text.substring(heading.length()) : "";
    } catch (FileNotFoundException none) {
      return "";
    } catch (IOException e) {
      log().log(Level.DEBUG, "the notice of skills cannot be read: {0}", e.getMessage());
      return "";
    }
  }

  /// Keeps a text for the next time, at once or not at all.
  void keep(String text) throws IOException {
    if (isKept(text)) {
      return;
    }
    Path directory = file.resolveSibling("");
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path temporary = Files.createTempFile(directory, "notice", ".tmp");
    try {
      Files.writeString(temporary, heading + text);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    removeUnused(directory);
  }

  /// Whether the text is there, and not so old that it might be taken for unused.
  private boolean isKept(String text) throws IOException {
    if (!Files.exists(file)) {
      return text.isEmpty();
    }
    FileTime written = Files.getLastModifiedTime(file);
    return text.equals(text()) && written.toInstant().isAfter(Instant.now().minus(REWRITTEN));
  }

  private static void removeUnused(Path directory) throws IOException {
    Instant bar = Instant.now().minus(UNUSED);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path old : files.toList()) {
        if (Files.getLastModifiedTime(old).toInstant().isBefore(bar)) {
          Files.deleteIfExists(old);
        }
      }
    } catch (NoSuchFileException removed) {
      log().log(Level.DEBUG, "another process tidies up as well", removed);
    }
  }

  /// Looked for when it is needed: the search for a logging library would delay the handshake.
  private static System.Logger log() {
    return System.getLogger(SkillNotice.class.getName());
  }
}
