package dev.homeport.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Something worth remembering beyond the session.
///
/// @param name short and unique, such as `Payment retries`; names the topic file
/// @param description one line by which an agent decides whether to read on
/// @param type what kind of fact
/// @param body the fact itself, in Markdown
public record Fact(String name, String description, Type type, String body) {
  /// The kinds of facts.
  public enum Type {
    /// About the user: role, preferences, knowledge.
    USER,
    /// How the user wants work to be done.
    FEEDBACK,
    /// About the work in this workspace.
    PROJECT,
    /// Where to look something up.
    REFERENCE;

    /// The name as files have it: lower case.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int MAX_NAME = 80;
  private static final int MAX_DESCRIPTION = 300;

  /// Strips white space around name and description and checks them.
  public Fact {
    name = oneLine("name", name, MAX_NAME);
    description = oneLine("description", description, MAX_DESCRIPTION);
    if (slug(name).isEmpty() || slug(name).equals("memory")) {
      throw new IllegalArgumentException(
          "name is '" + name + "', but it must have letters or digits and not be 'memory'");
    }
  }

  private static String oneLine(String what, String given, int most) {
    String text = given.strip();
    if (text.isEmpty() || text.codePointCount(0, text.length()) > most) {
      throw new IllegalArgumentException(
          what + " must have 1 to " + most + " characters, but has " + text.length());
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(what + " must be a single line");
    }
    return text;
  }

  /// The name of the topic file: the name in lower case with `-` between words, then `.md`.
  public String fileName() {
    return slug(name) + ".md";
  }

  private static String slug(String name) {
    var out = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(c -> {
          if (Character.isLetterOrDigit(c)) {
            out.appendCodePoint(c);
          } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '-') {
            out.append('-');
          }
        });
    int end = out.length();
    return !out.isEmpty() && out.charAt(end - 1) == '-'
        ? out.substring(0, end - 1)
        : out.toString();
  }

  /// The topic file: frontmatter and body.
  String render(Instant modified) {
    return """
    ---
    name: %s
    description: %s
    type: %s
    modified: %s
    ---

    %s
    """
        .formatted(
            yaml(name),
            yaml(description),
            type.label(),
            modified.truncatedTo(ChronoUnit.SECONDS),
            body.stripTrailing());
  }

  /// Whether a topic file says the same, whenever it was written.
  boolean isSaidBy(String topic) {
    int start = topic.indexOf("\nmodified: ");
    int end = start < 0 ? -1 : topic.indexOf('\n', start + 1);
    String epoch = "\nmodified: " + Instant.EPOCH;
    return end > 0
        && (topic.substring(0, start) + epoch + topic.substring(end)).equals(render(Instant.EPOCH));
  }

  /// The line of `MEMORY.md` that leads to the topic file.
  String indexLine() {
    String label = name.replace("[", "\\[").replace("]", "\\]");
    return "- [" + label + "](" + fileName() + ") - " + description;
  }

  /// A YAML scalar: plain where nothing can be misread, else in double quotes.
  private static String yaml(String text) {
    boolean isPlain =
        text.indexOf(' ') > 0
            && Character.isLetter(text.codePointAt(0))
            && text.codePoints()
                .allMatch(c -> Character.isLetterOrDigit(c) || " -_.,;()/+".indexOf(c) >= 0);
    return isPlain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
