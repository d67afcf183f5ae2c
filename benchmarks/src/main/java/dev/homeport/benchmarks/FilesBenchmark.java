package dev.homeport.benchmarks;

import dev.homeport.benchmarks.FileLoad.Dialect;
import dev.homeport.benchmarks.FileLoad.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measures changes of files over stdio: Homeport with and without durability, server-filesystem,
/// and the raw steps of a durable write, in turn.
///
/// Arguments: number of rounds, an empty directory on the disk to measure, then the command of
/// Homeport, `--`, and the command of the other server; each is completed by its workspace. Prints
/// tables in Markdown with medians over the rounds, and the ratios that count. All candidates are
/// warmed up for the same time, long enough for both runtimes to have compiled what they run.
public final class FilesBenchmark {
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration STRETCH = Duration.ofSeconds(2);
  private static final List<Integer> CALLERS = List.of(1, FileLoad.FILES);

  /// Who is measured.
  private enum Candidate {
    NONE("Homeport, durability none"),
    DURABLE("Homeport, durable"),
    NODE("server-filesystem"),
    RAW("raw write, fsync, rename, fsync");

    private final String label;

    Candidate(String label) {
      this.label = label;
    }
  }

  private record Cell(Operation operation, int callers, Candidate candidate) {}

  private record Server(StdioDriver driver, FileLoad load) {
    Sample run(Operation operation, int callers, Duration time) throws IOException {
      Sample sample =
          driver.run(
              (caller, turn) -> load.next(operation, (caller + turn * callers) % FileLoad.FILES),
              callers,
              time);
      load.verify();
      return sample;
    }
  }

  private final Map<Candidate, Server> servers = new EnumMap<>(Candidate.class);
  private final Map<Cell, List<Sample>> samples = new HashMap<>();
  private final RawLoop raw;

  private FilesBenchmark(Path directory, List<String> homeport, List<String> node)
      throws IOException {
    raw = new RawLoop(Files.createDirectory(directory.resolve("raw")));
    start(Candidate.NONE, directory, homeport, Map.of("HOMEPORT_DURABILITY", "none"));
    start(Candidate.DURABLE, directory, homeport, Map.of());
    start(Candidate.NODE, directory, node, Map.of());
  }

  private void start(
      Candidate candidate, Path directory, List<String> command, Map<String, String> environment)
      throws IOException {
    String name = candidate.name().toLowerCase(Locale.ROOT);
    Path workspace = Files.createDirectory(directory.resolve(name)).toRealPath();
    var dialect = candidate == Candidate.NODE ? Dialect.CAMEL_CASE : Dialect.SNAKE_CASE;
    var load = new FileLoad(workspace, dialect);
    var whole = new ArrayList<>(command);
    whole.add(workspace.toString());
    Path errors = directory.resolve(name + ".log");
    servers.put(candidate, new Server(StdioDriver.start(whole, environment, errors), load));
  }

  /// Runs the measurement, which takes about three minutes and half a minute a round.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = Integer.parseInt(arguments[0]);
    List<String> commands = Arrays.asList(arguments).subList(2, arguments.length);
    int split = commands.indexOf("--");
    var benchmark =
        new FilesBenchmark(
            Path.of(arguments[1]),
            commands.subList(0, split),
            commands.subList(split + 1, commands.size()));
    try {
      benchmark.measure(rounds);
      benchmark.print(rounds);
    } finally {
      for (Server server : benchmark.servers.values()) {
        server.driver().close();
      }
    }
  }

  private void measure(int rounds) throws IOException, InterruptedException {
    for (Operation operation : Operation.values()) {
      for (int callers : CALLERS) {
        for (Candidate candidate : Candidate.values()) {
          run(new Cell(operation, callers, candidate), WARM_UP);
        }
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (Operation operation : Operation.values()) {
        for (int callers : CALLERS) {
          for (Candidate candidate : Candidate.values()) {
            var cell = new Cell(operation, callers, candidate);
            samples.computeIfAbsent(cell, _ -> new ArrayList<>()).add(run(cell, STRETCH));
          }
        }
      }
    }
  }

  private Sample run(Cell cell, Duration time) throws IOException, InterruptedException {
    // What one candidate left to the page cache is not for the next one to write to the disk.
    if (new ProcessBuilder("sync").inheritIO().start().waitFor() != 0) {
      throw new IOException("sync failed");
    }
    Server server = servers.get(cell.candidate());
    return server == null ? raw.run(time) : server.run(cell.operation(), cell.callers(), time);
  }

  private Sample median(Operation operation, int callers, Candidate candidate) {
    return Sample.median(samples.getOrDefault(new Cell(operation, callers, candidate), List.of()));
  }

  private void print(int rounds) {
    System.out.printf(
        "medians of %d rounds in turn; %d files of %d bytes%n%n",
        rounds, FileLoad.FILES, FileLoad.BYTES);
    System.out.printf(
        "| operation | callers | on | median, ms | p99, ms | per second | CPU, µs |%n");
    System.out.printf("|---|---|---|---|---|---|---|%n");
    for (Operation operation : Operation.values()) {
      for (int callers : CALLERS) {
        for (Candidate candidate : Candidate.values()) {
          Sample sample = median(operation, callers, candidate);
          System.out.printf(
              Locale.ROOT,
              "| %s | %s | %s | %.2f | %.2f | %.0f | %s |%n",
              operation.tool(),
              candidate == Candidate.RAW ? 1 : callers,
              candidate.label,
              sample.medianMillis(),
              sample.p99Millis(),
              sample.perSecond(),
              Double.isNaN(sample.cpuMicros()) ? "" : Math.round(sample.cpuMicros()));
        }
      }
    }
    System.out.printf(
        "%n| ratio | write_file | edit_file | required | goal |%n|---|---|---|---|---|%n");
    int many = FileLoad.FILES;
    printThroughput("none to server-filesystem, per second, 1 caller", 1, Candidate.NONE, "≥ 1 |");
    printThroughput(
        "none to server-filesystem, per second, %d callers".formatted(many),
        many,
        Candidate.NONE,
        "≥ 1 | ≥ 3");
    System.out.printf(
        Locale.ROOT,
        "| durable to raw, median time, 1 caller | %.2f | %.2f | ≤ 2 | |%n",
        slowdown(Operation.WRITE),
        slowdown(Operation.EDIT));
    printThroughput(
        "durable to raw, per second, %d callers to 1".formatted(many),
        many,
        Candidate.DURABLE,
        "> 1 | ≥ 4");
  }

  private void printThroughput(String name, int callers, Candidate candidate, String wanted) {
    Candidate peer = candidate == Candidate.NONE ? Candidate.NODE : Candidate.RAW;
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %s |%n",
        name,
        speedup(Operation.WRITE, callers, candidate, peer),
        speedup(Operation.EDIT, callers, candidate, peer),
        wanted);
  }

  private double speedup(Operation operation, int callers, Candidate ours, Candidate theirs) {
    return median(operation, callers, ours).perSecond()
        / median(operation, callers, theirs).perSecond();
  }

  private double slowdown(Operation operation) {
    return median(operation, 1, Candidate.DURABLE).medianMillis()
        / median(operation, 1, Candidate.RAW).medianMillis();
  }
}
