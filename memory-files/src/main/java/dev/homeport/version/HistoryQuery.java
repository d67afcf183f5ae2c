package dev.homeport.version;

import dev.homeport.version.Version.Operation;
import dev.homeport.workspace.WorkspacePath;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which versions are asked for; what is null does not matter.
///
/// @param path a file, whose older names are followed, or a directory for everything below it
/// @param limit the most versions, 1 to [History#MOST_LISTED]
/// @param before only versions older than that of this id, as [HistoryPage#next] says
/// @param filter what all of them have in common
public record HistoryQuery(WorkspacePath path, int limit, @Nullable String before, Filter filter) {
  /// Checks the limit.
  public HistoryQuery {
    if (limit < 1 || limit > History.MOST_LISTED) {
      throw new IllegalArgumentException(
          "limit is %d, but must be 1 to %d".formatted(limit, History.MOST_LISTED));
    }
  }

  /// The newest versions of a path.
  public static HistoryQuery of(WorkspacePath path) {
    return new HistoryQuery(path, History.MOST_LISTED, null, Filter.NONE);
  }

  /// What versions must have in common; what is null does not matter.
  ///
  /// @param operation what was done
  /// @param author by whom: each of its parts that is not null, but for the reason
  /// @param since from when on
  /// @param until before when
  public record Filter(
      @Nullable Operation operation, By author, @Nullable Instant since, @Nullable Instant until) {
    /// All versions.
    public static final Filter NONE = new Filter(null, By.ANYBODY, null, null);

    boolean accepts(Version version) {
      return (operation == null || operation == version.operation())
          && author.is(version.author())
          && (since == null || !version.time().isBefore(since))
          && (until == null || version.time().isBefore(until));
    }
  }

  /// By whom versions were made; what is null does not matter.
  ///
  /// @param actor the principal
  /// @param session the session
  /// @param tool the tool
  public record By(@Nullable String actor, @Nullable String session, @Nullable String tool) {
    /// Whoever it was.
    public static final By ANYBODY = new By(null, null, null);

    boolean is(Author author) {
      return (actor == null || actor.equals(author.actor()))
          && (session == null || session.equals(author.session()))
          && (tool == null || tool.equals(author.tool()));
    }
  }
}
