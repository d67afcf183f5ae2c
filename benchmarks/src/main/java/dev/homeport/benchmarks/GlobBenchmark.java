package dev.homeport.benchmarks;

import dev.homeport.search.FileOrder;
import dev.homeport.search.FileScope;
import dev.homeport.search.Glob;
import dev.homeport.search.GlobOutcome;
import dev.homeport.search.GlobRequest;
import dev.homeport.search.LiveFiles;
import dev.homeport.search.Page;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Measures `glob` over files that are kept in memory beside `rg --files -g`, in turn.
///
/// Argument: a tree, which is only read. Prints a table in Markdown with medians. The time of
/// ripgrep includes the start of its process, as for an agent that calls it.
public final class GlobBenchmark {
  private static final List<String> GLOBS =
      List.of(
          "*.c",
          "*.h",
          "Makefile",
          "*.{rst,txt}",
          "**/Kconfig*",
          "/drivers/**/*.c",
          "/net/**",
          "/include/linux/*.h",
          "nothing.xyz");

  private static final int WARM_UP = 30;
  private static final int ROUNDS = 9;
  private static final int REPEATS = 5;

  private final Path tree;
  private final Glob glob;

  private GlobBenchmark(Path tree, Glob glob) {
    this.tree = tree;
    this.glob = glob;
  }

  /// Runs the benchmark.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var workspace = Workspace.open(Path.of(arguments[0]));
    try (LiveFiles files = LiveFiles.of(workspace)) {
      if (!files.awaitReady(Duration.ofMinutes(2))) {
        throw new IllegalStateException("the tree was not read in time");
      }
      new GlobBenchmark(workspace.root(), Glob.over(workspace, files)).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    System.out.println("| glob | order | page | files | Homeport ms | rg ms | ratio |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String pattern : GLOBS) {
      for (FileOrder order : FileOrder.values()) {
        for (Page page : List.of(Page.first(1_000), Page.ALL)) {
          measure(new GlobRequest(pattern, FileScope.WORKSPACE, order, page));
        }
      }
    }
  }

  private void measure(GlobRequest request) throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UP; i++) {
      list(request);
    }
    int total = 0;
    double[] homeport = new double[ROUNDS * REPEATS];
    double[] ripgrep = new double[ROUNDS];
    for (int i = 0; i < homeport.length; i++) {
      long start = System.nanoTime();
      total = list(request);
      homeport[i] = (System.nanoTime() - start) / 1e6;
      if (i % REPEATS == 0) {
        ripgrep[i / REPEATS] = ripgrep(request);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| `%s` | %s | %s | %,d | %.2f | %.0f | %.0f |%n",
        request.pattern(),
        request.order(),
        request.page().equals(Page.ALL) ? "all" : "first 1,000",
        total,
        median(homeport),
        median(ripgrep),
        median(ripgrep) / median(homeport));
  }

  private int list(GlobRequest request) throws IOException, InterruptedException {
    var found = (GlobOutcome.Files) glob.list(request);
    var text = new StringBuilder();
    found.files().forEach(file -> text.append(file.path()).append('\n'));
    return text.isEmpty() ? 0 : found.total();
  }

  private double ripgrep(GlobRequest request) throws IOException, InterruptedException {
    // Without an order ripgrep walks on all cores, with one on a single one.
    List<String> command =
        request.order() == FileOrder.PATH
            ? List.of("rg", "--no-config", "--files", "-g", request.pattern())
            : List.of("rg", "--no-config", "--files", "--sort=modified", "-g", request.pattern());
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(tree.toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.INHERIT)
            .start();
    if (process.waitFor() > 1) {
      throw new IllegalStateException("ripgrep failed with " + process.exitValue());
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
