package dev.homeport.skills.store;

import dev.homeport.skills.source.GitRevision;
import dev.homeport.skills.source.SourceContents;
import dev.homeport.skills.source.SourceEntry;
import dev.homeport.skills.source.SourceException;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The files of a directory of this machine, reached without following any link.
final class DirectoryContents implements SourceContents {
  private static final Set<String> PASSED_OVER = Set.of(".git", "node_modules");
  private static final int MAX_DEPTH = 32;
  private static final long LARGEST = 64L << 20;

  private final Workspace directory;
  private final List<SourceEntry> entries = new ArrayList<>();

  private DirectoryContents(Workspace directory) {
    this.directory = directory;
  }

  /// @param shown the directory as the user named it
  static DirectoryContents of(Path directory, String shown) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new SourceException(
          "there is no directory %s; put it back, or remove the source".formatted(shown));
    }
    var contents = new DirectoryContents(Workspace.open(directory));
    contents.list(WorkspacePath.ROOT, 0, shown);
    return contents;
  }

  private void list(WorkspacePath path, int depth, String shown) throws IOException {
    for (FileInfo entry : directory.list(path)) {
      switch (entry.kind()) {
        case FILE ->
            entries.add(
                new SourceEntry(
                    entry.path().toString(),
                    Files.isExecutable(real(entry.path().toString()))
                        ? SourceEntry.Kind.PROGRAM
                        : SourceEntry.Kind.FILE));
        case LINK -> entries.add(new SourceEntry(entry.path().toString(), SourceEntry.Kind.LINK));
        case DIRECTORY -> {
          if (!PASSED_OVER.contains(entry.path().name()) && depth < MAX_DEPTH) {
            list(entry.path(), depth + 1, shown);
          }
        }
        case SPECIAL -> {}
      }
      if (entries.size() > MOST_ENTRIES) {
        throw new SourceException(
            "%s has more than %,d files; name the directory of its skills"
                .formatted(shown, MOST_ENTRIES));
      }
    }
  }

  private Path real(String path) {
    return directory.root().resolve(path);
  }

  @Override
  public List<SourceEntry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public long bytes(SourceEntry entry) throws IOException {
    return entry.kind() == SourceEntry.Kind.LINK
        ? 0
        : directory.stat(WorkspacePath.parse(entry.path())).map(FileInfo::bytes).orElse(0L);
  }

  @Override
  public byte[] read(SourceEntry entry) throws IOException {
    if (entry.kind() == SourceEntry.Kind.LINK) {
      return Files.readSymbolicLink(real(entry.path())).toString().getBytes(StandardCharsets.UTF_8);
    }
    return directory.read(WorkspacePath.parse(entry.path()), LARGEST);
  }

  @Override
  public Optional<GitRevision> revision() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
