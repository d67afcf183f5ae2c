package dev.homeport.memory;

import dev.homeport.memory.MemoryCommand.Insert;
import dev.homeport.memory.MemoryCommand.StrReplace;
import dev.homeport.text.Anchor;
import dev.homeport.text.Lines;
import java.util.stream.Collectors;

/// A text after an edit, and what the agent is told about it.
///
/// @param content the whole new text
/// @param answer what the agent reads
record MemoryEdit(String content, String answer) {
  private static final int CONTEXT = 2;

  static MemoryEdit replace(MemoryPath path, StrReplace command, String content)
      throws RefusedException {
    if (command.oldStr().isEmpty()) {
      throw new RefusedException(
          "No replacement was performed, old_str is empty; quote the text to replace, or use"
              + " insert.");
    }
    Anchor anchor = Anchor.find(content, command.oldStr());
    if (anchor.starts().isEmpty()) {
      throw new RefusedException(
          "No replacement was performed, old_str `%s` did not appear verbatim in %s."
              .formatted(command.oldStr(), path));
    }
    if (anchor.starts().size() > 1) {
      throw new RefusedException(
          "No replacement was performed. Multiple occurrences of old_str `%s` in lines: %s. Please ensure it is unique"
              .formatted(
                  command.oldStr(),
                  anchor.starts().stream()
                      .map(start -> Integer.toString(Lines.numberAt(content, start)))
                      .collect(Collectors.joining(", "))));
    }
    String inserted = anchor.adapt(command.newStr());
    String edited = anchor.replaceAll(content, inserted);
    int start = anchor.starts().getFirst();
    int first = Lines.numberAt(edited, start);
    int last = Lines.numberAt(edited, start + inserted.length());
    return new MemoryEdit(
        edited,
        "The memory file has been edited.\n"
            + Lines.numbered(edited, Math.max(1, first - CONTEXT), last + CONTEXT));
  }

  static MemoryEdit insert(MemoryPath path, Insert command, String content)
      throws RefusedException {
    int lines = Lines.count(content);
    int after = command.insertLine();
    if (after < 0 || after > lines) {
      throw new RefusedException(
          "Error: Invalid `insert_line` parameter: %d. It should be within the range of lines of the file: [0, %d]"
              .formatted(after, lines));
    }
    boolean isCrlf = Anchor.endsInCrlf(content);
    String newline = isCrlf ? "\r\n" : "\n";
    String text = isCrlf ? Anchor.toCrlf(command.insertText()) : command.insertText();
    int position = after == 0 ? byteOrderMark(content) : Lines.start(content, after + 1);
    String before = content.substring(0, position);
    if (after > 0 && !before.endsWith("\n")) {
      text = newline + text;
    } else if (!text.endsWith("\n")) {
      text = text + newline;
    }
    return new MemoryEdit(
        before + text + content.substring(position), "The file " + path + " has been edited.");
  }

  private static int byteOrderMark(String content) {
    return content.startsWith("\uFEFF") ? 1 : 0;
  }
}
