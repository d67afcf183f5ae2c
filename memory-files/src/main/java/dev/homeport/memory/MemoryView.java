package dev.homeport.memory;

import dev.homeport.memory.MemoryCommand.Range;
import dev.homeport.text.Lines;
import dev.homeport.text.PictureType;
import dev.homeport.text.Utf8;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The command `view`.
final class MemoryView {
  /// Larger files are not taken into memory.
  static final int MOST_BYTES = 32 * 1024 * 1024;

  private static final int MOST_LINES = 999_999;
  private static final int LEVELS = 2;

  private final MemoryTrees trees;
  private final int mostCharacters;

  MemoryView(MemoryTrees trees, int mostCharacters) {
    this.trees = trees;
    this.mostCharacters = mostCharacters;
  }

  MemoryOutcome view(MemoryPath path, @Nullable Range range) throws IOException, RefusedException {
    FileInfo.Kind kind =
        path.stat()
            .map(FileInfo::kind)
            .orElse(path.isTop() ? FileInfo.Kind.DIRECTORY : FileInfo.Kind.SPECIAL);
    return switch (kind) {
      case DIRECTORY -> new MemoryOutcome.Done(list(path), Optional.empty());
      case FILE -> viewFile(path, range);
      case LINK -> throw escapes(path);
      case SPECIAL -> throw path.stat().isPresent() ? unsupported(path) : missing(path);
    };
  }

  static RefusedException missing(MemoryPath path) {
    return new RefusedException(
        "The path " + path + " does not exist. Please provide a valid path.");
  }

  static RefusedException unsupported(MemoryPath path) {
    return new RefusedException("Unsupported file type for " + path);
  }

  static RefusedException escapes(MemoryPath path) {
    return new RefusedException("Path " + path + " would escape /memories directory");
  }

  private MemoryOutcome viewFile(MemoryPath path, @Nullable Range range)
      throws IOException, RefusedException {
    byte[] content = path.read(MOST_BYTES);
    var facts = MemoryFile.of(path, content);
    var picture = PictureType.of(content);
    if (picture.isPresent()) {
      return new MemoryOutcome.Picture(
          facts, picture.get().mediaType(), Base64.getEncoder().encodeToString(content));
    }
    String text = Utf8.decode(content).orElseThrow(() -> unsupported(path));
    return new MemoryOutcome.Done(number(path, text, range), Optional.of(facts));
  }

  private String number(MemoryPath path, String text, @Nullable Range range)
      throws RefusedException {
    int lines = Lines.terminators(text) + 1;
    if (lines > MOST_LINES) {
      throw new RefusedException("File " + path + " exceeds maximum line limit of 999,999 lines.");
    }
    int first = range == null ? 1 : range.first();
    int last = range == null || range.last() == -1 ? lines : Math.min(range.last(), lines);
    if (first < 1 || first > lines || last < first) {
      throw new RefusedException(
          "Error: Invalid `view_range` parameter: [%d, %d]. It should be within the range of lines of the file: [1, %d]"
              .formatted(first, range == null ? last : range.last(), lines));
    }
    return number(path, text, first, last, lines);
  }

  /// Numbers lines as long as they fit, and says how to see the others.
  private String number(MemoryPath path, String text, int first, int last, int lines) {
    var out = new StringBuilder("Here's the content of " + path + " with line numbers:");
    int position = Lines.start(text, first);
    for (int number = first; number <= last; number++) {
      int end = text.indexOf('\n', position);
      String line = text.substring(position, end < 0 ? text.length() : end);
      if (out.length() + line.length() + 8 > mostCharacters) {
        return truncated(out, line, number, first, lines);
      }
      Lines.appendNumbered(out.append('\n'), number, line);
      position = end + 1;
    }
    return out.toString();
  }

  private String truncated(StringBuilder out, String line, int number, int first, int lines) {
    String note = "\n[Truncated at %,d characters: lines %d-%d of %d are shown. ";
    if (number > first) {
      return out
          + note.formatted(mostCharacters, first, number - 1, lines)
          + "Go on with view_range [%d, -1].]".formatted(number);
    }
    int cut = mostCharacters - out.length() - 8;
    cut = Character.isHighSurrogate(line.charAt(cut - 1)) ? cut - 1 : cut;
    Lines.appendNumbered(out.append('\n'), number, line.substring(0, cut));
    return out
        + note.formatted(mostCharacters, number, number, lines)
        + "This line goes on for %,d characters more.]".formatted(line.length() - cut);
  }

  private record Entry(String name, long bytes, MemoryPath path, boolean isDirectory) {}

  private String list(MemoryPath directory) throws IOException {
    var lines = new ArrayList<String>();
    lines.add(size(directory.stat().map(FileInfo::bytes).orElse(0L)) + "\t" + directory);
    collect(directory, 1, lines);
    var out =
        new StringBuilder(
            "Here're the files and directories up to 2 levels deep in "
                + directory
                + ", excluding hidden items and node_modules:");
    for (int i = 0; i < lines.size(); i++) {
      if (out.length() + lines.get(i).length() >= mostCharacters) {
        return out
            + "\n[Truncated at %,d characters: %d entries more. View a directory below for the rest.]"
                .formatted(mostCharacters, lines.size() - i);
      }
      out.append('\n').append(lines.get(i));
    }
    return out.toString();
  }

  private void collect(MemoryPath directory, int level, List<String> lines) throws IOException {
    for (Entry entry : entries(directory)) {
      lines.add(size(entry.bytes) + "\t" + entry.path + (entry.isDirectory ? "/" : ""));
      if (entry.isDirectory && level < LEVELS) {
        collect(entry.path, level + 1, lines);
      }
    }
  }

  private List<Entry> entries(MemoryPath directory) throws IOException {
    var entries = new ArrayList<Entry>();
    try {
      for (FileInfo info : directory.tree().visible(directory.file())) {
        var path = new MemoryPath(directory.tree(), info.path());
        entries.add(new Entry(info.path().name(), info.bytes(), path, info.isDirectory()));
      }
    } catch (WorkspaceException e) {
      if (e.kind() != WorkspaceException.Kind.NOT_FOUND) {
        throw e;
      }
    }
    if (trees.isMountedIn(directory)) {
      MemoryPath user = trees.user().orElseThrow().top();
      entries.removeIf(entry -> entry.name.equals(MemoryTrees.USER));
      long bytes = user.stat().map(FileInfo::bytes).orElse(0L);
      entries.add(new Entry(MemoryTrees.USER, bytes, user, true));
      entries.sort(Comparator.comparing(Entry::name));
    }
    return entries;
  }

  /// A size as the documentation writes it: `0B`, `812B`, `1.5K`, `4.0K`, `2.3M`.
  static String size(long bytes) {
    if (bytes < 1_024) {
      return bytes + "B";
    }
    double scaled = bytes / 1_024.0;
    String units = "KMG";
    int unit = 0;
    while (scaled >= 1_024 && unit < units.length() - 1) {
      scaled /= 1_024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f%c", scaled, units.charAt(unit));
  }
}
