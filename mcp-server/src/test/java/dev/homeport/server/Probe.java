package dev.homeport.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A tool call with a path in it.
///
/// @param tool which
/// @param arguments of the call
/// @param kind what the call does at the path
record Probe(String tool, Map<String, ?> arguments, Kind kind) {
  enum Kind {
    /// Reads content there, or lists it.
    READ,
    /// Writes content there.
    WRITE,
    /// Moves or deletes what stands there, which may be a link itself.
    ENTRY,
    /// Uses the path for something else.
    OTHER
  }

  /// Every tool that takes a path, with this one.
  static List<Probe> all(String path) {
    return Stream.of(files(path), search(path), memory("/memories/" + path), others(path))
        .flatMap(List::stream)
        .toList();
  }

  /// The memory tool with a path as it is, which then does not begin with `/memories/`.
  static List<Probe> memory(String path) {
    return List.of(
        memory("view", Map.of("path", path), Kind.READ),
        memory("view", Map.of("path", path, "view_range", List.of(1, 2)), Kind.READ),
        memory("create", Map.of("path", path, "file_text", "x"), Kind.WRITE),
        memory("str_replace", Map.of("path", path, "old_str", "e", "new_str", "E"), Kind.WRITE),
        memory("insert", Map.of("path", path, "insert_line", 0, "insert_text", "x"), Kind.WRITE),
        memory("rename", Map.of("old_path", path, "new_path", "/memories/gone"), Kind.ENTRY),
        memory("rename", Map.of("old_path", "/memories/source", "new_path", path), Kind.ENTRY),
        memory("delete", Map.of("path", path), Kind.ENTRY));
  }

  private static Probe memory(String command, Map<String, ?> more, Kind kind) {
    var arguments = new HashMap<String, Object>(more);
    arguments.put("command", command);
    return new Probe("memory", arguments, kind);
  }

  private static List<Probe> files(String path) {
    var edits = List.of(Map.of("old_text", "e", "new_text", "E", "all", true));
    return List.of(
        new Probe("read_file", Map.of("path", path), Kind.READ),
        new Probe("read_file", Map.of("path", path, "tail", 1), Kind.READ),
        new Probe("read_file", Map.of("path", path, "byte_offset", 0), Kind.READ),
        new Probe("write_file", Map.of("path", path, "content", "x"), Kind.WRITE),
        new Probe(
            "write_file", Map.of("path", path, "content", "x", "if_absent", true), Kind.WRITE),
        new Probe("edit_file", Map.of("path", path, "edits", edits), Kind.WRITE),
        new Probe("edit_file", Map.of("path", path, "edits", edits, "dry_run", true), Kind.WRITE),
        new Probe("edit_file", Map.of("path", path, "move_to", "gone"), Kind.ENTRY),
        new Probe("edit_file", Map.of("path", "source", "move_to", path), Kind.ENTRY),
        new Probe("edit_file", Map.of("path", path, "delete", true), Kind.ENTRY),
        new Probe(
            "edit_file", Map.of("path", path, "delete", true, "recursive", true), Kind.ENTRY));
  }

  private static List<Probe> search(String path) {
    return List.of(
        new Probe("glob", Map.of("pattern", "*", "path", path), Kind.READ),
        new Probe("glob", Map.of("pattern", path, "everything", true), Kind.OTHER),
        new Probe("grep", Map.of("pattern", "e", "path", path), Kind.READ),
        new Probe("grep", Map.of("pattern", "e", "glob", path, "everything", true), Kind.OTHER));
  }

  private static List<Probe> others(String path) {
    var operations = List.of(Map.of("op", "set_goal", "text", "x"));
    return List.of(
        new Probe("plan_get", Map.of("task", path), Kind.OTHER),
        new Probe("plan_update", Map.of("task", path, "operations", operations), Kind.OTHER),
        new Probe("note", Map.of("task", path, "text", "x"), Kind.OTHER),
        new Probe("result_read", Map.of("id", path), Kind.OTHER),
        new Probe("result_read", Map.of("id", ".homeport/results/" + path), Kind.OTHER),
        new Probe("session_events", Map.of("session", path), Kind.OTHER),
        new Probe(
            "remember",
            Map.of("name", path, "description", "x", "type", "project", "body", "x"),
            Kind.OTHER),
        new Probe("skill_read", Map.of("name", "probe", "path", path), Kind.OTHER),
        new Probe("skill_read", Map.of("name", path), Kind.OTHER),
        new Probe("skill_load", Map.of("name", path), Kind.OTHER),
        new Probe("wake", Map.of("directory", path), Kind.OTHER));
  }
}
