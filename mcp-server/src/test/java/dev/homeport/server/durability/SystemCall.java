package dev.homeport.server.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// One system call of a trace that `strace -f -y -o` wrote.
///
/// @param name such as `fsync`
/// @param arguments as strace prints them: a descriptor with what it refers to, texts in quotes
/// @param failed whether it did nothing
/// @param begin the line of the trace on which it began
/// @param end the line on which it was over; the same unless other threads made calls meanwhile
record SystemCall(String name, List<String> arguments, boolean failed, int begin, int end) {
  private static final String UNFINISHED = " <unfinished ...>";
  private static final String RESUMED = " resumed>";

  private record Begun(String text, int line) {}

  /// Reads a trace. Calls that never came back, signals and exits are left out.
  static List<SystemCall> read(Path trace) throws IOException {
    return parse(Files.readAllLines(trace));
  }

  static List<SystemCall> parse(List<String> lines) {
    var calls = new ArrayList<SystemCall>();
    var unfinished = new HashMap<String, Begun>();
    for (int number = 0; number < lines.size(); number++) {
      String line = lines.get(number);
      String thread = line.substring(0, line.indexOf(' '));
      String text = line.substring(thread.length()).strip();
      if (text.endsWith(UNFINISHED)) {
        String head = text.substring(0, text.length() - UNFINISHED.length());
        unfinished.put(thread, new Begun(head, number));
      } else if (text.startsWith("<... ")) {
        Begun begun = unfinished.remove(thread);
        String tail = text.substring(text.indexOf(RESUMED) + RESUMED.length());
        calls.add(parse(begun.text() + tail, begun.line(), number));
      } else if (!text.startsWith("+++") && !text.startsWith("---")) {
        calls.add(parse(text, number, number));
      }
    }
    return calls;
  }

  private static SystemCall parse(String text, int begin, int end) {
    int open = text.indexOf('(');
    var arguments = new ArrayList<String>();
    int start = open + 1;
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '"' -> i = endOfText(text, i);
        case '<' -> i = text.indexOf('>', i);
        case '[', '{' -> depth++;
        case ']', '}' -> depth--;
        case ',' -> {
          if (depth == 0) {
            arguments.add(text.substring(start, i).strip());
            start = i + 1;
          }
        }
        case ')' -> {
          arguments.add(text.substring(start, i).strip());
          String result = text.substring(i + 1).strip();
          return new SystemCall(
              text.substring(0, open), arguments, result.startsWith("= -1"), begin, end);
        }
        default -> {}
      }
    }
    throw new AssertionError("not a system call: " + text);
  }

  private static int endOfText(String text, int quote) {
    int i = quote + 1;
    while (text.charAt(i) != '"') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }

  /// What the descriptor refers to that is argument `index`, if it is a file or a directory.
  Optional<Path> file(int index) {
    String argument = arguments.get(index);
    int open = argument.indexOf("</");
    return open < 0
        ? Optional.empty()
        : Optional.of(Path.of(argument.substring(open + 1, argument.indexOf('>', open))));
  }

  /// The path that argument `index` names, relative to the directory that is the argument before.
  Path pathIn(int index) {
    Path name = path(index);
    return file(index - 1).map(directory -> directory.resolve(name)).orElse(name);
  }

  /// The path that argument `index` is.
  Path path(int index) {
    String argument = arguments.get(index);
    return Path.of(argument.substring(1, endOfText(argument, 0)));
  }
}
