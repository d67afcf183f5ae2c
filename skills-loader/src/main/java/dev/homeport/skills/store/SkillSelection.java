package dev.homeport.skills.store;

import dev.homeport.skills.SkillsConfig;
import dev.homeport.skills.publish.SkillPublisher;
import dev.homeport.skills.source.Shown;
import dev.homeport.skills.source.SourceContents;
import dev.homeport.skills.source.SourceEntry;
import dev.homeport.skills.source.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds the skills among what a source holds; everything else of it is left where it is.
final class SkillSelection {
  private static final Set<String> SKILL_FILES = Set.of("SKILL.md", "skill.md");
  private static final Set<String> PASSED_OVER = Set.of(".git", "node_modules", "__pycache__");
  private static final int MOST_FILES = 20_000;
  private static final long MOST_BYTES = 256L << 20;

  private SkillSelection() {}

  /// The files of all skills, in the order of their paths.
  ///
  /// @throws SourceException if there is no skill, one is larger than may be published, or all are
  ///   larger than a source may be
  static List<SourceEntry> of(SourceContents contents) throws IOException {
    List<SourceEntry> reached =
        contents.entries().stream()
            .filter(entry -> segments(entry).stream().noneMatch(PASSED_OVER::contains))
            .sorted()
            .toList();
    Set<String> directories = directories(reached);
    if (directories.isEmpty()) {
      throw new SourceException(
          "there is no SKILL.md in it down to %d directories; name the directory of its skills with"
                  .formatted(SkillsConfig.MAX_DEPTH)
              + " --path");
    }
    List<SourceEntry> selected =
        reached.stream().filter(entry -> isBelowAny(entry.path(), directories)).toList();
    for (String directory : directories) {
      requireSize(directory, selected, contents);
    }
    requireSize(selected, contents);
    return selected;
  }

  private static List<String> segments(SourceEntry entry) {
    return Arrays.asList(entry.path().split("/", -1));
  }

  private static Set<String> directories(List<SourceEntry> entries) {
    var directories = new TreeSet<String>();
    for (SourceEntry entry : entries) {
      List<String> segments = segments(entry);
      if (SKILL_FILES.contains(segments.getLast())
          && segments.size() - 1 <= SkillsConfig.MAX_DEPTH) {
        directories.add(String.join("/", segments.subList(0, segments.size() - 1)));
      }
    }
    return directories;
  }

  private static boolean isBelow(String path, String directory) {
    return directory.isEmpty() || path.startsWith(directory + "/");
  }

  private static boolean isBelowAny(String path, Set<String> directories) {
    if (directories.contains("")) {
      return true;
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (directories.contains(path.substring(0, slash))) {
        return true;
      }
    }
    return false;
  }

  /// The limits of publishing, before anything is written.
  private static void requireSize(
      String directory, List<SourceEntry> entries, SourceContents contents) throws IOException {
    var files = new ArrayList<SourceEntry>();
    for (SourceEntry entry : entries) {
      if (isBelow(entry.path(), directory)) {
        files.add(entry);
      }
      if (files.size() > SkillPublisher.MOST_FILES) {
        throw tooLarge(directory, "more than " + SkillPublisher.MOST_FILES + " files");
      }
    }
    if (bytes(files, contents) > SkillPublisher.MOST_BYTES) {
      throw tooLarge(directory, "more than 16 MiB");
    }
  }

  private static SourceException tooLarge(String directory, String what) {
    return new SourceException(
        "the skill in %s has %s with all below it, and none may; name another part of the source"
                .formatted(directory.isEmpty() ? "its top directory" : Shown.of(directory), what)
            + " with --path");
  }

  private static void requireSize(List<SourceEntry> selected, SourceContents contents)
      throws IOException {
    if (selected.size() > MOST_FILES || bytes(selected, contents) > MOST_BYTES) {
      throw new SourceException(
          "its skills have more than %,d files or %d MiB; add parts of it, each with --path"
              .formatted(MOST_FILES, MOST_BYTES >> 20));
    }
  }

  private static long bytes(List<SourceEntry> entries, SourceContents contents) throws IOException {
    long bytes = 0;
    for (SourceEntry entry : entries) {
      bytes += contents.bytes(entry);
    }
    return bytes;
  }
}
