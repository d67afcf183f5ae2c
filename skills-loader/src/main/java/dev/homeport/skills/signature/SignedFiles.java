package dev.homeport.skills.signature;

import dev.homeport.skills.SkillLocation;
import dev.homeport.skills.signature.SkillSignature.Change;
import dev.homeport.skills.signature.SkillSignature.Difference;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Compares the files of a skill with what was signed, without following any link. For one skill.
final class SignedFiles {
  private static final int MOST_FILES = 20_000;
  private static final int MAX_DEPTH = 32;
  private static final int BUFFER = 1 << 16;

  private final SkillLocation location;
  private final Workspace workspace;
  private final SignedStatement statement;
  private final List<Difference> differences = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private boolean isTooMuch;

  private SignedFiles(SkillLocation location, Workspace workspace, SignedStatement statement) {
    this.location = location;
    this.workspace = workspace;
    this.statement = statement;
  }

  /// What differs, in the order of the paths; empty if there is too much to compare.
  static Optional<List<Difference>> compare(
      SkillLocation location, Workspace workspace, SignedStatement statement) throws IOException {
    var files = new SignedFiles(location, workspace, statement);
    files.directory(WorkspacePath.ROOT, 0);
    if (files.isTooMuch) {
      return Optional.empty();
    }
    statement.digests().keySet().stream()
        .filter(path -> !files.seen.contains(path))
        .forEach(path -> files.differences.add(new Difference(Change.MISSING, path)));
    files.differences.sort(Comparator.comparing(Difference::path));
    return Optional.of(List.copyOf(files.differences));
  }

  private void directory(WorkspacePath directory, int depth) throws IOException {
    List<FileInfo> entries = workspace.list(location.resolve(directory));
    if (hasOthers(directory, entries)) {
      differences.add(new Difference(Change.HIDING, directory + "/"));
    }
    for (FileInfo entry : entries) {
      WorkspacePath path = directory.child(entry.path().name());
      if (!statement.covers(path.segments())) {
        continue;
      }
      if (entry.isDirectory()) {
        isTooMuch |= depth == MAX_DEPTH;
        if (!isTooMuch) {
          directory(path, depth + 1);
        }
      } else {
        file(path, entry);
      }
    }
  }

  private void file(WorkspacePath path, FileInfo entry) throws IOException {
    String name = path.toString();
    seen.add(name);
    isTooMuch |= seen.size() > MOST_FILES;
    String signed = statement.digests().get(name);
    if (signed == null) {
      differences.add(new Difference(Change.ADDED, name));
    } else if (!isTooMuch && !(entry.isFile() && digest(entry.path()).equals(signed))) {
      differences.add(new Difference(Change.CHANGED, name));
    }
  }

  /// Whether there are names that Homeport's paths leave out, but a shell does not.
  private boolean hasOthers(WorkspacePath directory, List<FileInfo> entries) throws IOException {
    WorkspacePath path = location.resolve(directory);
    Path real = workspace.root().resolve(path.isRoot() ? "" : path.toString());
    try (Stream<Path> all = Files.list(real)) {
      return all.map(entry -> String.valueOf(entry.getFileName()))
              .filter(name -> !Workspace.isUnfinished(name))
              .count()
          != entries.size();
    }
  }

  private String digest(WorkspacePath path) throws IOException {
    MessageDigest digest = Sha256.digest();
    var buffer = ByteBuffer.allocate(BUFFER);
    try (FileChannel channel = workspace.openForRead(path)) {
      while (channel.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
