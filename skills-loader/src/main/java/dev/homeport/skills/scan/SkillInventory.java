package dev.homeport.skills.scan;

import dev.homeport.skills.SkillLocation;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Everything in the directory of a skill, reached without following any link.
final class SkillInventory {
  private static final long MOST_BYTES = 8L << 20;
  private static final int MOST_FILES = 20_000;
  private static final String CHANGING = "changed while it was looked at";
  private static final int MOST_STAMPED = MOST_FILES * 200;
  private static final int MAX_DEPTH = 32;

  /// Version control brings its own; what agents fetch is not the author's.
  private static final Set<String> PASSED_OVER = Set.of(".git", "node_modules");

  private final SkillLocation location;
  private final Workspace workspace;
  private int files;

  private SkillInventory(SkillLocation location, Workspace workspace) {
    this.location = location;
    this.workspace = workspace;
  }

  static SkillInventory of(SkillLocation location) throws IOException {
    return new SkillInventory(location, Workspace.open(location.root().base()));
  }

  /// Takes what stands in a skill.
  interface Visitor {
    /// A file.
    ///
    /// @param place where, as agents see it
    void file(String place, String name, byte[] bytes);

    /// Something that is no readable file.
    ///
    /// @param digest what it is, for baselines; empty if nobody can tell whether it changes
    void odd(String place, ScanHit hit, String digest);
  }

  /// Shows everything, in the order of the names.
  void visit(Visitor visitor) throws IOException {
    directory(location.directory(), 0, visitor);
    if (!location.file().parent().equals(location.directory())) {
      workspace.stat(location.file()).ifPresent(info -> file(info, visitor));
    }
  }

  /// Kinds, sizes and times of everything, by which a change is noticed without reading a file.
  String stamp() throws IOException {
    var entries = new StringBuilder();
    stamp(location.directory(), 0, entries);
    workspace.stat(location.directory()).ifPresent(entries::append);
    workspace.stat(location.file()).ifPresent(entries::append);
    return Sha256.hex(entries.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void stamp(WorkspacePath directory, int depth, StringBuilder entries) throws IOException {
    for (FileInfo entry : workspace.list(directory)) {
      entries.append(entry).append('\n');
      if (entry.isDirectory()
          && depth < MAX_DEPTH
          && entries.length() < MOST_STAMPED
          && !PASSED_OVER.contains(entry.path().name())) {
        stamp(entry.path(), depth + 1, entries);
      }
    }
  }

  private void directory(WorkspacePath directory, int depth, Visitor visitor) throws IOException {
    List<FileInfo> entries;
    try {
      entries = workspace.list(directory);
    } catch (WorkspaceException closed) {
      unscanned(directory, String.valueOf(closed.getMessage()), visitor);
      return;
    } catch (IOException gone) {
      unscanned(directory, CHANGING, visitor);
      return;
    }
    try {
      unlisted(directory, entries, visitor);
    } catch (IOException gone) {
      unscanned(directory, CHANGING, visitor);
    }
    for (FileInfo entry : entries) {
      if (files >= MOST_FILES) {
        unscanned(directory, "only the first " + MOST_FILES + " files were looked at", visitor);
        return;
      }
      switch (entry.kind()) {
        case FILE -> file(entry, visitor);
        case LINK -> {
          try {
            link(entry.path(), visitor);
          } catch (IOException gone) {
            unscanned(entry.path(), CHANGING, visitor);
          }
        }
        case SPECIAL -> unscanned(entry.path(), "is a device, pipe or socket", visitor);
        case DIRECTORY -> below(entry.path(), depth, visitor);
      }
    }
  }

  private void below(WorkspacePath directory, int depth, Visitor visitor) throws IOException {
    if (PASSED_OVER.contains(directory.name())) {
      if (!directory.name().equals(".git")) {
        unscanned(directory, "its files were not looked at", visitor);
      }
    } else if (depth >= MAX_DEPTH) {
      unscanned(directory, "is nested too deeply to be looked at", visitor);
    } else {
      directory(directory, depth + 1, visitor);
    }
  }

  private void file(FileInfo file, Visitor visitor) {
    files++;
    try {
      byte[] bytes = workspace.read(file.path(), MOST_BYTES);
      visitor.file(shown(file.path()), file.path().name(), bytes);
    } catch (WorkspaceException refused) {
      unscanned(file.path(), String.valueOf(refused.getMessage()), visitor);
    } catch (IOException failed) {
      unscanned(file.path(), "the file system failed to read it", visitor);
    }
  }

  private void unscanned(WorkspacePath path, String reason, Visitor visitor) {
    visitor.odd(shown(path), new ScanHit(ScanRule.UNSCANNED, 0, reason), "");
  }

  private void odd(WorkspacePath path, ScanHit hit, String what, Visitor visitor) {
    visitor.odd(shown(path), hit, Sha256.hex(what.getBytes(StandardCharsets.UTF_8)));
  }

  private String shown(WorkspacePath path) {
    return location.root().shown(path);
  }

  private Path real(WorkspacePath path) {
    return workspace.root().resolve(path.isRoot() ? "" : path.toString());
  }

  /// Names that Homeport's paths leave out: what has one is out of our reach, not of a shell's.
  private void unlisted(WorkspacePath directory, List<FileInfo> entries, Visitor visitor)
      throws IOException {
    var listed = new HashSet<String>();
    entries.forEach(entry -> listed.add(entry.path().name()));
    List<String> others;
    try (Stream<Path> all = Files.list(real(directory))) {
      others =
          all.map(path -> String.valueOf(path.getFileName()))
              .filter(name -> !listed.contains(name))
              .sorted()
              .toList();
    }
    if (others.isEmpty()) {
      return;
    }
    boolean isHidden =
        others.stream()
            .flatMapToInt(String::codePoints)
            .anyMatch(c -> HiddenCharacters.isInvisible(c) || Character.isISOControl(c));
    visitor.odd(
        shown(directory) + "/",
        isHidden
            ? new ScanHit(
                ScanRule.HIDDEN_TEXT, 0, others.size() + " names have invisible characters")
            : new ScanHit(
                ScanRule.UNSCANNED, 0, others.size() + " names are not in Unicode's usual form"),
        Sha256.hex(String.join("\n", others).getBytes(StandardCharsets.UTF_8)));
  }

  private void link(WorkspacePath path, Visitor visitor) throws IOException {
    Path link = real(path);
    Path target = Files.readSymbolicLink(link);
    Path written = link.resolveSibling(target).normalize();
    Path led = led(link).orElse(written);
    Path skill = real(location.directory());
    Path root = real(location.root().directory());
    if (written.startsWith(skill) && led.startsWith(skill)) {
      return;
    }
    boolean isInside = written.startsWith(root) && led.startsWith(root);
    String message =
        isInside
            ? "the link leads to another place among the skills"
            : "the link leads out of the skills"
                + (target.isAbsolute() ? ", to a place of the machine" : "");
    odd(
        path,
        new ScanHit(isInside ? ScanRule.LINK : ScanRule.LINK_OUTSIDE, 0, message),
        target.toString(),
        visitor);
  }

  /// Where a link leads in the end; empty if to nowhere, or to what has no path, such as an open
  /// pipe.
  private static Optional<Path> led(Path link) {
    try {
      return Optional.of(link.toRealPath());
    } catch (IOException nowhere) {
      return Optional.empty();
    }
  }
}
