package dev.homeport.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.file.ReadCopies;
import dev.homeport.file.ReadOutcome;
import dev.homeport.file.Slice;
import dev.homeport.file.WorkspaceFiles;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/// What it costs a read of a 16 KB file that its content is kept for merges.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class ReadFileBenchmark {
  private Path copies = Path.of(".");
  private WorkspacePath path = WorkspacePath.ROOT;
  private WorkspaceFiles plain = files(Path.of("."), ReadCopies.NONE);
  private WorkspaceFiles keeping = plain;
  private Path copy = Path.of(".");

  private static WorkspaceFiles files(Path root, ReadCopies copies) {
    try {
      return WorkspaceFiles.of(Workspace.open(root), copies);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// Makes the file.
  @Setup
  public void create() throws IOException {
    Path root = Files.createTempDirectory(Path.of("target"), "read");
    copies = Files.createTempDirectory(Path.of("target"), "copies");
    Files.write(root.resolve("a.md"), "a line of text.\n".repeat(1_024).getBytes(UTF_8));
    path = WorkspacePath.parse("a.md");
    plain = files(root, ReadCopies.NONE);
    keeping = files(root, ReadCopies.in(copies));
    var text = (ReadOutcome.Text) keeping.read(path, Slice.ALL);
    copy = copies.resolve(text.whole().sha256().orElseThrow());
  }

  /// Keeps nothing.
  @Benchmark
  public ReadOutcome plain() throws IOException {
    return plain.read(path, Slice.ALL);
  }

  /// The content is kept already.
  @Benchmark
  public ReadOutcome known() throws IOException {
    return keeping.read(path, Slice.ALL);
  }

  /// The content is new each time; the deletion of the copy is measured too.
  @Benchmark
  public ReadOutcome fresh() throws IOException {
    Files.deleteIfExists(copy);
    return keeping.read(path, Slice.ALL);
  }
}
