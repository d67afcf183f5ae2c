package dev.homeport.session;

import dev.homeport.workspace.Ulid;
import dev.homeport.workspace.WorkspaceException;
import java.time.Instant;

/// The name of a session: 1 to 64 ASCII letters, digits, `_` and `-`, the first no `-`.
///
/// Sessions that Homeport starts itself are named by a time-sortable id; a user may choose another
/// name, for example through `HOMEPORT_SESSION`.
///
/// @param text the name
public record SessionId(String text) {
  private static final int LONGEST = 64;

  /// Takes a name that is known to be valid.
  ///
  /// @throws IllegalArgumentException if it is not; see [#parse] for what an agent gave
  public SessionId {
    if (!isValid(text)) {
      throw new IllegalArgumentException("not a session id: " + text);
    }
  }

  /// A new id for a session started at this time.
  public static SessionId at(Instant time) {
    return new SessionId(Ulid.at(time));
  }

  /// Parses what an agent or a user gave.
  ///
  /// @throws WorkspaceException of kind `BAD_PATH`, naming the rule
  public static SessionId parse(String text) throws WorkspaceException {
    if (!isValid(text)) {
      throw new WorkspaceException(
          WorkspaceException.Kind.BAD_PATH,
          "The session id must be 1 to 64 letters, digits, '_' or '-' of ASCII; call wake to see"
              + " the sessions that exist.");
    }
    return new SessionId(text);
  }

  private static boolean isValid(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && text.charAt(0) != '-'
        && text.chars().allMatch(SessionId::isAllowed);
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  @Override
  public String toString() {
    return text;
  }
}
