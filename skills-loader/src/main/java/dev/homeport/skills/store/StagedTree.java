package dev.homeport.skills.store;

import dev.homeport.skills.source.ContentDigest;
import dev.homeport.skills.source.Shown;
import dev.homeport.skills.source.SourceContents;
import dev.homeport.skills.source.SourceEntry;
import dev.homeport.skills.source.SourceException;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A copy that is being written. Files come first and links last, so that nothing is ever written
/// through a link.
final class StagedTree {
  private final Path root;
  private final Map<WorkspacePath, String> lines = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  /// @param root an empty directory, without links on the way to it
  StagedTree(Path root) {
    this.root = root;
  }

  /// What was left out.
  List<String> notes() {
    return List.copyOf(notes);
  }

  /// Writes everything durably.
  ContentDigest write(List<SourceEntry> entries, SourceContents contents) throws IOException {
    for (SourceEntry entry : entries) {
      if (entry.kind() != SourceEntry.Kind.LINK) {
        file(entry, contents.read(entry));
      }
    }
    for (SourceEntry entry : entries) {
      if (entry.kind() == SourceEntry.Kind.LINK) {
        link(entry, new String(contents.read(entry), StandardCharsets.UTF_8));
      }
    }
    dropLooseLinks();
    forceDirectories();
    MessageDigest digest = Sha256.digest();
    lines.values().forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    return new ContentDigest(HexFormat.of().formatHex(digest.digest()));
  }

  private void file(SourceEntry entry, byte[] content) throws IOException {
    WorkspacePath path = checked(entry);
    Path file = place(path);
    boolean isProgram = entry.kind() == SourceEntry.Kind.PROGRAM;
    var permissions = PosixFilePermissions.fromString(isProgram ? "r-x------" : "r--------");
    try (var channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(permissions))) {
      var left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    } catch (FileAlreadyExistsException twice) {
      throw new SourceException(
          "it holds '%s' twice, as this file system sees it; leave it out with --path"
              .formatted(Shown.of(entry.path())),
          twice);
    }
    record(entry, path, content);
  }

  private void link(SourceEntry entry, String target) throws IOException {
    WorkspacePath path = checked(entry);
    Path link = place(path);
    boolean leadsOut =
        target.startsWith("/")
            || target.indexOf('\0') >= 0
            || !link.resolveSibling(target).normalize().startsWith(root);
    if (leadsOut) {
      throw leadsOut(path);
    }
    Files.createSymbolicLink(link, Path.of(target));
    record(entry, path, target.getBytes(StandardCharsets.UTF_8));
  }

  private void record(SourceEntry entry, WorkspacePath path, byte[] content) {
    lines.put(path, entry.kind().label() + " " + Sha256.hex(content) + " " + path + "\n");
  }

  private static WorkspacePath checked(SourceEntry entry) throws SourceException {
    try {
      return WorkspacePath.parse(entry.path());
    } catch (WorkspaceException wrong) {
      throw new SourceException(
          "it cannot be taken: %s Name another part of it with --path."
              .formatted(wrong.getMessage()),
          wrong);
    }
  }

  private static SourceException leadsOut(WorkspacePath link) {
    return new SourceException(
        "the link '%s' leads out of what is taken, which none may; name a directory above both, or"
                .formatted(link)
            + " another part of the source, with --path");
  }

  private Path place(WorkspacePath path) throws IOException {
    Path file = root.resolve(path.toString());
    Path parent = file.getParent();
    if (parent == null || path.isRoot()) {
      throw new IllegalArgumentException("no file can stand at " + path);
    }
    Files.createDirectories(
        parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return file;
  }

  /// Looks where links really lead, through all others; those that lead to nothing are removed,
  /// which may make others lead to nothing.
  private void dropLooseLinks() throws IOException {
    boolean dropped = true;
    while (dropped) {
      dropped = false;
      for (WorkspacePath path : List.copyOf(lines.keySet())) {
        Path link = root.resolve(path.toString());
        if (!Files.isSymbolicLink(link)) {
          continue;
        }
        if (!Files.exists(link)) {
          Files.delete(link);
          lines.remove(path);
          notes.add("the link '%s' is left out: what it leads to is no skill".formatted(path));
          dropped = true;
        } else if (!link.toRealPath().startsWith(root)) {
          throw leadsOut(path);
        }
      }
    }
  }

  private void forceDirectories() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.toList()) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          try (var directory = FileChannel.open(path, StandardOpenOption.READ)) {
            directory.force(true);
          }
        }
      }
    }
  }
}
