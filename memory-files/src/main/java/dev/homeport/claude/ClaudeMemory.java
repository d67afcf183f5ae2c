package dev.homeport.claude;

import java.util.List;

/// The instructions that hold for an agent in a directory.
///
/// @param pieces the files in the order in which they are read; later ones are more specific
/// @param conditional the rules that hold only for certain files, and are not among the pieces
/// @param skipped what was named but not loaded
public record ClaudeMemory(
    List<ClaudePiece> pieces, List<ConditionalRule> conditional, List<Skipped> skipped) {
  /// Copies the lists.
  public ClaudeMemory {
    pieces = List.copyOf(pieces);
    conditional = List.copyOf(conditional);
    skipped = List.copyOf(skipped);
  }

  /// A rule that holds when a file that fits one of its globs is worked on.
  ///
  /// @param source its file
  /// @param paths its globs
  public record ConditionalRule(String source, List<String> paths) {
    /// Copies the globs.
    public ConditionalRule {
      paths = List.copyOf(paths);
    }
  }

  /// Something that was not loaded.
  ///
  /// @param target the import as it is written, or the file
  /// @param source the file that names it
  /// @param reason why
  public record Skipped(String target, String source, Reason reason) {}

  /// Why something was not loaded.
  public enum Reason {
    /// It lies outside the workspace, and the user has not approved it.
    NEEDS_APPROVAL,
    /// Nothing stands there.
    MISSING,
    /// It lies more than [ClaudeResolver#MAX_DEPTH] imports deep.
    TOO_DEEP,
    /// It is larger than [ClaudeResolver#MAX_BYTES].
    TOO_LARGE,
    /// What was loaded before has [ClaudeResolver#MAX_TOTAL] characters already.
    TOO_MUCH,
    /// It is no UTF-8, or has a zero byte.
    NOT_TEXT,
    /// It is a special file, behind a loop of links, or not for this user.
    UNREADABLE
  }

  /// These instructions with the longest pieces cut, so that all texts fit into a budget.
  ///
  /// Short pieces stay whole: what they do not need goes to the longer ones.
  ///
  /// @param characters the most characters of all texts together
  public ClaudeMemory within(int characters) {
    int room = characters;
    int left = pieces.size();
    int share = Integer.MAX_VALUE;
    for (int length : pieces.stream().map(piece -> piece.text().length()).sorted().toList()) {
      if (length > room / left) {
        share = room / left;
        break;
      }
      room -= length;
      left--;
    }
    int most = share;
    return new ClaudeMemory(
        pieces.stream().map(piece -> piece.cutTo(most)).toList(), conditional, skipped);
  }
}
