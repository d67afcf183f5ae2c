package dev.homeport.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Times whole processes from their start to their first answers over stdio, two servers in turn.
///
/// Arguments: number of pairs, then the command of one server, `--`, and the command of the other.
/// Prints a table in Markdown with medians (and minima) and the ratio of the medians.
public final class StartupBenchmark {
  private StartupBenchmark() {}

  private record Figure(String name, ToDoubleFunction<StdioServer.Sample> value) {}

  private static final List<Figure> FIGURES =
      List.of(
          new Figure("initialize, ms", StdioServer.Sample::initializeMillis),
          new Figure("tools/list, ms", StdioServer.Sample::answerMillis),
          new Figure("CPU until then, ms", StdioServer.Sample::cpuMillis),
          new Figure("resident memory, MiB", StdioServer.Sample::residentMebibytes));

  /// Runs the measurement; the last line of the table is written when all pairs are done.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int pairs = Integer.parseInt(arguments[0]);
    List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
    int split = rest.indexOf("--");
    List<String> ours = rest.subList(0, split);
    List<String> theirs = rest.subList(split + 1, rest.size());

    var first = new ArrayList<StdioServer.Sample>();
    var second = new ArrayList<StdioServer.Sample>();
    StdioServer.measure(ours);
    StdioServer.measure(theirs);
    for (int pair = 0; pair < pairs; pair++) {
      first.add(StdioServer.measure(ours));
      second.add(StdioServer.measure(theirs));
    }
    print(pairs, name(ours), name(theirs), first, second);
  }

  private static String name(List<String> command) {
    return Path.of(command.getLast().contains("server-filesystem") ? "node" : command.getFirst())
        .getFileName()
        .toString();
  }

  private static void print(
      int pairs,
      String ours,
      String theirs,
      List<StdioServer.Sample> first,
      List<StdioServer.Sample> second) {
    System.out.printf(Locale.ROOT, "medians (minima) of %d pairs in turn%n%n", pairs);
    System.out.printf("| figure | %s | %s | ratio of medians |%n|---|---|---|---|%n", ours, theirs);
    for (Figure figure : FIGURES) {
      double[] a = first.stream().mapToDouble(figure.value()).sorted().toArray();
      double[] b = second.stream().mapToDouble(figure.value()).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f (%.0f) | %.0f (%.0f) | %.2f |%n",
          figure.name(),
          median(a),
          a[0],
          median(b),
          b[0],
          median(a) / median(b));
    }
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
