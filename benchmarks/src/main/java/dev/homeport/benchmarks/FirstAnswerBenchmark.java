package dev.homeport.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Times the first `grep` of new processes on a tree that is indexed already, asked as soon as the
/// handshake is answered: until then the index is opened and every file of the tree asked for.
///
/// Arguments: number of processes, a pattern that is a plain word, then the command of the server.
/// Prints each, then the medians. Two processes before them make the index, if there is none, and
/// leave behind what the later ones begin with.
public final class FirstAnswerBenchmark {
  private static final long SETTLING_MILLIS = 20_000;

  private FirstAnswerBenchmark() {}

  /// Runs the measurement.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int processes = Integer.parseInt(arguments[0]);
    List<String> command = Arrays.asList(arguments).subList(2, arguments.length);
    String question =
        """
        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"grep",\
        "arguments":{"pattern":"%s"}}}
        """
            .formatted(arguments[1]);
    for (int i = 0; i < 2; i++) {
      Process server =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var in = server.outputWriter()) {
        in.write(StdioServer.INITIALIZE + StdioServer.INITIALIZED + question);
        in.flush();
        Thread.sleep(SETTLING_MILLIS);
      }
      server.waitFor();
    }
    var handshakes = new ArrayList<Double>();
    var answers = new ArrayList<Double>();
    System.out.println("| handshake, ms | from there to the first answer, ms | CPU, ms |");
    System.out.println("|---|---|---|");
    for (int i = 0; i < processes; i++) {
      StdioServer.Sample sample = StdioServer.measure(command, question);
      handshakes.add(sample.initializeMillis());
      answers.add(sample.answerMillis() - sample.initializeMillis());
      System.out.printf(
          Locale.ROOT,
          "| %.0f | %.0f | %.0f |%n",
          handshakes.getLast(),
          answers.getLast(),
          sample.cpuMillis());
    }
    System.out.printf(
        Locale.ROOT, "medians: %.0f and %.0f ms%n", median(handshakes), median(answers));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
