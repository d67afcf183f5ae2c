package dev.homeport.search;

import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// Compares grep by an index with ripgrep over a large tree that is there already.
///
/// `benchmarks/run parity` runs it. Arguments: an empty directory for the index, the tree, which is
/// only read, how many requests to make, the seed of the first one (the next ones have the seeds
/// that follow, so that each can be made again alone), and the programs to compare with. Prints
/// every difference and ends with status 1 if there was one.
final class ParityRun {
  /// More output than that is not compared line by line, but by the counts of lines.
  private static final int MAX_OUTPUT = 4 << 20;

  /// After so many requests it tells how far it is.
  private static final int TOLD = 250;

  private static final int MAX_SHOWN = 40;

  private final Workspace workspace;
  private final Grep grep;
  private final List<Ripgrep> programs;
  private int refused;
  private int counted;
  private int empty;
  private int paged;
  private int different;

  private ParityRun(Workspace workspace, Grep grep, List<Ripgrep> programs) {
    this.workspace = workspace;
    this.grep = grep;
    this.programs = programs;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var workspace = Workspace.open(Path.of(arguments[1]));
    List<Ripgrep> programs =
        Stream.of(arguments).skip(4).map(program -> new Ripgrep(program, false)).toList();
    try (var files = LiveFiles.of(workspace);
        var indexed = IndexedFiles.of(workspace, files, Path.of(arguments[0]), 0)) {
      if (!indexed.awaitIndexed(Duration.ofMinutes(10))) {
        throw new IllegalStateException("the tree was not indexed in time");
      }
      System.out.println(indexed.status());
      var run = new ParityRun(workspace, Grep.over(workspace, indexed), programs);
      run.compare(Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
      System.exit(run.different == 0 ? 0 : 1);
    }
  }

  private void compare(int count, long firstSeed) throws IOException, InterruptedException {
    long start = System.nanoTime();
    TreeRequests requests = TreeRequests.of(workspace);
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      var random = new Random(seed);
      compare("seed " + seed, requests.next(random), random);
      int done = (int) (seed - firstSeed + 1);
      if (done % TOLD == 0 && done < count) {
        tell(done, start);
      }
    }
    tell(count, start);
  }

  private void tell(int count, long start) {
    System.out.printf(
        "%d requests beside %s in %d s: %d refused, %d without a match, %d compared by counts,"
            + " %d pages; %d differences%n",
        count,
        programs.stream().map(Ripgrep::program).toList(),
        (System.nanoTime() - start) / 1_000_000_000,
        refused,
        empty,
        counted,
        paged,
        different);
  }

  private void compare(String seed, GrepRequest request, Random random)
      throws IOException, InterruptedException {
    var expected = new ArrayList<FoundLines>();
    for (Ripgrep program : programs) {
      Optional<FoundLines> found = program.search(workspace.root(), request, MAX_OUTPUT);
      if (found.isEmpty()) {
        counted++;
        compare(seed, request.but().mode(OutputMode.COUNT).build(), random);
        return;
      }
      expected.add(found.get());
    }
    GrepOutcome outcome = grep.search(request);
    FoundLines found = FoundLines.of(outcome, request.mode());
    refused += found.refused() ? 1 : 0;
    empty += !found.refused() && found.files().isEmpty() ? 1 : 0;
    for (int i = 0; i < programs.size(); i++) {
      tell(seed, programs.get(i).program(), found.difference(expected.get(i)), request);
    }
    if (outcome instanceof GrepOutcome.Matches all) {
      tell(seed, "itself", comparePage(request, all, random), request);
    }
  }

  private void tell(String seed, String beside, String difference, GrepRequest request) {
    if (!difference.isEmpty() && ++different <= MAX_SHOWN) {
      System.out.printf("%s, beside %s: %s%n  %s%n", seed, beside, difference, request);
    }
  }

  /// Compares a page with the same part of the whole result.
  private String comparePage(GrepRequest request, GrepOutcome.Matches all, Random random)
      throws IOException, InterruptedException {
    boolean hasContext = request.before() + request.after() > 0;
    if (!all.isExact() || all.total() == 0 || hasContext || random.nextInt(3) > 0) {
      return all.isExact() ? "" : "the total is not exact";
    }
    paged++;
    int offset = random.nextInt((int) all.total());
    var page = new Page(offset, 1 + random.nextInt(300));
    GrepOutcome part = grep.search(request.but().page(page).build());
    List<String> lines = FoundLines.of(all, request.mode()).lines();
    List<String> expected = lines.subList(offset, (int) Math.min(lines.size(), page.end()));
    return expected.equals(FoundLines.of(part, request.mode()).lines())
        ? ""
        : page + " is not the same part of the whole";
  }
}
