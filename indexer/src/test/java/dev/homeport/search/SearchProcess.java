package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

/// A [SearchChild] that runs.
record SearchProcess(Process process, PrintStream in, BufferedReader out) implements AutoCloseable {
  /// Starts one.
  ///
  /// @param prefix a command that runs the one that follows it
  /// @param log where its standard error goes
  static SearchProcess start(List<String> prefix, Path root, Path cache, Path log)
      throws IOException {
    var command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(SearchChild.class.getName(), root.toString(), cache.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new SearchProcess(
        process,
        new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8),
        process.inputReader(StandardCharsets.UTF_8));
  }

  /// The answer to a question.
  String ask(String question) throws IOException {
    in.println(question);
    String answer = out.readLine();
    assertThat(answer).as("the answer to %s", question).isNotNull();
    return answer;
  }

  /// Asserts that it finds what [SearchChild#found] gives, and says where it first does not.
  void assertFinds(String pattern, String expected, String when) throws IOException {
    List<String> ours = List.of(ask("grep " + pattern).split("\\|", -1));
    List<String> theirs = List.of(expected.split("\\|", -1));
    int same = 0;
    while (same < Math.min(ours.size(), theirs.size()) && ours.get(same).equals(theirs.get(same))) {
      same++;
    }
    if (!ours.equals(theirs)) {
      fail(
          "%s, pattern %s: the answers differ after %d lines of %d and %d:%n%s%n%s%nonly here:"
              + " %s%nnot here: %s",
          when,
          pattern,
          same,
          ours.size(),
          theirs.size(),
          start(ours, same),
          start(theirs, same),
          files(ours, theirs),
          files(theirs, ours));
    }
  }

  private static String start(List<String> lines, int at) {
    String line = at < lines.size() ? lines.get(at) : "nothing";
    return line.substring(0, Math.min(line.length(), 200));
  }

  /// The first files with lines that others do not have.
  private static List<String> files(List<String> lines, List<String> others) {
    var unknown = new LinkedHashSet<>(lines);
    unknown.removeAll(new HashSet<>(others));
    return unknown.stream()
        .map(line -> line.substring(0, Math.max(0, line.indexOf(':'))))
        .distinct()
        .limit(20)
        .toList();
  }

  boolean isWriter() throws IOException {
    return ask("writer").equals("true");
  }

  /// Kills it.
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
