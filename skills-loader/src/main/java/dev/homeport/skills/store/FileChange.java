package dev.homeport.skills.store;

import dev.homeport.skills.git.TextDiff;
import dev.homeport.skills.source.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How a file of a source differs from the version before.
///
/// @param path where it is in the source
/// @param kind what became of it
/// @param lines the difference in unified format, safe to show on a terminal; empty for a file that
///   is new or gone
public record FileChange(String path, Kind kind, List<String> lines) {
  /// What became of a file.
  public enum Kind {
    /// It was not there before.
    NEW,
    /// It has another content, or may be run now or no more.
    CHANGED,
    /// It is not there any more.
    GONE
  }

  /// Copies the lines.
  public FileChange {
    lines = List.copyOf(lines);
  }

  /// All changes from one copy of a source to another, in the order of the paths.
  static List<FileChange> between(Path before, Path after) throws IOException {
    TreeMap<String, Path> old = files(before);
    TreeMap<String, Path> fresh = files(after);
    var paths = new TreeSet<>(old.keySet());
    paths.addAll(fresh.keySet());
    var changes = new ArrayList<FileChange>();
    for (String path : paths) {
      Path was = old.get(path);
      Path is = fresh.get(path);
      if (was == null) {
        changes.add(new FileChange(path, Kind.NEW, List.of()));
      } else if (is == null) {
        changes.add(new FileChange(path, Kind.GONE, List.of()));
      } else {
        List<String> lines = lines(was, is);
        if (!lines.isEmpty()) {
          changes.add(new FileChange(path, Kind.CHANGED, lines));
        }
      }
    }
    return changes;
  }

  private static TreeMap<String, Path> files(Path directory) throws IOException {
    var files = new TreeMap<String, Path>();
    try (Stream<Path> all = Files.walk(directory)) {
      all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .forEach(path -> files.put(directory.relativize(path).toString(), path));
    }
    return files;
  }

  private static List<String> lines(Path was, Path is) throws IOException {
    var lines = new ArrayList<String>();
    String before = mode(was);
    String now = mode(is);
    if (!before.equals(now)) {
      lines.add("(was a %s, is a %s)".formatted(before, now));
    }
    byte[] old = content(was);
    byte[] fresh = content(is);
    if (!Arrays.equals(old, fresh)) {
      TextDiff.of(old, fresh).stream().map(Shown::of).forEach(lines::add);
    }
    return lines;
  }

  private static String mode(Path path) {
    if (Files.isSymbolicLink(path)) {
      return "link";
    }
    return Files.isExecutable(path) ? "program" : "file";
  }

  private static byte[] content(Path path) throws IOException {
    return Files.isSymbolicLink(path)
        ? Files.readSymbolicLink(path).toString().getBytes(StandardCharsets.UTF_8)
        : Files.readAllBytes(path);
  }
}
