package dev.homeport.skills;

import dev.homeport.skills.SkillRoots.OpenRoot;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists one directory, or takes over what was listed before where times say that it still holds.
///
/// @param root the root that the directory is in
/// @param path the directory
/// @param real the same as a path of the host
/// @param inSkill whether a directory above it is a skill
record DirectoryListing(OpenRoot root, WorkspacePath path, Path real, boolean inSkill) {
  /// The file names of a skill, the preferred one first.
  static final List<String> FILE_NAMES = List.of("SKILL.md", "skill.md");

  private static final Set<String> SKIPPED = Set.of(".git", "node_modules");

  /// What a skill brings along; a `SKILL.md` in there is material, not a skill.
  private static final Set<String> MATERIAL = Set.of("scripts", "references", "assets", "evals");

  /// What changed this shortly before it was looked at may change again without a new time.
  private static final Duration UNSETTLED = Duration.ofMillis(100);

  static DirectoryListing of(OpenRoot root, WorkspacePath path, boolean inSkill) {
    return new DirectoryListing(root, path, root.real(path), inSkill);
  }

  /// A directory in this one.
  DirectoryListing child(String name, boolean isInSkill) {
    var segments = new ArrayList<>(path.segments());
    segments.add(name);
    return new DirectoryListing(root, new WorkspacePath(segments), real.resolve(name), isInSkill);
  }

  /// The directory now; empty if it is gone.
  ///
  /// @param before what was listed before
  Optional<SkillDirectory> look(@Nullable SkillDirectory before) {
    try {
      Optional<BasicFileAttributes> now = attributes(real);
      if (now.isEmpty() || !now.get().isDirectory()) {
        return Optional.empty();
      }
      Instant modified = now.get().lastModifiedTime().toInstant();
      if (before != null
          && before.settled()
          && !before.isLinked()
          && before.failure().isEmpty()
          && before.modified().equals(modified)) {
        return withFileAsItIs(before);
      }
      return Optional.of(list(modified));
    } catch (IOException e) {
      return Optional.of(unreadable(Instant.EPOCH, e));
    }
  }

  private Optional<SkillDirectory> withFileAsItIs(SkillDirectory before) throws IOException {
    if (before.file().isEmpty()) {
      return Optional.of(before);
    }
    FileInfo known = before.file().get();
    Optional<BasicFileAttributes> now = attributes(real.resolve(known.path().name()));
    if (now.isEmpty() || !now.get().isRegularFile()) {
      return Optional.of(list(before.modified()));
    }
    Instant modified = now.get().lastModifiedTime().toInstant();
    boolean holds = known.bytes() == now.get().size() && known.modified().equals(modified);
    return Optional.of(
        holds
            ? before
            : before.withFile(
                new FileInfo(known.path(), FileInfo.Kind.FILE, now.get().size(), modified)));
  }

  private static Optional<BasicFileAttributes> attributes(Path path) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Whether a time of change will tell every later change.
  static boolean isSettled(Instant modified) {
    return modified.isBefore(Instant.now().minus(UNSETTLED));
  }

  private SkillDirectory list(Instant modified) {
    boolean settled = isSettled(modified);
    try {
      List<FileInfo> entries = root.workspace().list(path);
      Optional<FileInfo> entry = skillFile(entries);
      boolean isLinked = entry.isPresent() && !entry.get().isFile();
      Optional<FileInfo> file = isLinked ? linked(entry.get()) : entry;
      return new SkillDirectory(
          path,
          inSkill,
          modified,
          settled,
          file,
          isLinked,
          subdirectories(entries, file.isPresent()),
          links(entries),
          Optional.empty());
    } catch (IOException e) {
      return unreadable(modified, e);
    }
  }

  private SkillDirectory unreadable(Instant modified, IOException e) {
    return new SkillDirectory(
        path,
        inSkill,
        modified,
        false,
        Optional.empty(),
        false,
        List.of(),
        List.of(),
        Optional.of(SkillRoots.reason(e)));
  }

  private static Optional<FileInfo> skillFile(List<FileInfo> entries) {
    for (String name : FILE_NAMES) {
      for (FileInfo entry : entries) {
        boolean mayBe = entry.isFile() || entry.kind() == FileInfo.Kind.LINK;
        if (mayBe && entry.path().name().equals(name)) {
          return Optional.of(entry);
        }
      }
    }
    return Optional.empty();
  }

  /// The file that a `SKILL.md` which is a link stands for.
  private Optional<FileInfo> linked(FileInfo entry) throws IOException {
    Optional<WorkspacePath> target = SkillRoots.target(root, entry.path());
    return target.isEmpty()
        ? Optional.empty()
        : root.workspace().stat(target.get()).filter(FileInfo::isFile);
  }

  private List<String> subdirectories(List<FileInfo> entries, boolean isSkill) {
    var names = new ArrayList<String>();
    for (FileInfo entry : entries) {
      String name = entry.path().name();
      boolean skipped = SKIPPED.contains(name) || ((inSkill || isSkill) && MATERIAL.contains(name));
      if (entry.isDirectory() && !skipped) {
        names.add(name);
      }
    }
    return names;
  }

  private static List<String> links(List<FileInfo> entries) {
    return entries.stream()
        .filter(entry -> entry.kind() == FileInfo.Kind.LINK)
        .map(entry -> entry.path().name())
        .filter(name -> !SKIPPED.contains(name))
        .toList();
  }
}
