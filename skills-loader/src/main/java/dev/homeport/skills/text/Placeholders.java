package dev.homeport.skills.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fills the placeholders in a skill's body, in one pass: a value is never scanned again.
///
/// `$ARGUMENTS` is all arguments, `$ARGUMENTS[0]` and `$0` the first one, `$name` one that the
/// skill declared, `${NAME}` a variable, `{baseDir}` the skill's directory; `\$` keeps the dollar.
/// A position without an argument and an unknown variable stay as they are, a declared name without
/// an argument becomes empty. Arguments that no placeholder takes are appended. Not thread-safe.
public final class Placeholders {
  private static final String ALL = "ARGUMENTS";
  private static final String BASE_DIRECTORY = "{baseDir}";

  private final List<String> names;
  private final String arguments;
  private final List<String> positions;
  private final Map<String, String> variables;
  private boolean used;

  /// Takes what the placeholders stand for.
  ///
  /// @param names the names of the positions, as the skill declared them
  /// @param arguments all arguments as the caller wrote them
  /// @param variables values by name
  public Placeholders(List<String> names, String arguments, Map<String, String> variables) {
    this(names, arguments, split(arguments), variables);
  }

  private Placeholders(
      List<String> names, String arguments, List<String> positions, Map<String, String> variables) {
    this.names = names;
    this.arguments = arguments;
    this.positions = positions;
    this.variables = variables;
  }

  /// A command with its placeholders filled: each argument is one word of the shell, whatever it
  /// holds, and arguments that no placeholder takes are left out.
  public static String fillCommand(
      String command, List<String> names, String arguments, Map<String, String> variables) {
    List<String> words = split(arguments).stream().map(Placeholders::quoted).toList();
    return new Placeholders(names, String.join(" ", words), words, variables).replace(command);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /// What stands at a position of the body.
  ///
  /// @param length how many characters it takes
  /// @param value what to put there; null keeps them
  private record Match(int length, @Nullable String value) {}

  /// The body with its placeholders filled.
  public String fill(String body) {
    var out = new StringBuilder(replace(body));
    if (!used && !arguments.isBlank()) {
      out.append(out.isEmpty() || out.charAt(out.length() - 1) == '\n' ? "" : "\n");
      out.append("\nARGUMENTS: ").append(arguments).append('\n');
    }
    return out.toString();
  }

  private String replace(String body) {
    used = false;
    var out = new StringBuilder(body.length());
    int i = 0;
    while (i < body.length()) {
      Match match = match(body, i);
      out.append(match.value() != null ? match.value() : body.substring(i, i + match.length()));
      i += match.length();
    }
    return out.toString();
  }

  private Match match(String body, int at) {
    char c = body.charAt(at);
    if (c == '\\' && at + 1 < body.length() && body.charAt(at + 1) == '$') {
      Match escaped = dollar(body, at + 1);
      return escaped.value() == null
          ? new Match(2, null)
          : new Match(1 + escaped.length(), body.substring(at + 1, at + 1 + escaped.length()));
    }
    if (c == '{' && body.startsWith(BASE_DIRECTORY, at)) {
      return new Match(BASE_DIRECTORY.length(), variables.get("CLAUDE_SKILL_DIR"));
    }
    if (c != '$') {
      return new Match(1, null);
    }
    Match match = dollar(body, at);
    used |= match.value() != null && body.charAt(at + 1) != '{';
    return match;
  }

  private Match dollar(String body, int at) {
    if (body.startsWith("{", at + 1)) {
      int end = body.indexOf('}', at);
      return end < 0
          ? new Match(1, null)
          : new Match(end + 1 - at, variables.get(body.substring(at + 2, end)));
    }
    int end = at + 1;
    while (end < body.length() && isWordCharacter(body.charAt(end))) {
      end++;
    }
    String word = body.substring(at + 1, end);
    if (word.equals(ALL)) {
      return all(body, at, end);
    }
    Match plain = new Match(Math.max(1, end - at), null);
    if (isNumber(word)) {
      return new Match(plain.length(), position(word));
    }
    int index = names.indexOf(word);
    return index < 0
        ? plain
        : new Match(plain.length(), index < positions.size() ? positions.get(index) : "");
  }

  private Match all(String body, int at, int end) {
    int close = body.startsWith("[", end) ? body.indexOf(']', end) : -1;
    if (close > 0 && isNumber(body.substring(end + 1, close))) {
      return new Match(close + 1 - at, position(body.substring(end + 1, close)));
    }
    return new Match(end - at, arguments);
  }

  private @Nullable String position(String number) {
    int index = Integer.parseInt(number);
    return index < positions.size() ? positions.get(index) : null;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 3
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isWordCharacter(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '_');
  }

  /// Splits as a shell would: quotes hold words together.
  private static List<String> split(String arguments) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < arguments.length(); i++) {
      char c = arguments.charAt(i);
      if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        inWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  /// Whether a body holds commands to be run when it is loaded, which Homeport shows as they are.
  public static boolean hasCommands(String body) {
    return body.lines()
        .anyMatch(line -> line.startsWith("!`") || line.contains(" !`") || line.startsWith("```!"));
  }
}
