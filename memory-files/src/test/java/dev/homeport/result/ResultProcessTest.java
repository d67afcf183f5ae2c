package dev.homeport.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.ChildJvm;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What needs a process of its own: limits of memory and disk, other users, sudden death. The
/// processes have a heap of 128 MiB.
@Timeout(240)
class ResultProcessTest {
  private static final int KILLS = 12;

  @TempDir Path temporary;
  Path root;

  @BeforeEach
  void make() throws IOException {
    permit(temporary, "rwxrwxrwx");
    root = Files.createDirectory(temporary.resolve("root"));
    permit(root, "rwxrwxrwx");
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private List<Path> stored() throws IOException {
    Path directory = root.resolve(".homeport/results");
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private Path sparse(long bytes) throws IOException {
    Path file = temporary.resolve("sparse");
    try (var content = new RandomAccessFile(file.toFile(), "rw")) {
      content.setLength(bytes);
    }
    return file;
  }

  private String store(Path file) throws IOException, InterruptedException {
    return ChildJvm.output(
            ChildJvm.start(
                ResultChild.class, "file", root.toString(), file.toString(), "text/plain"))
        .strip();
  }

  @Test
  void refusesTwoGibibytesWithBoundedMemoryAndLeavesNothing() throws Exception {
    assertThat(store(sparse(2L << 30)))
        .isEqualTo(
            "TOO_LARGE A stored result may have at most 268,435,456 bytes; nothing was stored."
                + " Store the part that matters.");
    assertThat(stored()).isEmpty();
  }

  @Test
  void storesALineThatIsLargerThanTheMemory() throws Exception {
    assertThat(store(sparse(200L << 20))).isEqualTo("stored 209715200 bytes, 1 lines");
  }

  @Test
  void saysThatTheDiskTakesNoMoreAndLeavesNothing() throws Exception {
    Process child =
        ChildJvm.startWithFileLimit(
            4_096,
            ResultChild.class,
            "file",
            root.toString(),
            sparse(8 << 20).toString(),
            "text/plain");

    assertThat(ChildJvm.output(child).strip())
        .isEqualTo(
            "NO_SPACE The operating system lets this process write no larger file; write less, or"
                + " raise the limit (ulimit -f).");
    assertThat(stored()).isEmpty();
  }

  @Test
  void saysThatTheDirectoryIsReadOnly() throws Exception {
    Path directory = Files.createDirectories(root.resolve(".homeport/results"));
    permit(directory, "r-xr-xr-x");
    Path classes = Files.createDirectory(temporary.resolve("classes"));
    permit(classes, "rwxr-xr-x");
    Path file = Files.writeString(temporary.resolve("file"), "content");

    Process child =
        ChildJvm.startUnprivileged(
            classes, ResultChild.class, "file", root.toString(), file.toString(), "text/plain");

    assertThat(ChildJvm.output(child).strip())
        .startsWith("DENIED The file system does not allow this for .homeport/results/")
        .doesNotContain(temporary.toString());
    permit(directory, "rwxr-xr-x");
    assertThat(stored()).isEmpty();
  }

  @Test
  void losesNothingThatItAcknowledgedWhenItIsKilled() throws Exception {
    var acknowledged = new ArrayList<String>();
    var random = new Random(20261125);
    for (int kill = 0; kill < KILLS; kill++) {
      Process child =
          ChildJvm.start(ResultChild.class, "loop", root.toString(), Integer.toString(kill));
      var lines = child.inputReader(UTF_8);
      acknowledged.add(lines.readLine());
      Thread killer =
          Thread.startVirtualThread(
              new Kill(child, Duration.ofMillis(random.nextInt(250)).toNanos()));
      lines.lines().filter(line -> line.length() == 26 + 1 + 64).forEach(acknowledged::add);
      killer.join();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    var results = ResultStore.in(Workspace.open(root), InstantSource.system());
    assertThat(acknowledged).hasSizeGreaterThan(2 * KILLS).doesNotHaveDuplicates();
    for (String line : acknowledged) {
      StoredResult result = results.get(ResultId.parse(line.substring(0, 26)));
      assertThat(line).endsWith(" " + result.sha256());
    }
    assertNothingIsTorn(results);
    assertLeftoversGo(acknowledged.size());
  }

  private record Kill(Process child, long nanos) implements Runnable {
    @Override
    public void run() {
      java.util.concurrent.locks.LockSupport.parkNanos(nanos);
      child.toHandle().destroyForcibly();
    }
  }

  /// Whatever has facts, acknowledged or not, has the content that they tell of.
  private void assertNothingIsTorn(ResultStore results) throws IOException {
    for (Path file : stored()) {
      if (file.toString().endsWith(".json")) {
        StoredResult result =
            results.get(ResultId.parse(file.getFileName().toString().replace(".json", "")));
        assertThat(Sha256.hex(Files.readAllBytes(root.resolve(result.path().toString()))))
            .isEqualTo(result.sha256());
      }
    }
  }

  private void assertLeftoversGo(int acknowledged) throws Exception {
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    for (Path file : stored()) {
      Files.setLastModifiedTime(file, old);
    }
    ResultStore.in(Workspace.open(root), InstantSource.system()).store("x", "text/plain", "x");

    List<String> names = stored().stream().map(file -> file.getFileName().toString()).toList();
    List<String> facts = names.stream().filter(name -> name.endsWith(".json")).toList();
    assertThat(facts).hasSizeGreaterThan(acknowledged);
    assertThat(names)
        .hasSize(2 * facts.size())
        .containsAll(facts.stream().map(name -> name.replace(".json", "")).toList());
  }
}
