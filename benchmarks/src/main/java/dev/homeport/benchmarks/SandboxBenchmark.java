package dev.homeport.benchmarks;

import dev.homeport.sandbox.Capability;
import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Executor;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.sandbox.docker.DockerBackend;
import dev.homeport.sandbox.docker.SandboxImage;
import dev.homeport.sandbox.docker.SandboxImages;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// Measures commands in sandboxes, and sandboxes, beside the `docker` command and the engine's API,
/// in turn and in one run.
///
/// Arguments: an empty directory, rounds, and how many sandboxes to have at once, or 0. Prints a
/// table in Markdown with medians; a ratio is the other's median divided by ours.
public final class SandboxBenchmark {
  private static final int WARM_UP = 500;
  private static final int FEW = 9;
  private static final Duration PAUSE = Duration.ofMillis(40);
  private static final int LARGE = 5_000;
  private static final String IMAGE = SandboxImage.HOST.reference();
  private static final String SNIPPET = "print(6*7)";

  private final Path directory;
  private final Workspace shared;
  private final Workspace workspace;
  private final int rounds;
  private final int count;
  private int made;

  private SandboxBenchmark(Path directory, int rounds, int count) throws IOException {
    this.directory = directory;
    this.shared = Workspace.open(directory);
    this.workspace = Workspace.open(Files.createDirectory(directory.resolve("workspace")));
    this.rounds = rounds;
    this.count = count;
  }

