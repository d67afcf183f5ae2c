package dev.homeport.claude;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One file of an agent's instructions, as far as the budget lets it be shown.
///
/// @param scope whose instructions they are
/// @param source the file, as an agent may see it
/// @param importedBy the source that imports it on the shortest way, or null if it is loaded anyway
/// @param text its content, without the frontmatter of a rule, perhaps cut
/// @param characters how many characters the whole content has
public record ClaudePiece(
    Scope scope, String source, @Nullable String importedBy, String text, int characters) {
  /// Whose instructions a file holds, in the order in which they are loaded.
  public enum Scope {
    /// The organisation's, on the machine.
    MANAGED,
    /// The user's own, for all projects.
    USER,
    /// The project's, shared with everybody who works on it.
    PROJECT,
    /// The user's own, for this project.
    LOCAL
  }

  /// The source that imports this one.
  public Optional<String> importer() {
    return Optional.ofNullable(importedBy);
  }

  /// Whether a part of the content was left out.
  public boolean isCut() {
    return text.length() < characters;
  }

  ClaudePiece importedBy(@Nullable String importer) {
    return new ClaudePiece(scope, source, importer, text, characters);
  }

  ClaudePiece cutTo(int most) {
    if (text.length() <= most) {
      return this;
    }
    boolean splitsPair = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
    String cut = text.substring(0, splitsPair ? most - 1 : most);
    return new ClaudePiece(scope, source, importedBy, cut, characters);
  }
}
