package dev.homeport.skills.usage;

import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How often skills were found and used.
///
/// @param skills those that anything is known of, the most loaded first
/// @param nothingFound how many searches found no skill
/// @param since the month from which on uses are counted; empty if there is none yet
public record UsageReport(List<Row> skills, long nothingFound, Optional<YearMonth> since) {
  private static final Comparator<Row> ORDER =
      Comparator.comparingLong(Row::loaded)
          .thenComparingLong(Row::found)
          .reversed()
          .thenComparing(Row::name);

  /// Sorts and copies.
  public UsageReport {
    skills = skills.stream().sorted(ORDER).toList();
  }

  /// The counts of one skill.
  ///
  /// @param found how many searches found it
  /// @param loaded how often it was loaded
  /// @param filesMissing how often a file was asked for that it does not have
  public record Row(String name, long found, long loaded, long filesMissing) {}
}
