package dev.homeport.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server that is killed amid a thousand changes has kept all that it acknowledged, and nothing
/// is half done.
///
/// `-Dkill.seconds=N` goes on for longer than the ten seconds of the build, `-Dkill.seed=N` repeats
/// the calls and the moments of a run.
@Timeout(value = 1, unit = java.util.concurrent.TimeUnit.HOURS)
class KillTest {
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("kill.seconds", 10));
  private static final int FEWEST = 2;
  private static final System.Logger LOG = System.getLogger(KillTest.class.getName());

  @TempDir Path directory;

  @Test
  void losesNothingAcknowledgedAndLeavesNothingHalfDone() throws IOException, InterruptedException {
    long seed = Long.getLong("kill.seed", System.nanoTime());
    var random = new Random(seed);
    long deadline = System.nanoTime() + TIME.toNanos();
    int acknowledged = 0;
    int rounds = 0;
    while (rounds < FEWEST || System.nanoTime() < deadline) {
      rounds++;
      String round = "seed %d, round %d".formatted(seed, rounds);
      var life = new KilledLife(Files.createDirectory(directory.resolve("w" + rounds)), random);
      acknowledged += life.liveAndBeKilled();
      life.assertKept(round);
    }
    LOG.log(
        System.Logger.Level.INFO,
        "kill.seed={0} rounds={1} acknowledged={2}",
        String.valueOf(seed),
        rounds,
        acknowledged);
    assertThat(acknowledged).as("seed %d", seed).isPositive();
  }
}
