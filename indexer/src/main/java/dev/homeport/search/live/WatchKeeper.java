package dev.homeport.search.live;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens a watch, gives it up where it cannot be relied on, and tries again later. The caller lets
/// one thread in at a time.
final class WatchKeeper {
  /// When to try again after a watch was not possible.
  private static final Duration AGAIN = Duration.ofSeconds(60);

  /// How long changes are left to gather before they are looked at without a question.
  private static final Duration GATHERING = Duration.ofMillis(50);

  /// A directory may be seen at two places because it moves meanwhile; so often in a row it stands
  /// at two places.
  private static final int TOO_OFTEN = 3;

  private final int maxWatches;
  private final @Nullable Runnable look;
  private @Nullable TreeWatch watch;
  private String weakness = "nothing is watched yet";
  private long again = System.nanoTime();
  private int seenTwice;

  /// @param look what to do when something happened and nobody asks, or null to wait for questions
  WatchKeeper(int maxWatches, @Nullable Runnable look) {
    this.maxWatches = maxWatches;
    this.look = look;
  }

  /// The watch that stands, or null.
  @Nullable TreeWatch watch() {
    return watch;
  }

  /// Why none stands.
  String weakness() {
    return weakness;
  }

  /// The watch, opened if there is none and it is time to try; null if that fails.
  @Nullable TreeWatch open() {
    if (watch != null || System.nanoTime() - again < 0) {
      return watch;
    }
    again = System.nanoTime() + AGAIN.toNanos();
    try {
      TreeWatch opened = TreeWatch.open(maxWatches);
      if (look != null) {
        Thread.ofPlatform().daemon().name("live-tree").start(() -> await(opened, look));
      }
      watch = opened;
    } catch (IOException e) {
      weakness = "nothing can be watched (" + e.getMessage() + ")";
    }
    return watch;
  }

  /// Looks at what happens while nobody asks, so that the queue does not run over and the next
  /// question is answered at once.
  private static void await(TreeWatch watch, Runnable look) {
    try (watch) {
      while (watch.await()) {
        Thread.sleep(GATHERING);
        look.run();
      }
    } catch (IOException e) {
      System.getLogger(WatchKeeper.class.getName())
          .log(Level.WARNING, "watch=unread reason={0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Makes the directories of a listing those that are watched, or gives the watch up.
  ///
  /// @return why the next look must ask for all files once more, or null
  @Nullable String settle(TreeWatch current, Folder listing) {
    Optional<String> problem = current.weakness();
    String doubt = null;
    if (problem.isEmpty() && !current.replace(listing)) {
      doubt = "a directory was seen at two places";
      problem = ++seenTwice < TOO_OFTEN ? problem : Optional.of("a directory stands at two places");
    } else {
      seenTwice = 0;
    }
    if (problem.isEmpty()) {
      return doubt;
    }
    weakness = problem.get();
    again = System.nanoTime() + AGAIN.toNanos();
    System.getLogger(WatchKeeper.class.getName())
        .log(Level.WARNING, "watch=none reason={0}", weakness);
    drop();
    return null;
  }

  /// Ends the watch. Where a thread waits on it, that one closes it.
  void drop() {
    TreeWatch dropped = watch;
    watch = null;
    if (dropped != null && look != null) {
      dropped.stop();
    } else if (dropped != null) {
      dropped.close();
    }
  }
}
