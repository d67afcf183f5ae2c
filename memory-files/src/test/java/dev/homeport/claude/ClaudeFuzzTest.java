package dev.homeport.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.homeport.fuzz.FuzzInput;
import dev.homeport.fuzz.MemoryDirectory;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Any text as instructions, and any small tree of files and links as a workspace.
class ClaudeFuzzTest {
  private static final int BUDGET = 100;
  private static final String SECRET = "what stands outside of the workspace";

  @TempDir(factory = MemoryDirectory.class)
  Path temporary;

  Path root;

  @BeforeEach
  void open() throws IOException {
    Path real = temporary.toRealPath();
    Files.writeString(real.resolve("secret.md"), SECRET);
    root = real.resolve("project");
  }

  @FuzzTest
  void claude(byte[] input) throws IOException {
    String text = FuzzInput.text(input);
    scan(text);
    RuleFile.parse(text).paths().forEach(path -> assertThat(path).isNotBlank());

    Files.createDirectory(root);
    try {
      resolve(ClaudeTree.parse(input, root), text.contains(SECRET));
    } finally {
      delete();
    }
  }

  private static void scan(String text) {
    List<String> imports = ImportScanner.scan(text);

    assertThat(imports).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(ImportScanner.MOST);
    for (String path : imports) {
      assertThat(text).contains("@" + path.replace(" ", "\\ "));
    }
    if (isPlain(text)) {
      assertThat(imports).isEqualTo(words(text));
    }
  }

  /// Whether no character of a text means anything to Markdown around an import.
  private static boolean isPlain(String text) {
    return text.lines().noneMatch(line -> line.startsWith("    ") || line.startsWith("---"))
        && text.chars().noneMatch(c -> "`~<\\#\t\uFEFF".indexOf(c) >= 0);
  }

  /// The imports of a plain text: its words that begin with an `@`.
  private static List<String> words(String text) {
    var spaced = new StringBuilder();
    text.chars().forEach(c -> spaced.append(Character.isWhitespace(c) ? ' ' : (char) c));
    return Stream.of(spaced.toString().split(" ", -1))
        .filter(word -> word.startsWith("@"))
        .map(word -> withoutEnd(word.substring(1)))
        .filter(path -> !path.isEmpty())
        .filter(path ->
            Character.isLetterOrDigit(path.codePointAt(0)) || "._/-".indexOf(path.charAt(0)) >= 0)
        .distinct()
        .limit(ImportScanner.MOST)
        .toList();
  }

  private static String withoutEnd(String path) {
    int end = path.length();
    while (end > 0 && ".,;:!?)]}>*'\"".indexOf(path.charAt(end - 1)) >= 0) {
      end--;
    }
    return path.substring(0, end);
  }

  private void resolve(ClaudeTree tree, boolean maySayTheSecret) throws IOException {
    tree.write(root);
    ClaudeMemory memory =
        ClaudeResolver.of(Workspace.open(root), ClaudeRoots.NONE)
            .resolve(WorkspacePath.parse(tree.directory()));

    assertThat(memory.pieces()).noneMatch(ClaudePiece::isCut);
    assertThat(memory.pieces()).extracting(ClaudePiece::source).doesNotHaveDuplicates();
    if (!maySayTheSecret) {
      assertThat(memory.pieces()).noneMatch(piece -> piece.text().contains(SECRET));
    }
    Map<String, @Nullable String> importers = new HashMap<>();
    memory.pieces().forEach(piece -> importers.put(piece.source(), piece.importedBy()));
    for (ClaudePiece piece : memory.pieces()) {
      assertThat(hops(piece.importedBy(), importers)).isLessThanOrEqualTo(4);
    }
    assertThat(
            memory.within(BUDGET).pieces().stream().mapToInt(piece -> piece.text().length()).sum())
        .isLessThanOrEqualTo(BUDGET);
  }

  private static int hops(@Nullable String importer, Map<String, @Nullable String> importers) {
    int hops = 0;
    for (String file = importer; file != null; file = importers.get(file)) {
      assertThat(importers).containsKey(file);
      hops++;
      assertThat(hops).as("imports that end nowhere").isLessThan(100);
    }
    return hops;
  }

  private void delete() throws IOException {
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
