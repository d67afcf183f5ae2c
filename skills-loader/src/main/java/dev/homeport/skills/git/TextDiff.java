package dev.homeport.skills.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/// What differs between two versions of a file, as git shows it.
public final class TextDiff {
  private TextDiff() {}

  /// The hunks of the unified format, a line each; one sentence instead if either is no text.
  public static List<String> of(byte[] before, byte[] after) throws IOException {
    if (RawText.isBinary(before) || RawText.isBinary(after)) {
      return List.of(
          "(no text: %,d bytes before, %,d bytes now)".formatted(before.length, after.length));
    }
    var old = new RawText(before);
    var fresh = new RawText(after);
    var out = new ByteArrayOutputStream();
    try (var formatter = new DiffFormatter(out)) {
      formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, old, fresh), old, fresh);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
