package dev.homeport.search;

import dev.homeport.workspace.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

/// A process that searches a workspace by an index, and writes it if no other does.
///
/// Arguments: the workspace and the directory of the index. Answers each line of its input with one
/// line: `writer` tells whether it is the writer, `await` waits until all is indexed, a pattern
/// after `grep ` is searched for.
final class SearchChild {
  private SearchChild() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var workspace = Workspace.open(Path.of(arguments[0]));
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var files = LiveFiles.of(workspace);
        var indexed = IndexedFiles.of(workspace, files, Path.of(arguments[1]), 0)) {
      var grep = Grep.over(workspace, indexed);
      String question = in.readLine();
      while (question != null) {
        System.out.println(answer(question, grep, indexed));
        question = in.readLine();
      }
    }
  }

  private static String answer(String question, Grep grep, IndexedFiles indexed)
      throws IOException, InterruptedException {
    return switch (question) {
      case "writer" -> String.valueOf(indexed.status().isWriter());
      case "state" -> indexed.status().state().name();
      case "await" -> String.valueOf(indexed.awaitIndexed(Duration.ofSeconds(30)));
      default -> found(grep, question.substring("grep ".length()));
    };
  }

  /// All that is found, in one line: the lines that match, parted by bars.
  static String found(Grep grep, String pattern) throws IOException, InterruptedException {
    FoundLines found =
        FoundLines.of(grep.search(GrepRequest.of(pattern).build()), OutputMode.CONTENT);
    return found.lines().stream()
        .map(line -> line.replace("\\", "\\\\").replace("|", "\\p").replaceAll("\\R", "\\\\n"))
        .collect(Collectors.joining("|"));
  }
}