  /// Runs the benchmark.
  public static void main(String[] arguments) throws Exception {
    SandboxImages.open().buildHost();
    var benchmark =
        new SandboxBenchmark(
            Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    benchmark.run();
  }

  private void run() throws Exception {
    System.out.println("| what | Homeport ms | docker ms | engine API ms | ratios |");
    System.out.println("|---|---|---|---|---|");
    String container = EngineCalls.run(IMAGE);
    try {
      for (SandboxBackend backend : backends()) {
        try (Sandbox sandbox = make(backend)) {
          first(backend.name(), sandbox, container);
          python(backend.name(), sandbox, container);
          usage(backend.name(), sandbox, container);
          frozen(backend.name(), sandbox);
          if (sandbox.capabilities().contains(Capability.FORK)) {
            fork(sandbox, container);
          }
        }
      }
      for (int i = 0; i < LARGE; i++) {
        Files.createDirectories(directory.resolve("large/d" + i / 100 + "/d" + i % 100));
      }
      var large = Workspace.open(directory.resolve("large"));
      try (Sandbox sandbox = BubblewrapBackend.overlaying().create(spec(large))) {
        first("bubblewrap, workspace of 5,000 directories", sandbox, container);
      }
    } finally {
      EngineCalls.remove(container);
    }
    if (count > 0) {
      new ManySandboxes(count, this::make).run();
    }
    ExecuteOverhead.measure(directory, 10 * rounds);
  }

  private static List<SandboxBackend> backends() {
    return List.of(BubblewrapBackend.overlaying(), DockerBackend.of(SandboxImage.HOST));
  }

  private SandboxSpec spec() throws IOException {
    return spec(workspace);
  }

  private synchronized SandboxSpec spec(Workspace seen) throws IOException {
    String id = "s" + ++made;
    return new SandboxSpec(
        "bench",
        id,
        Files.createDirectories(directory.resolve(id)),
        shared,
        seen,
        SandboxTemplate.DEFAULT,
        List.of());
  }

  private Sandbox make(SandboxBackend backend) throws IOException, InterruptedException {
    return backend.create(spec());
  }

  private void first(String backend, Sandbox sandbox, String container) throws Exception {
    List<String> docker = List.of("docker", "exec", container, "sh", "-c", "echo hi");
    compare(
        "warm command to its first byte, " + backend,
        () -> SandboxCalls.firstByte(sandbox.exec(SandboxCalls.ECHO)),
        () -> SandboxCalls.dockerFirstByte(docker),
        () -> EngineCalls.exec(container, "echo hi"));
  }

  private void python(String backend, Sandbox sandbox, String container) throws Exception {
    Executor python =
        Executor.STANDARD.stream()
            .filter(executor -> executor.name().equals("python"))
            .findFirst()
            .orElseThrow();
    var command = new Command(python.argvFor(SNIPPET), InputStream.nullInputStream());
    List<String> docker = List.of("docker", "exec", container, "python3", "-c", SNIPPET);
    compare(
        "Python snippet to its first byte, " + backend,
        () -> SandboxCalls.firstByte(sandbox.exec(command)),
        () -> SandboxCalls.dockerFirstByte(docker),
        () -> EngineCalls.exec(container, "python3 -c '" + SNIPPET + "'"));
  }

  private void usage(String backend, Sandbox sandbox, String container) throws Exception {
    var mine = new Sample.Times();
    var engine = new Sample.Times();
    for (int i = 0; i < FEW; i++) {
      time(() -> sandbox.usage().map(_ -> System.nanoTime()).orElseThrow(), mine);
      time(() -> EngineCalls.stats(container).isEmpty() ? 0 : System.nanoTime(), engine);
    }
    SandboxCalls.print(
        "reading what was used, " + backend,
        SandboxCalls.median(mine),
        Double.NaN,
        SandboxCalls.median(engine));
  }

  /// A command in a sandbox that is ready and frozen, beside one in a new container.
  private void frozen(String backend, Sandbox sandbox) throws Exception {
    var mine = new Sample.Times();
    var engine = new Sample.Times();
    for (int i = 0; i < 2 * FEW; i++) {
      sandbox.pause();
      time(() -> SandboxCalls.firstByte(sandbox.exec(SandboxCalls.ECHO)), mine);
      var cold = new ArrayList<String>();
      time(
          () -> {
            cold.add(EngineCalls.run(IMAGE));
            return EngineCalls.exec(cold.getFirst(), "echo hi");
          },
          engine);
      EngineCalls.remove(cold.getFirst());
    }
    SandboxCalls.print(
        "frozen, to the first byte of a command; a new container, " + backend,
        SandboxCalls.median(mine),
        Double.NaN,
        SandboxCalls.median(engine));
  }

  /// To the first byte of the first command in the fork.
  private void fork(Sandbox sandbox, String container) throws Exception {
    String dirty = "head -c 10000000 /dev/urandom > dirty; echo made";
    SandboxCalls.firstByte(sandbox.exec(Command.of("sh", "-c", dirty)));
    EngineCalls.exec(container, dirty.replace("> dirty", "> /workspace/dirty"));
    var mine = new Sample.Times();
    var engine = new Sample.Times();
    for (int i = 0; i < FEW; i++) {
      SandboxSpec spec = spec();
      var forked = new ArrayList<Sandbox>();
      time(
          () -> {
            forked.add(sandbox.fork(spec));
            return SandboxCalls.firstByte(forked.getFirst().exec(SandboxCalls.ECHO));
          },
          mine);
      forked.getFirst().close();
      var copy = new ArrayList<String>();
      time(
          () -> {
            copy.add(EngineCalls.run(EngineCalls.commit(container)));
            return EngineCalls.exec(copy.getFirst(), "echo hi");
          },
          engine);
      EngineCalls.remove(copy.getFirst());
    }
    EngineCalls.removeCommitted();
    SandboxCalls.print(
        "fork with 10 MB dirty to its first byte",
        SandboxCalls.median(mine),
        Double.NaN,
        SandboxCalls.median(engine));
  }

  private void compare(String what, Callable<Long> ours, Callable<Long> docker, Callable<Long> api)
      throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      ours.call();
    }
    var mine = new Sample.Times();
    var command = new Sample.Times();
    var engine = new Sample.Times();
    for (int i = 0; i < rounds; i++) {
      time(ours, mine);
      time(docker, command);
      time(api, engine);
    }
    SandboxCalls.print(
        what, SandboxCalls.median(mine), SandboxCalls.median(command), SandboxCalls.median(engine));
  }

  /// What the call before left to be done, such as the engine's cleaning, is over by then.
  private static void time(Callable<Long> call, Sample.Times times) throws Exception {
    Thread.sleep(PAUSE);
    long start = System.nanoTime();
    times.add(call.call() - start);
  }
}
