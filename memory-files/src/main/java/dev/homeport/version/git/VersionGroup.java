package dev.homeport.version.git;

import dev.homeport.version.Author;
import dev.homeport.version.Version;
import dev.homeport.workspace.WorkspacePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Versions that become one commit: of one author at one time, each file once.
record VersionGroup(List<Version> versions) {
  static final String LAST = "Homeport-Version: ";

  private static final int MOST_PATHS = 20;
  private static final int MOST_SUBJECT = 72;

  VersionGroup {
    versions = List.copyOf(versions);
  }

  /// Groups versions that follow one another.
  static List<VersionGroup> of(List<Version> versions) {
    var groups = new ArrayList<VersionGroup>();
    var group = new ArrayList<Version>();
    Set<WorkspacePath> paths = new HashSet<>();
    for (Version version : versions) {
      boolean isSame =
          !group.isEmpty()
              && group.getLast().author().equals(version.author())
              && group.getLast().time().equals(version.time())
              && !paths.contains(version.path())
              && !(version.from() != null && paths.contains(version.from()));
      if (!group.isEmpty() && !isSame) {
        groups.add(new VersionGroup(group));
        group.clear();
        paths.clear();
      }
      group.add(version);
      paths.add(version.path());
    }
    if (!group.isEmpty()) {
      groups.add(new VersionGroup(group));
    }
    return groups;
  }

  Version first() {
    return versions.getFirst();
  }

  /// Says what was done, with which tool and why.
  ///
  /// @param leftOut sentences about contents that the commit does not have
  String message(List<String> leftOut) {
    Author author = first().author();
    String tool = author.tool() == null ? "" : author.tool() + ": ";
    String reason = author.reason() == null ? "" : oneLine(author.reason());
    String what = reason.isEmpty() ? summary() : reason;
    var message = new StringBuilder(shorten(tool + what)).append("\n\n");
    if (!reason.isEmpty()) {
      message.append("Reason: ").append(reason).append("\n\n");
    }
    versions.stream().limit(MOST_PATHS).forEach(v -> message.append(line(v)).append('\n'));
    if (versions.size() > MOST_PATHS) {
      message.append("and %d more\n".formatted(versions.size() - MOST_PATHS));
    }
    message.append('\n');
    for (String note : leftOut) {
      message.append(note).append('\n');
    }
    if (!leftOut.isEmpty()) {
      message.append('\n');
    }
    if (author.session() != null) {
      message.append("Homeport-Session: ").append(oneLine(author.session())).append('\n');
    }
    return message.append(LAST).append(versions.getLast().id()).append('\n').toString();
  }

  private String summary() {
    String first = line(first());
    return versions.size() == 1 ? first : first + " and %d more".formatted(versions.size() - 1);
  }

  private static String line(Version version) {
    String path = version.path().toString();
    return switch (version.operation()) {
      case CREATED -> "create " + path;
      case MODIFIED -> "modify " + path;
      case DELETED -> "delete " + path;
      case MOVED -> "move " + version.from() + " to " + path;
      case FOUND -> "found changed " + path;
      case MISSED -> "found deleted " + path;
      case REDACTED -> "redact " + path;
    };
  }

  private static String shorten(String line) {
    return line.codePointCount(0, line.length()) <= MOST_SUBJECT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MOST_SUBJECT - 1)) + "…";
  }

  /// A text of somebody else must not add a line that looks like ours.
  static String oneLine(String text) {
    var line = new StringBuilder();
    text.strip()
        .codePoints()
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return line.toString();
  }
}
