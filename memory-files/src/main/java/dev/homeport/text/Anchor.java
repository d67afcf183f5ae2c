package dev.homeport.text;

import java.util.ArrayList;
import java.util.List;

/// A piece of text that is looked for in a file, and where it stands there.
///
/// Agents write `\n`; in a file whose lines end in CRLF a piece of several lines is found all the
/// same, and what replaces it gets the line ends of the file.
///
/// @param text the piece as the file has it
/// @param starts where it begins, without overlaps; empty if it is not there
/// @param isCrlf whether what replaces it must end its lines in CRLF
public record Anchor(String text, List<Integer> starts, boolean isCrlf) {
  /// Copies the list.
  public Anchor {
    starts = List.copyOf(starts);
  }

  /// Looks for a piece that is not empty.
  public static Anchor find(String content, String wanted) {
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("The text to replace is empty; quote what stands there.");
    }
    var exact = new Anchor(wanted, occurrences(content, wanted), endsInCrlf(content));
    if (!exact.starts.isEmpty() || !content.contains("\r\n")) {
      return exact;
    }
    String crlf = toCrlf(wanted);
    return new Anchor(crlf, occurrences(content, crlf), true);
  }

  private static List<Integer> occurrences(String content, String wanted) {
    var starts = new ArrayList<Integer>();
    int start = content.indexOf(wanted);
    while (start >= 0) {
      starts.add(start);
      start = content.indexOf(wanted, start + wanted.length());
    }
    return starts;
  }

  /// Whether a text has several lines of which each ends in CRLF.
  public static boolean endsInCrlf(String content) {
    int end = content.indexOf('\n');
    if (end < 0) {
      return false;
    }
    while (end >= 0) {
      if (end == 0 || content.charAt(end - 1) != '\r') {
        return false;
      }
      end = content.indexOf('\n', end + 1);
    }
    return true;
  }

  /// The text with each lone `\n` made CRLF.
  public static String toCrlf(String text) {
    return text.replace("\r\n", "\n").replace("\n", "\r\n");
  }

  /// A replacement with the line ends that it needs here.
  public String adapt(String replacement) {
    return isCrlf ? toCrlf(replacement) : replacement;
  }

  /// The numbers of the lines in which it begins, each once.
  public List<Integer> lines(String content) {
    return starts.stream().map(start -> Lines.numberAt(content, start)).distinct().toList();
  }

  /// The content with every occurrence replaced by a text that was adapted.
  public String replaceAll(String content, String adapted) {
    var out = new StringBuilder(content.length());
    int copied = 0;
    for (int start : starts) {
      out.append(content, copied, start).append(adapted);
      copied = start + text.length();
    }
    return out.append(content, copied, content.length()).toString();
  }
}
