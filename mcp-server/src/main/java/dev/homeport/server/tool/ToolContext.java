package dev.homeport.server.tool;

import dev.homeport.version.Author;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The surroundings of one call: who calls, in which session, and how to report progress.
///
/// A call is cancelled by interrupting its thread, so blocking code needs no other check.
/// Thread-safe.
public final class ToolContext {
  /// The `_meta` key of a request under which a client may name the session.
  public static final String SESSION_META = "dev.homeport/session";

  /// Takes progress reports.
  @FunctionalInterface
  public interface Progress {
    /// Reports how far the call is.
    ///
    /// @param done grows with each report
    /// @param total what `done` will be at the end; 0 if unknown
    /// @param message one line for a person
    void report(double done, double total, String message);
  }

  private final SessionSource sessions;
  private final String clientName;
  private final Optional<String> metaSession;
  private final Progress progress;

  /// @param sessions resolves sessions
  /// @param clientName the name that the client gave itself
  /// @param meta the `_meta` of the request
  /// @param progress where reports go; ignored by clients that asked for none
  public ToolContext(
      SessionSource sessions, String clientName, Map<String, ?> meta, Progress progress) {
    this.sessions = sessions;
    this.clientName = clientName;
    this.metaSession =
        meta.get(SESSION_META) instanceof String named ? Optional.of(named) : Optional.empty();
    this.progress = progress;
  }

  /// The name that the client gave itself, such as `claude-code`.
  public String clientName() {
    return clientName;
  }

  /// The session of this call: the argument `session` if given, else the one in the request's
  /// `_meta`, else the environment's `HOMEPORT_SESSION`, else the client's latest, else a new one.
  public String session(@Nullable String argument) throws IOException, InterruptedException {
    Optional<String> requested =
        Optional.ofNullable(argument)
            .or(() -> metaSession)
            .or(() -> Optional.ofNullable(System.getenv("HOMEPORT_SESSION")))
            .filter(named -> !named.isBlank());
    return sessions.bind(requested, clientName);
  }

  /// Who changes what a tool changes in this call.
  ///
  /// @param tool the tool's name
  Author author(String tool) throws IOException, InterruptedException {
    return new Author(sessions.principal(), session(null), tool, null);
  }

  /// Reports progress to the client.
  public void progress(double done, double total, String message) {
    progress.report(done, total, message);
  }
}
