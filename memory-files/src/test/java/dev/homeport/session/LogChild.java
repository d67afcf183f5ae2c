package dev.homeport.session;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What tests let a second process do with a log.
///
/// `all ROOT NAME THREADS COUNT`: each thread emits so many events of its own and as many that all
/// processes share by key, then the process ends. `forever ROOT NAME THREADS`: events of its own,
/// until it is killed. Each acknowledged event is printed: position, name, whether it was repeated.
final class LogChild {
  static final long SEGMENT_BYTES = 10_000;

  private LogChild() {}

  static void main(String[] arguments) throws Exception {
    SessionLog log =
        LogFixture.open(Path.of(arguments[1]), InstantSource.system(), SEGMENT_BYTES, true);
    String name = arguments[2];
    int threads = Integer.parseInt(arguments[3]);
    int count = arguments[0].equals("all") ? Integer.parseInt(arguments[4]) : Integer.MAX_VALUE;
    var tasks = new ArrayList<Callable<Void>>();
    for (int thread = 0; thread < threads; thread++) {
      String own = name + "-" + thread + "-";
      tasks.add(() -> emit(log, own, count));
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> done : executor.invokeAll(tasks)) {
        done.get();
      }
    }
  }

  private static Void emit(SessionLog log, String name, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String id = name + i;
      print(log.emit(new EventDraft("own", Map.of("id", id), null)), id);
      if (count < Integer.MAX_VALUE) {
        String key = "shared-" + i;
        print(log.emit(new EventDraft("shared", Map.of("id", key), key)), key);
      }
    }
    return null;
  }

  private static void print(Emitted emitted, String id) {
    System.out.println(emitted.position() + " " + id + " " + emitted.repeated());
    System.out.flush();
  }
}
