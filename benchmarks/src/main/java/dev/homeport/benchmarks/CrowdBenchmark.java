package dev.homeport.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many HTTP clients at a fixed rate: each call has its moment, and its time counts from there,
/// whether the server was ready or not.
///
/// Arguments: seconds, clients, calls a second of all, the workspace, the command of `homeport`.
/// Prints a line every tenth of the time, and fails at the first error.
public final class CrowdBenchmark {
  private static final int PARTS = 10;

  private CrowdBenchmark() {}

  /// Runs the load.
  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]);
    int clients = Integer.parseInt(arguments[1]);
    int perSecond = Integer.parseInt(arguments[2]);
    Path file =
        Files.writeString(Path.of(arguments[3]).resolve("harbour.md"), "A harbour for agents.\n");
    byte[] request =
        ",\"method\":\"tools/call\",\"params\":{\"name\":\"read_file\",\"arguments\":{\"path\":\"%s\"}}}\n"
            .formatted(file)
            .getBytes(UTF_8);
    var command = new ArrayList<>(List.of(arguments).subList(4, arguments.length));
    command.addAll(List.of("serve", "--port", "0", "--workspace", arguments[3]));
    try (var server = HttpServerProcess.start(command);
        var crowd = new Crowd(server, clients)) {
      System.out.printf(
          "%d clients, %d calls a second, %d seconds; %s%n%n",
          clients, perSecond, seconds, command);
      System.out.println("| after, s | calls | median, ms | p99, ms | longest, ms | memory, MiB |");
      System.out.println("|---|---|---|---|---|---|");
      for (int part = 1; part <= PARTS; part++) {
        List<long[]> times =
            crowd.call(request, perSecond, Duration.ofMillis(1000L * seconds / PARTS));
        print(part * seconds / PARTS, times, server.resident());
      }
    }
  }

  private static void print(int after, List<long[]> all, double memory) {
    var times = new Sample.Times();
    all.forEach(times::addAll);
    long[] sorted = times.nanos();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "| %d | %d | %.2f | %.2f | %.1f | %.0f |%n",
        after,
        sorted.length,
        sorted[sorted.length / 2] / 1e6,
        sorted[(int) (sorted.length * 0.99)] / 1e6,
        sorted[sorted.length - 1] / 1e6,
        memory);
  }

  /// Clients that stay connected.
  private static final class Crowd implements AutoCloseable {
    private final List<HttpCaller> callers = new ArrayList<>();

    Crowd(HttpServerProcess server, int clients) throws IOException {
      for (int i = 0; i < clients; i++) {
        callers.add(new HttpCaller(server.port()));
      }
    }

    /// Each calls in turn, evenly spread over the time.
    List<long[]> call(byte[] request, int perSecond, Duration time)
        throws InterruptedException, ExecutionException {
      long interval = 1_000_000_000L * callers.size() / perSecond;
      long start = System.nanoTime();
      var done = new ConcurrentLinkedQueue<long[]>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var running = new ArrayList<Future<?>>();
        for (int i = 0; i < callers.size(); i++) {
          HttpCaller caller = callers.get(i);
          long first = start + interval * i / callers.size();
          running.add(
              threads.submit(
                  () -> done.add(calls(caller, request, first, interval, start + time.toNanos()))));
        }
        for (Future<?> one : running) {
          one.get();
        }
      }
      return List.copyOf(done);
    }

    private static long[] calls(
        HttpCaller caller, byte[] request, long first, long interval, long deadline)
        throws IOException, InterruptedException {
      var times = new Sample.Times();
      for (long due = first; due < deadline; due += interval) {
        long wait = due - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(Duration.ofNanos(wait));
        }
        // A call that had to wait for the one before counts from its moment; a late awakening of
        // this thread is not the server's.
        long begin = wait > 0 ? System.nanoTime() : due;
        caller.ask(request);
        times.add(System.nanoTime() - begin);
      }
      return times.nanos();
    }

    @Override
    public void close() throws IOException {
      for (HttpCaller caller : callers) {
        caller.close();
      }
    }
  }
}
