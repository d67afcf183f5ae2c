package dev.homeport.file;

import dev.homeport.text.Anchor;
import java.util.List;

/// Applies replacements to a text, all of them or none.
sealed interface TextEdits {
  /// The text after all replacements.
  record Edited(String text) implements TextEdits {}

  /// A replacement that did not match.
  record Failed(FileOutcome.Unmatched unmatched) implements TextEdits {}

  /// Each replacement sees what those before it have left.
  static TextEdits apply(String text, List<Replacement> edits) {
    String edited = text;
    int number = 0;
    for (Replacement edit : edits) {
      number++;
      Anchor anchor = Anchor.find(edited, edit.oldText());
      if (!edit.accepts(anchor.starts().size())) {
        return new Failed(unmatched(number, edit, anchor, edited));
      }
      edited = anchor.replaceAll(edited, anchor.adapt(edit.newText()));
    }
    return new Edited(edited);
  }

  private static FileOutcome.Unmatched unmatched(
      int number, Replacement edit, Anchor anchor, String text) {
    Integer count = edit.expectedCount();
    int expected = count != null ? count : edit.all() ? 0 : 1;
    String hint = anchor.starts().isEmpty() ? ClosestLines.of(text, edit.oldText()) : "";
    return new FileOutcome.Unmatched(number, expected, anchor.lines(text), hint);
  }
}
