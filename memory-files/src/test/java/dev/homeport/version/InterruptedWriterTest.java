package dev.homeport.version;

import static dev.homeport.version.HistoryFixture.AGENT;
import static dev.homeport.version.HistoryFixture.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A writer who is interrupted at any moment, as by a client that cancels its calls.
class InterruptedWriterTest {
  private static final int WRITES = 400;

  @TempDir Path root;

  @Test
  void everyChangeHasOneVersionAndNoOtherHas() throws Exception {
    var files = new HistoryFixture(root);
    var writing = new FutureTask<>(() -> write(files));
    Thread writer = Thread.ofVirtual().start(writing);
    var random = new Random(7);
    while (!writing.isDone()) {
      LockSupport.parkNanos(random.nextInt(2_000_000));
      writer.interrupt();
    }

    List<String> written = writing.get();
    assertThat(root.resolve("a")).hasContent(written.getLast());
    assertThat(new HistoryFixture(root).versions.all())
        .extracting(version -> version.contentAfter().orElseThrow())
        .containsExactlyElementsOf(
            written.stream().map(text -> Snapshot.of(text.getBytes(UTF_8))).toList());
  }

  /// The contents whose writing was acknowledged.
  private static List<String> write(HistoryFixture files) throws IOException {
    var written = new ArrayList<String>();
    byte[] last = null;
    for (int i = 0; i < WRITES; i++) {
      byte[] content = ("text " + i).getBytes(UTF_8);
      try {
        files.versions.write(path("a"), last, content, AGENT);
        written.add("text " + i);
        last = content;
      } catch (IOException e) {
        // Refused before anything was changed.
        assertThat(e).hasStackTraceContaining("Interrupt");
      }
      boolean _ = Thread.interrupted();
    }
    return written;
  }
}
