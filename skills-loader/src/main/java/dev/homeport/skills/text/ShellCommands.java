package dev.homeport.skills.text;

import java.util.ArrayList;
import java.util.List;

/// The commands in a skill's body, taken out of it: `` !`…` `` at the start of a line or behind a
/// space, and blocks that begin with ```` ```! ````. Inside other blocks of code there are none.
///
/// @param text the body with a mark in place of each command
/// @param commands the commands in their order
public record ShellCommands(String text, List<String> commands) {
  /// Stands around the number of a command; bodies hold none.
  private static final char MARK = '\0';

  private static final String BLOCK = "```!";
  private static final String FENCE = "```";

  /// Copies the commands.
  public ShellCommands {
    commands = List.copyOf(commands);
  }

  /// A body whose commands stay where they are.
  public static ShellCommands none(String body) {
    return new ShellCommands(body, List.of());
  }

  /// Takes the commands out of a body.
  public static ShellCommands in(String body) {
    var text = new StringBuilder();
    var commands = new ArrayList<String>();
    boolean isCode = false;
    List<String> lines = body.replace(String.valueOf(MARK), "").lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int end = !isCode && line.stripTrailing().equals(BLOCK) ? closing(lines, i + 1) : -1;
      if (end > 0) {
        mark(text, commands, String.join("\n", lines.subList(i + 1, end)));
        i = end;
      } else {
        isCode ^= line.stripLeading().startsWith(FENCE);
        inLine(line, isCode, text, commands);
      }
      text.append('\n');
    }
    return new ShellCommands(text.toString(), commands);
  }

  private static int closing(List<String> lines, int from) {
    for (int i = from; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(FENCE)) {
        return i;
      }
    }
    return -1;
  }

  private static void inLine(
      String line, boolean isCode, StringBuilder text, List<String> commands) {
    int at = 0;
    while (at < line.length()) {
      boolean begins =
          !isCode
              && line.startsWith("!`", at)
              && (at == 0 || Character.isWhitespace(line.charAt(at - 1)));
      int end = begins ? line.indexOf('`', at + 2) : -1;
      if (end > at + 2) {
        mark(text, commands, line.substring(at + 2, end));
        at = end + 1;
      } else {
        text.append(line.charAt(at++));
      }
    }
  }

  private static void mark(StringBuilder text, List<String> commands, String command) {
    text.append(MARK).append(commands.size()).append(MARK);
    commands.add(command);
  }

  /// The text with what each command printed in its place; what is put there is not looked at
  /// again.
  ///
  /// @param filled the text, which may have been changed around the marks
  /// @param outputs one for each command
  public String with(String filled, List<String> outputs) {
    var body = new StringBuilder();
    int at = 0;
    for (int i = 0; i < commands.size(); i++) {
      String mark = MARK + String.valueOf(i) + MARK;
      int found = filled.indexOf(mark, at);
      if (found >= 0) {
        body.append(filled, at, found).append(outputs.get(i).stripTrailing());
        at = found + mark.length();
      }
    }
    return body.append(filled.substring(at)).toString();
  }
}
