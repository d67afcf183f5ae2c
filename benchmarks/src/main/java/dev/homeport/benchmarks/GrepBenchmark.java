package dev.homeport.benchmarks;

import dev.homeport.search.FileOrder;
import dev.homeport.search.Grep;
import dev.homeport.search.GrepOption;
import dev.homeport.search.GrepOutcome;
import dev.homeport.search.GrepRequest;
import dev.homeport.search.IndexedFiles;
import dev.homeport.search.LiveFiles;
import dev.homeport.search.OutputMode;
import dev.homeport.search.Page;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Measures `grep` by an index of trigrams beside ripgrep, in turn, and compares the numbers of
/// lines that both find.
///
/// Arguments: a tree, which is only read; a file of patterns, one a line, with `-i ` before it to
/// ignore case; an empty directory for the index. Prints a table in Markdown with medians. The time
/// of ripgrep includes the start of its process, as for an agent that calls it. All patterns are
/// asked for again and again before the first one is measured, as a server is that has been in use
/// for some minutes.
public final class GrepBenchmark {
  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final int MORE_WARM_UP = 5;
  private static final int ROUNDS = 5;
  private static final int REPEATS = 3;
  private static final int HEAD = 100;

  /// What takes longer is not repeated as often.
  private static final double SLOW_MILLIS = 300;

  /// What is asked for.
  private enum Question {
    CONTENT("-n", ""),
    FILES("-l", ""),
    HEAD_ONLY("-n", " | head -" + HEAD);

    private final String flag;
    private final String after;

    Question(String flag, String after) {
      this.flag = flag;
      this.after = after;
    }
  }

  private record Times(double homeport, double ripgrep) {
    double ratio() {
      return ripgrep / homeport;
    }
  }

  /// Medians of the time that passed, and the processor time of each repetition.
  private record Result(Times wall, Times processor) {}

  private final Path tree;
  private final Grep grep;
  private final Map<Question, List<Result>> results = new EnumMap<>(Question.class);

  private GrepBenchmark(Path tree, Grep grep) {
    this.tree = tree;
    this.grep = grep;
  }

  /// Runs the benchmark.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var workspace = Workspace.open(Path.of(arguments[0]));
    long start = System.nanoTime();
    try (var files = LiveFiles.of(workspace);
        var indexed = IndexedFiles.of(workspace, files, Path.of(arguments[2]))) {
      if (!indexed.awaitIndexed(Duration.ofMinutes(10))) {
        throw new IllegalStateException("the tree was not indexed in time");
      }
      System.out.printf(
          Locale.ROOT,
          "%,d files indexed %.1f s after the start%n%n",
          indexed.status().indexedFiles(),
          (System.nanoTime() - start) / 1e9);
      var benchmark = new GrepBenchmark(workspace.root(), Grep.over(workspace, indexed));
      benchmark.run(Files.readAllLines(Path.of(arguments[1])));
    }
  }

  private void run(List<String> patterns) throws IOException, InterruptedException {
    System.out.println(
        "| pattern | lines | content ms | rg ms | ratio | files ms | rg ms | ratio | first 100 ms"
            + " | rg ms | ratio |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    List<String> lines =
        patterns.stream().filter(line -> !line.isBlank() && !line.startsWith("# ")).toList();
    warmUp(lines);
    for (String line : lines) {
      measure(line);
    }
    printMedians("median", Result::wall);
    printMedians("median of processor time", Result::processor);
  }

  private void printMedians(String label, Function<Result, Times> times) {
    System.out.print("| " + label + " | |");
    for (Question question : Question.values()) {
      double[] all =
          results.getOrDefault(question, List.of()).stream()
              .mapToDouble(result -> times.apply(result).ratio())
              .toArray();
      System.out.printf(Locale.ROOT, " | | %.1f |", median(all));
    }
    System.out.println();
  }

  private void warmUp(List<String> lines) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + WARM_UP.toNanos();
    while (System.nanoTime() < deadline) {
      for (String line : lines) {
        for (Question question : Question.values()) {
          homeport(request(line, question));
        }
      }
    }
  }

  private void measure(String line) throws IOException, InterruptedException {
    var row = new StringBuilder("| `" + line.replace("|", "\\|") + "` | ");
    row.append("%,d |".formatted(total(line)));
    for (Question question : Question.values()) {
      Result result = measure(line, question);
      results.computeIfAbsent(question, _ -> new ArrayList<>()).add(result);
      Times times = result.wall();
      row.append(
          String.format(
              Locale.ROOT,
              " %.1f | %.0f | %.1f |",
              times.homeport(),
              times.ripgrep(),
              times.ratio()));
    }
    System.out.println(row);
  }

  /// The number of lines, which must be that of ripgrep.
  private long total(String line) throws IOException, InterruptedException {
    var found = (GrepOutcome.Matches) grep.search(request(line, Question.CONTENT));
    Process process = start(line, Question.CONTENT, "");
    long expected;
    try (var lines = process.inputReader().lines()) {
      expected = lines.count();
    }
    if (found.total() != expected) {
      throw new IllegalStateException(
          "%s: %d lines, but ripgrep finds %d".formatted(line, found.total(), expected));
    }
    return expected;
  }

  private Result measure(String line, Question question) throws IOException, InterruptedException {
    GrepRequest request = request(line, question);
    boolean isSlow = homeport(request) > SLOW_MILLIS;
    for (int i = 0; i < MORE_WARM_UP && !isSlow; i++) {
      homeport(request);
    }
    int repeats = isSlow ? 1 : REPEATS;
    double[] homeport = new double[ROUNDS * repeats];
    double[] ripgrep = new double[ROUNDS];
    double ownTime = 0;
    double childTime = ProcessorTime.ofChildren();
    for (int i = 0; i < homeport.length; i++) {
      double before = ProcessorTime.ofThisProcess();
      homeport[i] = homeport(request);
      ownTime += ProcessorTime.ofThisProcess() - before;
      if (i % repeats == 0) {
        ripgrep[i / repeats] = ripgrep(line, question);
      }
    }
    childTime = ProcessorTime.ofChildren() - childTime;
    return new Result(
        new Times(median(homeport), median(ripgrep)),
        new Times(ownTime / homeport.length, childTime / ripgrep.length));
  }

  private double homeport(GrepRequest request) throws IOException, InterruptedException {
    long start = System.nanoTime();
    grep.search(request);
    return (System.nanoTime() - start) / 1e6;
  }

  private double ripgrep(String line, Question question) throws IOException, InterruptedException {
    long start = System.nanoTime();
    if (start(line, question, question.after + " > /dev/null").waitFor() > 1) {
      throw new IllegalStateException("ripgrep failed");
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private Process start(String line, Question question, String after) throws IOException {
    boolean ignoresCase = line.startsWith("-i ");
    String options = ignoresCase ? "-i " : "";
    String pattern = ignoresCase ? line.substring(3) : line;
    String command = "rg --no-config " + options + question.flag + " -e \"$0\" ." + after;
    return new ProcessBuilder("sh", "-c", command, pattern)
        .directory(tree.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static GrepRequest request(String line, Question question) {
    boolean ignoresCase = line.startsWith("-i ");
    var request =
        GrepRequest.of(ignoresCase ? line.substring(3) : line)
            .order(FileOrder.PATH)
            .mode(question == Question.FILES ? OutputMode.FILES_WITH_MATCHES : OutputMode.CONTENT)
            .page(question == Question.HEAD_ONLY ? Page.first(HEAD) : Page.ALL);
    return (ignoresCase ? request.with(GrepOption.IGNORE_CASE) : request).build();
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
