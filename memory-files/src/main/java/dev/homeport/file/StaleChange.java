package dev.homeport.file;

import dev.homeport.file.FileOutcome.Status;
import dev.homeport.text.UnifiedDiff;
import dev.homeport.text.Utf8;
import dev.homeport.workspace.WorkspacePath;
import java.util.Optional;
import java.util.function.Function;

/// A change of a file that has another content than its writer expected.
///
/// @param current the file as it is now
/// @param now its text; empty if it is none
/// @param precondition what was expected
/// @param isDryRun whether nothing is to be written
record StaleChange(
    FileFacts current, Optional<String> now, Precondition precondition, boolean isDryRun) {
  private static final String NOT_KEPT =
      "No merge was possible: the content with the sha256 that you expect is not kept (texts of at"
          + " most 1 MiB are, for some time after they were read, written or replaced).";
  private static final String NO_TEXT =
      "No merge was possible: only UTF-8 text of at most 1 MiB is merged.";
  private static final String TOO_DIFFERENT =
      "No merge was possible: too many lines lie between the first and the last difference.";

  static StaleChange of(
      WorkspacePath path, byte[] current, Precondition precondition, boolean isDryRun) {
    return new StaleChange(
        FileFacts.of(path, current), Utf8.decode(current), precondition, isDryRun);
  }

  /// The digest of the content that is expected, if one is.
  static Optional<String> expected(Precondition precondition) {
    return switch (precondition) {
      case Precondition.None(), Precondition.Absent() -> Optional.empty();
      case Precondition.Content(String sha256) -> Optional.of(sha256);
      case Precondition.Mergeable(String sha256) -> Optional.of(sha256);
    };
  }

  /// What is to be done about it.
  sealed interface Resolution {}

  /// Nothing is left to do.
  record Settled(FileOutcome outcome) implements Resolution {}

  /// Both sides fit together.
  record ToWrite(String text, String diff) implements Resolution {}

  /// Finds out what is to be done.
  ///
  /// @param base what the writer expected, if it is known
  /// @param change what the writer wants to make of that
  Resolution resolve(Optional<byte[]> base, Function<String, TextEdits> change) {
    Optional<String> expected = base.flatMap(Utf8::decode);
    TextEdits wanted = change.apply(expected.or(() -> now).orElse(""));
    if (wanted instanceof TextEdits.Edited(String text)
        && expected.isPresent()
        && now.filter(text::equals).isPresent()) {
      return new Settled(done(Status.UNCHANGED, current, ""));
    }
    if (!(precondition instanceof Precondition.Mergeable)) {
      return stale(wanted, "");
    }
    if (base.isEmpty()) {
      return stale(wanted, NOT_KEPT);
    }
    if (expected.isEmpty() || now.isEmpty() || current.bytes() > ReadCopies.MOST_BYTES) {
      return stale(wanted, NO_TEXT);
    }
    return switch (wanted) {
      case TextEdits.Failed(var unmatched) -> new Settled(unmatched);
      case TextEdits.Edited(String text) -> merge(expected.get(), now.get(), text);
    };
  }

  private Resolution merge(String base, String theirs, String mine) {
    return switch (LineMerge.of(base, theirs, mine)) {
      case LineMerge.TooLarge() -> stale(new TextEdits.Edited(mine), TOO_DIFFERENT);
      case LineMerge.Overlapping(var overlaps) ->
          new Settled(new FileOutcome.Overlapping(current, overlaps));
      case LineMerge.Merged(String text) -> {
        if (isDryRun) {
          FileFacts merged = FileFacts.of(current.path(), Utf8.encode(text));
          yield new Settled(done(Status.PREVIEWED, merged, diff(theirs, text)));
        }
        String diff = diff(mine, text);
        yield text.equals(theirs)
            ? new Settled(done(Status.MERGED, current, diff))
            : new ToWrite(text, diff);
      }
    };
  }

  private Settled stale(TextEdits wanted, String whyNotMerged) {
    String diff =
        wanted instanceof TextEdits.Edited(String text) && now.isPresent()
            ? diff(now.get(), text)
            : "";
    return new Settled(new FileOutcome.Stale(current, diff, whyNotMerged));
  }

  /// The answer to a move or deletion of a file that has another content than was expected.
  static FileOutcome ofEntry(WorkspacePath path, byte[] current, Optional<byte[]> base) {
    Optional<String> expected = base.flatMap(Utf8::decode);
    Optional<String> now = Utf8.decode(current);
    String diff =
        expected.isPresent() && now.isPresent()
            ? UnifiedDiff.of(path.toString(), now.get(), expected.get())
            : "";
    return new FileOutcome.Stale(FileFacts.of(path, current), diff, "");
  }

  private static FileOutcome done(Status status, FileFacts file, String diff) {
    return new FileOutcome.Done(status, Optional.of(file), diff);
  }

  private String diff(String before, String after) {
    return UnifiedDiff.of(current.path().toString(), before, after);
  }
}
