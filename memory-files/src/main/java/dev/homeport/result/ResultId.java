package dev.homeport.result;

import dev.homeport.workspace.Ulid;
import dev.homeport.workspace.WorkspaceException;
import java.time.Instant;

/// The unique name of a stored result: 26 characters that sort by the time of storing.
///
/// @param text the name
public record ResultId(String text) {
  /// Takes a name that is known to be valid.
  ///
  /// @throws IllegalArgumentException if it is not; see [#parse] for what an agent gave
  public ResultId {
    if (!Ulid.isUlid(text)) {
      throw new IllegalArgumentException("not a result id: " + text);
    }
  }

  /// A new id for a result stored at this time.
  public static ResultId at(Instant time) {
    return new ResultId(Ulid.at(time));
  }

  /// Parses what an agent gave: the id, or the path of the stored file.
  ///
  /// @throws WorkspaceException of kind `NOT_FOUND` if it has not the form of an id
  public static ResultId parse(String text) throws WorkspaceException {
    String name = text.substring(text.lastIndexOf('/') + 1);
    if (!Ulid.isUlid(name)) {
      throw new WorkspaceException(
          WorkspaceException.Kind.NOT_FOUND,
          "There is no stored result of this id; it is the "
              + Ulid.LENGTH
              + " characters that the storing tool named.");
    }
    return new ResultId(name);
  }

  /// When the result was stored, to the millisecond.
  public Instant created() {
    return Ulid.timeOf(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
