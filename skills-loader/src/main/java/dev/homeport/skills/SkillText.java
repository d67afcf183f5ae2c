package dev.homeport.skills;

import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.skills.SkillProblem.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A `SKILL.md` cut in two: the metadata between the fences and the body after them.
///
/// @param frontmatter the YAML; empty if there is none
/// @param body the instructions
record SkillText(String frontmatter, String body) {
  private static final String FENCE = "---";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /// Cuts a file, mending what editors and people do to it.
  static SkillText of(byte[] bytes, ProblemLog problems) {
    String text = normalize(decode(bytes, problems), problems);
    String start = text.stripLeading();
    if (isFence(firstLine(start))) {
      return fenced(afterFirstLine(start), problems);
    }
    if (beginsWithKey(start)) {
      problems.add(
          Severity.WARNING,
          Kind.FENCE_MISSING,
          "the metadata has no line '---' before it; add one");
      return fenced(start, problems);
    }
    problems.add(
        Severity.ERROR,
        Kind.FENCE_MISSING,
        "there is no metadata; begin the file with '---', name, description and '---'");
    return new SkillText("", text);
  }

  /// The text of any file of a skill, mended as `SKILL.md` is.
  static String decode(byte[] bytes, ProblemLog problems) {
    if (isUtf16(bytes)) {
      return foreign(bytes, StandardCharsets.UTF_16, problems);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return foreign(bytes, Charset.forName("windows-1252"), problems);
    }
  }

  /// Whether bytes begin with the byte order mark of UTF-16.
  static boolean isUtf16(byte[] bytes) {
    int first = bytes.length >= 2 ? ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF) : 0;
    return first == 0xFEFF || first == 0xFFFE;
  }

  private static String foreign(byte[] bytes, Charset charset, ProblemLog problems) {
    problems.add(
        Severity.WARNING,
        Kind.ENCODING,
        "the bytes are not UTF-8 and were read as " + charset.name() + "; save the file as UTF-8");
    return new String(bytes, charset);
  }

  private static String normalize(String decoded, ProblemLog problems) {
    String text = decoded;
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      problems.add(Severity.NOTE, Kind.BYTE_ORDER_MARK, "a byte order mark was dropped");
      text = text.substring(1);
    }
    if (text.indexOf('\0') >= 0) {
      problems.add(Severity.WARNING, Kind.NUL, "NUL characters were dropped");
      text = text.replace("\0", "");
    }
    if (text.indexOf('\r') >= 0) {
      problems.add(Severity.NOTE, Kind.LINE_ENDINGS, "line endings were read as LF");
      text = text.replace("\r\n", "\n").replace('\r', '\n');
    }
    return text;
  }

  private static SkillText fenced(String text, ProblemLog problems) {
    int position = 0;
    while (position < text.length()) {
      int end = lineEnd(text, position);
      if (isFence(text.substring(position, end))) {
        String body = end < text.length() ? text.substring(end + 1) : "";
        return new SkillText(text.substring(0, position), body.stripLeading());
      }
      position = end + 1;
    }
    return unclosed(text, problems);
  }

  /// Without a closing fence the metadata ends at the first blank line or heading.
  private static SkillText unclosed(String text, ProblemLog problems) {
    problems.add(
        Severity.ERROR,
        Kind.FENCE_UNCLOSED,
        "the metadata is not closed; add a line '---' after it");
    int position = 0;
    while (position < text.length()) {
      int end = lineEnd(text, position);
      String line = text.substring(position, end);
      if (line.isBlank() || line.startsWith("#")) {
        break;
      }
      position = end + 1;
    }
    int cut = Math.min(position, text.length());
    return new SkillText(text.substring(0, cut), text.substring(cut).stripLeading());
  }

  private static boolean beginsWithKey(String text) {
    String line = firstLine(text).toLowerCase(Locale.ROOT);
    return line.startsWith("name:") || line.startsWith("description:");
  }

  private static boolean isFence(String line) {
    return line.stripTrailing().equals(FENCE);
  }

  private static String firstLine(String text) {
    return text.substring(0, lineEnd(text, 0));
  }

  private static String afterFirstLine(String text) {
    int end = lineEnd(text, 0);
    return end < text.length() ? text.substring(end + 1) : "";
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }
}
