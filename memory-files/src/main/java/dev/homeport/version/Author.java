package dev.homeport.version;

import org.jspecify.annotations.Nullable;

/// Who changes something, with what and why.
///
/// Bound to [#CURRENT] around a call, so that whatever the call changes is attributed to it.
///
/// @param actor the principal, such as the user of the operating system
/// @param session the session, if the change belongs to one
/// @param tool the tool or command that makes the change
/// @param reason why, in the words of who asked for it; only the first [#MOST_CHARACTERS] are kept
public record Author(
    String actor, @Nullable String session, @Nullable String tool, @Nullable String reason) {
  /// The longest reason that is kept.
  public static final int MOST_CHARACTERS = 1_000;

  /// The author of what the running call changes.
  public static final ScopedValue<Author> CURRENT = ScopedValue.newInstance();

  /// Who changed what Homeport only found: an editor, git, a program.
  public static final Author OUTSIDE = new Author("outside", null, null, null);

  /// The author bound to the running call, else the user of the operating system.
  public static Author current() {
    return CURRENT.orElse(new Author(System.getProperty("user.name"), null, null, null));
  }

  /// Cuts a reason that is too long.
  public Author {
    if (reason != null && reason.length() > MOST_CHARACTERS) {
      reason = reason.substring(0, MOST_CHARACTERS) + "…";
    }
  }

  /// The same author with a reason, unless that is null.
  public Author because(@Nullable String why) {
    return why == null ? this : new Author(actor, session, tool, why);
  }
}
