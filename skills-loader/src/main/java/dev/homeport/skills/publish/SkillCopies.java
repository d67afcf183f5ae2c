package dev.homeport.skills.publish;

import dev.homeport.skills.Skill;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Copies of skills in one directory, for somebody who is to see their files and not change them.
///
/// A copy is what the skill was when it was made, without links, and executable; it is named by the
/// skill and its content, so it never changes; it is deleted a month later, when another content of
/// the skill is copied. Several processes may share the directory. Thread-safe.
public final class SkillCopies {
  private static final int SHOWN_DIGEST = 12;
  private static final Duration KEPT = Duration.ofDays(30);

  private final Path directory;

  /// @param directory may be missing
  public SkillCopies(Path directory) {
    this.directory = directory;
  }

  /// Where the copies are, made if it is missing.
  public Path directory() throws IOException {
    return Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /// Copies a skill unless there is a copy of it as it is.
  ///
  /// @return the name of the copy; empty if the skill has nothing but its `SKILL.md`, more than
  ///   [SkillPublisher#MOST_FILES] files or [SkillPublisher#MOST_BYTES], or cannot be read
  public Optional<String> copy(Skill skill) throws IOException {
    try {
      var contents = SkillContents.of(skill);
      Map<String, FileInfo> files = contents.list(SkillPublisher.MOST_FILES);
      long bytes = files.values().stream().mapToLong(FileInfo::bytes).sum();
      if (files.isEmpty()
          || files.size() >= SkillPublisher.MOST_FILES
          || bytes > SkillPublisher.MOST_BYTES) {
        return Optional.empty();
      }
      var read = new TreeMap<String, byte[]>();
      for (String path : files.keySet()) {
        read.put(path, contents.read(path, SkillPublisher.MOST_BYTES));
      }
      read.put("SKILL.md", skill.source().bytes());
      return Optional.of(copy(skill, read));
    } catch (WorkspaceException changing) {
      return Optional.empty();
    }
  }

  private String copy(Skill skill, Map<String, byte[]> files) throws IOException {
    var digests = new StringBuilder();
    files.forEach(
        (path, bytes) -> digests.append(path).append('\0').append(Sha256.hex(bytes)).append('\0'));
    String digest = Sha256.hex(digests.toString().getBytes(StandardCharsets.UTF_8));
    String name = skill.name() + "-" + digest.substring(0, SHOWN_DIGEST);
    Path target = directory().resolve(name);
    if (!Files.isDirectory(target)) {
      Path made = Files.createTempDirectory(directory, ".");
      try {
        write(made, files);
        Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        deleteOutdated(skill.name() + "-");
      } catch (DirectoryNotEmptyException | FileAlreadyExistsException another) {
        delete(made);
      }
    }
    return name;
  }

  /// Deletes copies of other contents that were made so long ago that nothing uses them any more.
  private void deleteOutdated(String prefix) throws IOException {
    var oldest = FileTime.from(Instant.now().minus(KEPT));
    List<Path> copies;
    try (Stream<Path> all = Files.list(directory)) {
      copies = all.filter(copy -> isCopy(copy, prefix)).toList();
    }
    for (Path copy : copies) {
      if (Files.getLastModifiedTime(copy).compareTo(oldest) < 0) {
        delete(copy);
      }
    }
  }

  private static boolean isCopy(Path copy, String prefix) {
    String name = String.valueOf(copy.getFileName());
    return name.startsWith(prefix) && name.length() == prefix.length() + SHOWN_DIGEST;
  }

  private static void write(Path copy, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = copy.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(""));
      Files.write(path, file.getValue());
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void delete(Path tree) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(tree)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
