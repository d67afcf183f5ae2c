package dev.homeport.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
import org.openjdk.jmh.annotations.Warmup;

/// A durable write through the path jail beside the bare steps on the same disk.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class WorkspaceWriteBenchmark {
  private final byte[] content = "a line of notes\n".repeat(64).getBytes(UTF_8);
  private Path directory = Path.of(".");
  private Workspace workspace = openHere();
  private WorkspacePath path = WorkspacePath.ROOT;

  private static Workspace openHere() {
    try {
      return Workspace.open(Path.of("."));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Makes the directory that both write into.
  @Setup
  public void create() throws IOException {
    directory = Files.createTempDirectory(Path.of("target"), "write");
    workspace = Workspace.open(directory);
    path = workspace.path("notes/a.md");
    Files.createDirectories(directory.resolve("raw"));
  }

  /// Homeport's write: jail, temporary file, fsync, rename, fsync of the directory.
  @Benchmark
  public void workspace() throws IOException {
    workspace.write(path, content);
  }

  /// The same steps by path, with nothing checked.
  @Benchmark
  public void raw() throws IOException {
    Path target = directory.resolve("raw/a.md");
    Path temporary = directory.resolve("raw/a.tmp");
    try (var channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content));
      channel.force(true);
    }
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    try (var parent = FileChannel.open(directory.resolve("raw"), StandardOpenOption.READ)) {
      parent.force(true);
    }
  }
}
