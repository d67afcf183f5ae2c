package dev.homeport.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Calls of one small tool, `read_file` of a line of text, beside a server of the official
/// TypeScript SDK with a tool of the same name, in turn, over stdio and over HTTP; then many calls
/// in flight, of which none may be lost.
///
/// Arguments: rounds, the workspace, the command of `homeport`, `--`, and that of the other.
public final class CallsBenchmark {
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration STRETCH = Duration.ofSeconds(3);
  private static final int PIPELINE = 16;
  private static final int CONNECTIONS = 8;
  private static final int IN_FLIGHT = StdioDriver.CALLERS;
  private static final int CALLS = 100_000;

  private final int rounds;
  private final Path workspace;
  private final List<String> ours;
  private final List<String> theirs;
  private final byte[] request;

  private CallsBenchmark(int rounds, Path workspace, List<String> ours, List<String> theirs)
      throws IOException {
    this.rounds = rounds;
    this.workspace = workspace;
    this.ours = ours;
    this.theirs = theirs;
    Path file = Files.writeString(workspace.resolve("harbour.md"), "A harbour for agents.\n");
    request =
        ",\"method\":\"tools/call\",\"params\":{\"name\":\"read_file\",\"arguments\":{\"path\":\"%s\"}}}\n"
            .formatted(file)
            .getBytes(UTF_8);
  }

  /// Runs the measurement.
  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    int split = all.indexOf("--");
    var benchmark =
        new CallsBenchmark(
            Integer.parseInt(all.get(0)),
            Path.of(all.get(1)),
            all.subList(2, split),
            all.subList(split + 1, all.size()));
    System.out.printf("medians of %d rounds in turn; %s%n%n", benchmark.rounds, benchmark.ours);
    System.out.println("| figure | Homeport | TypeScript SDK | ratio | required | goal |");
    System.out.println("|---|---|---|---|---|---|");
    benchmark.stdio();
    benchmark.http();
    benchmark.lossless();
  }

  private List<String> stdioCommand() {
    return with(ours, "stdio", "--workspace", workspace.toString());
  }

  private List<String> serveCommand() {
    return with(ours, "serve", "--port", "0", "--workspace", workspace.toString());
  }

  private static List<String> with(List<String> command, String... more) {
    var all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
  }

  private StdioDriver driver(List<String> command) throws IOException {
    return StdioDriver.start(command, Map.of(), Path.of("/dev/null"));
  }

  private void stdio() throws IOException {
    try (StdioDriver mine = driver(stdioCommand());
        StdioDriver other = driver(theirs)) {
      compare("stdio", mine, other, 1, "≤ 1.25 | ≤ 0.9");
      compare("stdio, %d callers".formatted(PIPELINE), mine, other, PIPELINE, "≥ 0.5 | ≥ 1");
    }
  }

  private void compare(String name, StdioDriver mine, StdioDriver other, int callers, String wanted)
      throws IOException {
    mine.run((_, _) -> request, callers, WARM_UP);
    other.run((_, _) -> request, callers, WARM_UP);
    var first = new ArrayList<Sample>();
    var second = new ArrayList<Sample>();
    for (int round = 0; round < rounds; round++) {
      first.add(mine.run((_, _) -> request, callers, STRETCH));
      second.add(other.run((_, _) -> request, callers, STRETCH));
    }
    print(name, callers == 1, Sample.median(first), Sample.median(second), wanted);
  }

  private void http() throws Exception {
    try (var mine = HttpServerProcess.start(serveCommand());
        var other = HttpServerProcess.start(with(theirs, "0"));
        var json = HttpServerProcess.start(with(theirs, "0", "json"))) {
      compare("HTTP", mine, other, 1, "≤ 0.7 | ≤ 0.5");
      compare("HTTP, the other with JSON answers", mine, json, 1, "|");
      compare("HTTP, %d connections".formatted(CONNECTIONS), mine, other, CONNECTIONS, "≥ 1 | ≥ 2");
      compare(
          "HTTP, %d connections, the other with JSON answers".formatted(CONNECTIONS),
          mine,
          json,
          CONNECTIONS,
          "|");
    }
  }

  private void compare(
      String name, HttpServerProcess mine, HttpServerProcess other, int callers, String wanted)
      throws Exception {
    run(mine, callers, WARM_UP);
    run(other, callers, WARM_UP);
    var first = new ArrayList<Sample>();
    var second = new ArrayList<Sample>();
    for (int round = 0; round < rounds; round++) {
      first.add(run(mine, callers, STRETCH));
      second.add(run(other, callers, STRETCH));
    }
    print(name, callers == 1, Sample.median(first), Sample.median(second), wanted);
  }

  private Sample run(HttpServerProcess server, int callers, Duration time) throws Exception {
    Duration cpu = server.cpu();
    long start = System.nanoTime();
    long deadline = start + time.toNanos();
    List<long[]> stretches =
        inParallel(
            callers,
            () -> {
              var times = new Sample.Times();
              try (var caller = new HttpCaller(server.port())) {
                for (long now = System.nanoTime(); now < deadline; ) {
                  caller.ask(request);
                  long end = System.nanoTime();
                  times.add(end - now);
                  now = end;
                }
              }
              return times.nanos();
            });
    var all = new Sample.Times();
    stretches.forEach(all::addAll);
    return all.sample(System.nanoTime() - start, server.cpu().minus(cpu));
  }

  private static <T> List<T> inParallel(int count, Callable<T> work)
      throws InterruptedException, ExecutionException {
    var results = new ArrayList<T>();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      var started = new ArrayList<Future<T>>();
      for (int i = 0; i < count; i++) {
        started.add(threads.submit(work));
      }
      for (Future<T> one : started) {
        results.add(one.get());
      }
    }
    return results;
  }

  private void lossless() throws Exception {
    System.out.printf("%n%,d calls with %d in flight, none lost:%n%n", CALLS, IN_FLIGHT);
    try (StdioDriver mine = driver(stdioCommand())) {
      Sample sample = mine.run((_, _) -> request, IN_FLIGHT, CALLS);
      System.out.printf(Locale.ROOT, "- over stdio, %.0f a second%n", sample.perSecond());
    }
    try (var mine = HttpServerProcess.start(serveCommand())) {
      long start = System.nanoTime();
      inParallel(
          IN_FLIGHT,
          () -> {
            try (var caller = new HttpCaller(mine.port())) {
              for (int i = 0; i < (CALLS + IN_FLIGHT - 1) / IN_FLIGHT; i++) {
                caller.ask(request);
              }
            }
            return IN_FLIGHT;
          });
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "- over HTTP, %.0f a second, %.0f MiB afterwards%n",
          CALLS / seconds,
          mine.resident());
    }
  }

  private static void print(String name, boolean alone, Sample mine, Sample other, String wanted) {
    if (alone) {
      System.out.printf(
          Locale.ROOT,
          "| %s, median (p99), µs | %.0f (%.0f) | %.0f (%.0f) | %.2f | %s |%n",
          name,
          1e3 * mine.medianMillis(),
          1e3 * mine.p99Millis(),
          1e3 * other.medianMillis(),
          1e3 * other.p99Millis(),
          mine.medianMillis() / other.medianMillis(),
          wanted);
    } else {
      System.out.printf(
          Locale.ROOT,
          "| %s, per second | %.0f | %.0f | %.2f | %s |%n",
          name,
          mine.perSecond(),
          other.perSecond(),
          mine.perSecond() / other.perSecond(),
          wanted);
    }
  }
}
