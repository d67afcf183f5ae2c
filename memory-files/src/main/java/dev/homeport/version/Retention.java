package dev.homeport.version;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How much of the history is kept.
///
/// When a limit is exceeded by a quarter, the oldest versions go until it is kept again. A content
/// that a remaining version names stays.
///
/// @param versions the most versions
/// @param age the oldest version
/// @param bytes the most bytes of all contents together; equal contents count once
public record Retention(int versions, Duration age, long bytes) {
  /// 20,000 versions, 365 days, 256 MiB.
  public static final Retention DEFAULT =
      new Retention(20_000, Duration.ofDays(365), 256L * 1_024 * 1_024);

  /// Checks the limits.
  public Retention {
    if (versions < 1 || bytes < 1 || !age.isPositive()) {
      throw new IllegalArgumentException(
          "the limits %d versions, %s and %d bytes must be positive"
              .formatted(versions, age, bytes));
    }
  }

  /// Whether it is time to forget something.
  boolean isDue(VersionIndex index, Instant now) {
    List<Version> all = index.versions();
    return all.size() > versions + versions / 4
        || index.bytes() > bytes + bytes / 4
        || (!all.isEmpty()
            && all.getFirst().time().isBefore(now.minus(age.plus(age.dividedBy(4)))));
  }

  /// What is to be forgotten so that the limits are kept; nothing if it is not time.
  Optional<Revision> revision(VersionIndex index, Instant now) {
    if (!isDue(index, now)) {
      return Optional.empty();
    }
    List<Version> all = index.versions();
    Set<String> forgotten =
        all.subList(0, all.size() - kept(all, now)).stream()
            .map(Version::id)
            .collect(Collectors.toSet());
    return Optional.of(new Revision(forgotten, Set.of(), List.of()));
  }

  /// How many of the newest versions can stay.
  private int kept(List<Version> all, Instant now) {
    var contents = new HashMap<String, Long>();
    long sum = 0;
    int kept = 0;
    for (Version version : all.reversed()) {
      sum += added(contents, version.before()) + added(contents, version.after());
      if (kept == versions || sum > bytes || version.time().isBefore(now.minus(age))) {
        return kept;
      }
      kept++;
    }
    return kept;
  }

  private static long added(Map<String, Long> contents, @Nullable Snapshot content) {
    if (content == null || contents.putIfAbsent(content.sha256(), content.bytes()) != null) {
      return 0;
    }
    return content.bytes();
  }
}
