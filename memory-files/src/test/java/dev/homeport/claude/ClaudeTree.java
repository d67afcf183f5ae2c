package dev.homeport.claude;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.fuzz.FuzzInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A tree of files as a seed says it: the first line is the directory to work in, then `@@ path`
/// begins a file, and `@@ path -> target` is a link. `$ROOT` stands for the root of the workspace.
///
/// @param directory where the agent works
/// @param files what they hold, by path
/// @param links where they lead, by path
record ClaudeTree(String directory, Map<String, byte[]> files, Map<String, String> links) {
  private static final String NAME_CHARACTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._- ";
  private static final int MOST = 12;

  static ClaudeTree parse(byte[] input, Path root) {
    var tree = new ClaudeTree("", new TreeMap<>(), new TreeMap<>());
    List<byte[]> lines = FuzzInput.lines(input);
    String first = new String(lines.getFirst(), UTF_8);
    var content = new ByteArrayOutputStream();
    String file = "CLAUDE.md";
    for (byte[] line : lines.subList(first.startsWith("@@ ") ? 0 : 1, lines.size())) {
      String text = new String(line, UTF_8);
      if (text.startsWith("@@ ")) {
        tree.put(file, content.toByteArray());
        content.reset();
        file = text.substring(3);
      } else {
        content.writeBytes(expanded(line, root));
        content.write('\n');
      }
    }
    tree.put(file, content.toByteArray());
    return new ClaudeTree(isPath(first) ? first : ".", tree.files, tree.links);
  }

  private static byte[] expanded(byte[] line, Path root) {
    String text = new String(line, UTF_8);
    return text.contains("$ROOT") ? text.replace("$ROOT", root.toString()).getBytes(UTF_8) : line;
  }

  private void put(String header, byte[] content) {
    int arrow = header.indexOf(" -> ");
    String path = arrow < 0 ? header : header.substring(0, arrow);
    if (!isPath(path) || files.size() + links.size() >= MOST || isTaken(path)) {
      return;
    }
    if (arrow < 0) {
      files.put(path, content);
    } else if (isTarget(header.substring(arrow + 4))) {
      links.put(path, header.substring(arrow + 4));
    }
  }

  /// Whether something stands at a path, below it, or above it.
  private boolean isTaken(String path) {
    return Stream.concat(files.keySet().stream(), links.keySet().stream())
        .anyMatch(
            known -> (known + "/").startsWith(path + "/") || (path + "/").startsWith(known + "/"));
  }

  private static boolean isPath(String path) {
    List<String> names = List.of(path.split("/", -1));
    return names.size() <= 5
        && names.stream()
            .allMatch(name ->
                !name.isBlank()
                    && name.length() <= 20
                    && !name.equals(".")
                    && !name.equals("..")
                    && name.chars().allMatch(c -> NAME_CHARACTERS.indexOf(c) >= 0));
  }

  private static boolean isTarget(String target) {
    try {
      return !target.isEmpty()
          && target.length() < 1_000
          && Path.of(target).toString().equals(target);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  void write(Path root) throws IOException {
    for (var file : files.entrySet()) {
      Files.write(placeOf(root, file.getKey()), file.getValue());
    }
    for (var link : links.entrySet()) {
      Files.createSymbolicLink(placeOf(root, link.getKey()), Path.of(link.getValue()));
    }
  }

  private static Path placeOf(Path root, String path) throws IOException {
    Path place = root.resolve(path);
    Files.createDirectories(place.resolveSibling(""));
    return place;
  }
}
