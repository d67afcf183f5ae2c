package dev.homeport.benchmarks;

import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import dev.homeport.sandbox.docker.DockerBackend;
import dev.homeport.sandbox.docker.SandboxImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many sandboxes at once beside as many containers.
final class ManySandboxes {
  private static final int CLIENTS = 6;

  /// Makes a sandbox.
  interface Maker {
    Sandbox make(SandboxBackend backend) throws IOException, InterruptedException;
  }

  private final int count;
  private final Maker maker;

  ManySandboxes(int count, Maker maker) {
    this.count = count;
    this.maker = maker;
  }

  void run() throws Exception {
    executeInAll();
    bringUp();
  }

  /// One command in each of many containers at once.
  private void executeInAll() throws Exception {
    DockerBackend backend = DockerBackend.of(SandboxImage.HOST);
    List<Sandbox> sandboxes = together(count, () -> maker.make(backend));
    List<String> containers = together(count, () -> EngineCalls.run(SandboxImage.HOST.reference()));
    try {
      var ours = new Sample.Times();
      var docker = new Sample.Times();
      var api = new Sample.Times();
      for (int i = 0; i < 3; i++) {
        ours.add(
            elapsed(sandboxes, sandbox -> SandboxCalls.firstByte(sandbox.exec(SandboxCalls.ECHO))));
        docker.add(
            elapsed(
                containers,
                container ->
                    SandboxCalls.dockerFirstByte(
                        List.of("docker", "exec", container, "sh", "-c", "echo hi"))));
        api.add(elapsed(containers, container -> EngineCalls.exec(container, "echo hi")));
      }
      SandboxCalls.print(
          "%d commands over %d containers".formatted(count, count),
          SandboxCalls.median(ours),
          SandboxCalls.median(docker),
          SandboxCalls.median(api));
    } finally {
      elapsed(sandboxes, ManySandboxes::close);
      elapsed(containers, ManySandboxes::remove);
    }
  }

  /// Twice as many sandboxes beside as many containers, each with its first command.
  private void bringUp() throws Exception {
    int wanted = 2 * count;
    BubblewrapBackend backend = BubblewrapBackend.overlaying();
    long start = System.nanoTime();
    List<Sandbox> sandboxes =
        together(
            wanted,
            () -> {
              Sandbox sandbox = maker.make(backend);
              SandboxCalls.firstByte(sandbox.exec(SandboxCalls.ECHO));
              return sandbox;
            });
    double ours = (System.nanoTime() - start) / 1e6;
    double memory = MemoryOf.processes("agent", "bwrap") / (double) wanted;
    elapsed(sandboxes, ManySandboxes::close);
    start = System.nanoTime();
    List<String> containers =
        together(
            wanted,
            () -> {
              String container = EngineCalls.run(SandboxImage.HOST.reference());
              EngineCalls.exec(container, "echo hi");
              return container;
            });
    double api = (System.nanoTime() - start) / 1e6;
    double theirs = MemoryOf.processes("containerd-shim", "sleep") / (double) wanted;
    elapsed(containers, ManySandboxes::remove);
    SandboxCalls.print(
        "%d bubblewrap sandboxes up, or containers, each with its first command".formatted(wanted),
        ours,
        Double.NaN,
        api);
    System.out.printf(
        Locale.ROOT,
        "%nMemory (PSS) of an idle sandbox: %.2f MiB, of a container with its shim: %.2f MiB%n",
        memory,
        theirs);
  }

  private interface Step<T> {
    Object on(T item) throws Exception;
  }

  private static Object close(Sandbox sandbox) throws IOException {
    sandbox.close();
    return sandbox;
  }

  private static Object remove(String container) throws IOException {
    EngineCalls.remove(container);
    return container;
  }

  private static <T> List<T> together(int times, Callable<T> call)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      var futures = new ArrayList<Future<T>>();
      for (int i = 0; i < times; i++) {
        futures.add(threads.submit(call));
      }
      var results = new ArrayList<T>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }

  private static <T> long elapsed(List<T> items, Step<T> step)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      var futures = new ArrayList<Future<?>>();
      for (T item : items) {
        futures.add(threads.submit(() -> step.on(item)));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    }
    return System.nanoTime() - start;
  }
}
