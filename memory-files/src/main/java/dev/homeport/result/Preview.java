package dev.homeport.result;

import java.util.Locale;

/// Head and tail of a result, in the form in which agents know an output that was too large.
final class Preview {
  /// How many bytes of the head and of the tail are shown.
  static final int BYTES = 2_048;

  private Preview() {}

  /// The preview of a result that has this head and this tail; the tail may be empty.
  static String of(StoredResult result, byte[] head, byte[] tail) {
    var text = new StringBuilder("<persisted-output>\n");
    text.append(
        "Output too large (%s). Full output saved to: %s\n"
            .formatted(size(result.bytes()), result.path()));
    if (result.isText()) {
      text.append("\nPreview (first ").append(size(head.length)).append("):\n");
      text.append(Utf8.decodeHead(head));
      if (tail.length > 0) {
        text.append("\n…\nEnd (last ").append(size(tail.length)).append("):\n");
        text.append(Utf8.decodeTail(tail));
      }
      endLine(text);
    }
    return text.append("</persisted-output>").toString();
  }

  private static void endLine(StringBuilder text) {
    if (text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
  }

  /// A size as people write it: `812B`, `2KB`, `80.4KB`, `1.5MB`.
  static String size(long bytes) {
    if (bytes < 1_024) {
      return bytes + "B";
    }
    double value = bytes / 1_024.0;
    String unit = "KB";
    if (value >= 1_024) {
      value /= 1_024;
      unit = "MB";
    }
    String number = String.format(Locale.ROOT, "%.1f", value);
    return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + unit;
  }
}
