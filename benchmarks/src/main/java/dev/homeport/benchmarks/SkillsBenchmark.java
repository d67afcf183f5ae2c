package dev.homeport.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillHost;
import dev.homeport.skills.SkillSnapshot;
import dev.homeport.skills.SkillsConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Measures a catalog of many skills: the first start, the second, one change, searches.
///
/// Arguments: a directory to work in, the number of skills, the number of rounds. Each start is a
/// new process, so that it is as slow as a real one. Prints a table in Markdown.
public final class SkillsBenchmark {
  private static final int SEARCHES = 500;
  private static final String CHILD = "child";

  private SkillsBenchmark() {}

  /// Runs the measurement, or one start of it.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments[0].equals(CHILD)) {
      start(Path.of(arguments[1]), Path.of(arguments[2]));
      return;
    }
    Path directory = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    Path workspace = directory.resolve("workspace");
    new SkillGenerator().write(workspace.resolve(".claude/skills"), count);
    var cold = new ArrayList<Map<String, Double>>();
    var warm = new ArrayList<Map<String, Double>>();
    for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
      Path cache = directory.resolve("cache-" + round);
      cold.add(run(workspace, cache));
      warm.add(run(workspace, cache));
    }
    System.out.printf("%,d skills, medians (minima) of %d starts%n%n", count, cold.size());
    System.out.println("| figure | first start | with the cache |\n|---|---|---|");
    for (String figure : cold.getFirst().keySet()) {
      System.out.printf("| %s | %s | %s |%n", figure, of(figure, cold), of(figure, warm));
    }
  }

  private static String of(String figure, List<Map<String, Double>> runs) {
    double[] sorted = runs.stream().mapToDouble(run -> run.get(figure)).sorted().toArray();
    return String.format(Locale.ROOT, "%.1f (%.1f)", sorted[sorted.length / 2], sorted[0]);
  }

  private static Map<String, Double> run(Path workspace, Path cache)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SkillsBenchmark.class.getName(),
                CHILD,
                workspace.toString(),
                cache.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var figures = new LinkedHashMap<String, Double>();
    try (var lines = process.inputReader()) {
      lines
          .lines()
          .map(line -> line.split("=", 2))
          .forEach(pair -> figures.put(pair[0], Double.parseDouble(pair[1])));
    }
    if (process.waitFor() != 0) {
      throw new IOException("a start failed");
    }
    return figures;
  }

  private static void start(Path workspace, Path cache) throws IOException, InterruptedException {
    long heap = usedHeap();
    long begin = System.nanoTime();
    var config = SkillsConfig.standard(workspace, cache.resolveSibling("home"));
    try (var catalog = SkillCatalog.open(config, SkillHost.current(), cache)) {
      SkillSnapshot snapshot = catalog.snapshot();
      print("catalog complete, ms", System.nanoTime() - begin, 1e6);
      print("processor time until then, ms", cpuNanos(), 1e6);
      var told = new Semaphore(0);
      catalog.watch((_, _) -> told.release());
      long search = System.nanoTime();
      snapshot.search(snapshot.skills().getFirst().description(), 5);
      print("first search after that, ms", System.nanoTime() - search, 1e6);
      search(snapshot);
      untilQuiet();
      print("heap growth, MiB", usedHeap() - heap, 1 << 20);
      change(catalog, told, "the first change");
      change(catalog, told, "the next change");
    }
  }

  private static void search(SkillSnapshot snapshot) throws InterruptedException {
    long[] times = new long[SEARCHES];
    List<Skill> skills = snapshot.skills();
    for (int i = 0; i < SEARCHES; i++) {
      String[] words = skills.get(i * 7919 % skills.size()).description().split(" ");
      String query = String.join(" ", Arrays.copyOf(words, Math.min(words.length, 8)));
      long begin = System.nanoTime();
      snapshot.search(query, 5);
      times[i] = System.nanoTime() - begin;
    }
    Arrays.sort(times);
    print("search p50, ms", times[SEARCHES / 2], 1e6);
    print("search p99, ms", times[SEARCHES * 99 / 100], 1e6);
  }

  /// Waits for the watches to be set and the cache to be written.
  private static void untilQuiet() throws InterruptedException {
    long before;
    do {
      before = cpuNanos();
      Thread.sleep(1_500);
    } while (cpuNanos() - before > 20_000_000);
  }

  private static void change(SkillCatalog catalog, Semaphore told, String which)
      throws IOException, InterruptedException {
    Skill skill = catalog.snapshot().skills().getFirst();
    Path file = skill.location().root().base().resolve(skill.location().file().toString());
    long cpu = cpuNanos();
    long begin = System.nanoTime();
    Files.writeString(file, Files.readString(file) + "More.\n");
    if (!told.tryAcquire(10, TimeUnit.SECONDS)) {
      throw new IOException("the change was not seen");
    }
    print(which + " told, ms", System.nanoTime() - begin, 1e6);
    catalog.snapshot().search("more of the same", 5);
    Thread.sleep(500);
    print("processor time for " + which + ", ms", cpuNanos() - cpu, 1e6);
  }

  private static void print(String figure, long value, double unit) {
    System.out.println(figure + "=" + value / unit);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
