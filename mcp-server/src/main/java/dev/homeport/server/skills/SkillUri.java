package dev.homeport.server.skills;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The address of a published skill's directory or file: `skill://<name>/<path>`.
///
/// @param name the skill
/// @param path relative to the skill's directory; empty for the directory itself
record SkillUri(String name, String path) {
  static final String SCHEME = "skill://";

  /// Marks that may stand in a segment as they are, beside letters and digits.
  private static final String UNRESERVED = "-._~";

  /// Reads an address; empty if it is none of a skill.
  static Optional<SkillUri> parse(String text) {
    if (!text.startsWith(SCHEME)) {
      return Optional.empty();
    }
    String rest = text.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    String name = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    boolean isWhole = !name.isEmpty() && (slash < 0 || !path.isEmpty());
    return isWhole ? decoded(path).map(decoded -> new SkillUri(name, decoded)) : Optional.empty();
  }

  /// The text with its escapes undone; empty if it is not what such a text encodes.
  private static Optional<String> decoded(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        bytes.write(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0 || (high << 4 | low) == '/') {
        return Optional.empty();
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  /// The address as text.
  String text() {
    return path.isEmpty() ? SCHEME + name : SCHEME + name + "/" + encoded(path);
  }

  private static String encoded(String path) {
    var out = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          c < 0x80 && (Character.isLetterOrDigit(c) || c == '/' || UNRESERVED.indexOf(c) >= 0);
      out.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return out.toString();
  }
}
