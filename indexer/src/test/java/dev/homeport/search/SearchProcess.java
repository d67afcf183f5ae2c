package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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

  boolean isWriter() throws IOException {
    return ask("writer").equals("true");
  }

  /// Kills it.
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
