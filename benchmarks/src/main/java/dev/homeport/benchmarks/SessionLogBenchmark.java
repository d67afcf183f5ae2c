package dev.homeport.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.session.Emitted;
import dev.homeport.session.EventDraft;
import dev.homeport.session.EventPage;
import dev.homeport.session.EventQuery;
import dev.homeport.session.SessionId;
import dev.homeport.session.SessionLog;
import dev.homeport.session.Sessions;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// Durable appends to the session log with 1 and 16 callers beside the bare steps on the same disk,
/// and a slice of 100 events at position 1,000,000.
///
/// The throughput of all callers is their number divided by the mean time.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 4)
@Fork(1)
public class SessionLogBenchmark {
  private static final String TEXT = "checkpoint of the work, as an agent would write it";

  /// An empty log, and a file for the bare steps.
  @State(Scope.Benchmark)
  public static class Appending {
    private final Path directory = temporary();
    private final SessionLog log = log(directory, false);
    private final SessionLog chained = log(temporary(), true);
    private final FileChannel raw = raw(directory);
    private final byte[] line = ("{\"text\":\"" + TEXT.repeat(3) + "\"}\n").getBytes(UTF_8);

    private static FileChannel raw(Path directory) {
      try {
        return FileChannel.open(
            directory.resolve("raw"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A log of 1,000,200 events.
  @State(Scope.Benchmark)
  public static class LongLog {
    private static final int SIZE = 1_000_200;
    private static final int SEGMENT_BYTES = 4 * 1_024 * 1_024;

    private final Path directory = temporary();
    private SessionLog log = SessionLogBenchmark.log(directory, false);

    /// Writes the segments, which would take long through the log.
    @Setup
    public void write() throws IOException {
      Path segments = Files.createDirectories(directory.resolve(".homeport/sessions/s1"));
      int position = 0;
      while (position < SIZE) {
        var text = new StringBuilder();
        Path segment = segments.resolve("events-%012d.jsonl".formatted(position));
        while (text.length() < SEGMENT_BYTES && position < SIZE) {
          text.append("{\"position\":%d,\"time\":\"2026-11-25T10:00:00Z\",".formatted(position))
              .append("\"type\":\"checkpoint\",\"data\":{\"text\":\"" + TEXT + "\"}}\n");
          position++;
        }
        Files.writeString(segment, text);
      }
      log = SessionLogBenchmark.log(directory, false);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory(Path.of("target"), "log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SessionLog log(Path directory, boolean isChained) {
    try {
      Workspace workspace = Workspace.open(directory);
      InstantSource clock = InstantSource.system();
      Sessions sessions =
          isChained ? Sessions.chained(workspace, clock) : Sessions.in(workspace, clock);
      return sessions.log(new SessionId("s1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Emitted emit(SessionLog log) throws IOException {
    return log.emit(new EventDraft("checkpoint", Map.of("text", TEXT), null));
  }

  /// One caller.
  @Benchmark
  public Emitted emit1(Appending state) throws IOException {
    return emit(state.log);
  }

  /// Sixteen callers.
  @Benchmark
  @Threads(16)
  public Emitted emit16(Appending state) throws IOException {
    return emit(state.log);
  }

  /// Sixteen callers of a log with a chain of hashes.
  @Benchmark
  @Threads(16)
  public Emitted emitChained16(Appending state) throws IOException {
    return emit(state.chained);
  }

  /// One caller who writes a line to an open file and forces it.
  @Benchmark
  public void rawAppend1(Appending state) throws IOException {
    var _ = state.raw.write(ByteBuffer.wrap(state.line));
    state.raw.force(false);
  }

  /// A slice from a log that was read before.
  @Benchmark
  public EventPage sliceWarm(LongLog state) throws IOException {
    return state.log.events(EventQuery.from(1_000_000, 100));
  }

  /// A slice from a log that this process has not read yet; the pages of the files are in memory.
  @Benchmark
  public EventPage sliceCold(LongLog state) throws IOException {
    return log(state.directory, false).events(EventQuery.from(1_000_000, 100));
  }
}
