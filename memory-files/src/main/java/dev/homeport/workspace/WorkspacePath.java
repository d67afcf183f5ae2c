package dev.homeport.workspace;

import dev.homeport.workspace.WorkspaceException.Kind;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// A path inside a workspace: checked segments below the root, never a path of the host.
///
/// The grammar is that of the Managed Agents memory stores: NFC, at most [#MAX_BYTES] bytes of
/// UTF-8, no empty, `.` or `..` segment, no control or format character, nothing percent-decoded. A
/// leading `./` and a trailing `/`, which agents like to write, are dropped.
///
/// @param segments the names from the root down; empty for the root itself
public record WorkspacePath(List<String> segments) implements Comparable<WorkspacePath> {
  /// The longest path that is accepted, in bytes of UTF-8.
  public static final int MAX_BYTES = 1_024;

  private static final int MAX_SEGMENT_BYTES = 255;
  private static final int MAX_QUOTED = 200;

  /// The root of the workspace.
  public static final WorkspacePath ROOT = new WorkspacePath(List.of());

  /// Takes segments that were checked by [#parse].
  public WorkspacePath {
    segments = List.copyOf(segments);
  }

  /// Parses a path relative to the root, such as `src/Main.java`.
  ///
  /// @throws WorkspaceException of kind `BAD_PATH`, naming the rule that the text breaks
  public static WorkspacePath parse(String text) throws WorkspaceException {
    String relative = text;
    while (relative.startsWith("./")) {
      relative = relative.substring(2);
    }
    if (relative.endsWith("/") && relative.length() > 1) {
      relative = relative.substring(0, relative.length() - 1);
    }
    if (relative.isEmpty() || relative.equals(".")) {
      return ROOT;
    }
    check(text, relative);
    var segments = new ArrayList<String>();
    for (String segment : relative.split("/", -1)) {
      checkSegment(text, segment);
      segments.add(segment);
    }
    return new WorkspacePath(segments);
  }

  private static void check(String text, String relative) throws WorkspaceException {
    if (relative.startsWith("/")) {
      throw bad(text, "is absolute; give it relative to the workspace root");
    }
    if (relative.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw bad(text, "is longer than " + MAX_BYTES + " bytes");
    }
    if (!Normalizer.isNormalized(relative, Normalizer.Form.NFC)) {
      throw bad(text, "is not in Unicode normal form C; give it in NFC");
    }
    if (relative.codePoints().anyMatch(WorkspacePath::isForbidden)) {
      throw bad(text, "has a control or format character");
    }
  }

  private static void checkSegment(String text, String segment) throws WorkspaceException {
    switch (segment) {
      case "" -> throw bad(text, "has an empty segment");
      case ".", ".." -> throw bad(text, "has a '" + segment + "' segment; name the path directly");
      default -> {
        if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
          throw bad(text, "has a segment of more than " + MAX_SEGMENT_BYTES + " bytes");
        }
      }
    }
  }

  private static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static WorkspaceException bad(String text, String problem) {
    return new WorkspaceException(
        Kind.BAD_PATH, "The path '" + printable(text) + "' " + problem + ".");
  }

  private static String printable(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .limit(MAX_QUOTED)
        .forEach(c -> out.append(isForbidden(c) ? "\\u%04x".formatted(c) : Character.toString(c)));
    return text.codePointCount(0, text.length()) > MAX_QUOTED ? out + "…" : out.toString();
  }

  /// Whether this is the root.
  public boolean isRoot() {
    return segments.isEmpty();
  }

  /// The last segment; the root has the empty name.
  public String name() {
    return isRoot() ? "" : segments.getLast();
  }

  /// The directory that holds this path; the root is its own parent.
  public WorkspacePath parent() {
    return isRoot() ? this : new WorkspacePath(segments.subList(0, segments.size() - 1));
  }

  /// The path of an entry of this directory.
  ///
  /// @throws WorkspaceException of kind `BAD_PATH` if the name is not a single valid segment
  public WorkspacePath child(String name) throws WorkspaceException {
    check(name, name);
    if (name.indexOf('/') >= 0) {
      throw bad(name, "is not a single name");
    }
    checkSegment(name, name);
    var all = new ArrayList<>(segments);
    all.add(name);
    return new WorkspacePath(all);
  }

  /// Whether a name that a file system gave keeps the grammar; other files are out of reach.
  static boolean isName(String name) {
    try {
      return ROOT.child(name).segments().size() == 1;
    } catch (WorkspaceException e) {
      return false;
    }
  }

  /// Whether this path is `other` or lies below it.
  public boolean startsWith(WorkspacePath other) {
    return segments.size() >= other.segments.size()
        && segments.subList(0, other.segments.size()).equals(other.segments);
  }

  /// This path with the directory `from`, which it is or lies below, replaced by `to`.
  public WorkspacePath rebase(WorkspacePath from, WorkspacePath to) {
    var all = new ArrayList<>(to.segments);
    all.addAll(segments.subList(from.segments.size(), segments.size()));
    return new WorkspacePath(all);
  }

  @Override
  public int compareTo(WorkspacePath other) {
    return toString().compareTo(other.toString());
  }

  /// The path as agents write it, `.` for the root.
  @Override
  public String toString() {
    return isRoot() ? "." : String.join("/", segments);
  }
}
