package dev.homeport.server.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Prints the steps as a person wants to read them.
final class Screen {
  private static final String BOLD = "1";
  private static final String DIM = "2";
  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String CYAN = "36";
  private static final int WIDTH = 100;
  private static final int ARGUMENT_WIDTH = 48;
  private static final int SHOWN_LINES = 3;
  private static final int FAILED_LINES = 30;

  private final PrintStream out;
  private final boolean colour;

  Screen(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  void chapter(String title) {
    out.println();
    out.println(paint(BOLD, title));
  }

  void line(String text) {
    out.println(text);
  }

  /// A step that is no call, such as the start of a process.
  void event(int number, String what, String text, Duration took) {
    out.printf("%3d  %s%n", number, head(what, text, took));
  }

  void call(int number, Act act, Reply reply) {
    out.printf("%3d  %s%n", number, head(act.tool(), act.purpose(), reply.took()));
    if (!act.arguments().isEmpty()) {
      out.println("     " + paint(DIM, shorten(arguments(act))));
    }
    shownLines(act, reply).forEach(line -> out.println("     " + paint(DIM, "│ ") + line));
  }

  void skipped(int number, Act act) {
    String text = paint(CYAN, act.tool()) + "  " + act.purpose() + "  " + paint(RED, "skipped");
    out.printf("%3d  %s%n", number, text);
  }

  void failure(String reason, String answer) {
    out.println(paint(RED, "FAILED  ") + reason);
    answer.lines().limit(FAILED_LINES).forEach(line -> out.println("     │ " + shorten(line)));
  }

  void success(String text) {
    out.println(paint(GREEN, text));
  }

  private String head(String what, String text, Duration took) {
    String milliseconds = took.toMillis() + " ms";
    int gap = Math.max(2, WIDTH - 7 - what.length() - text.length() - milliseconds.length());
    return paint(CYAN, what) + "  " + text + " ".repeat(gap) + paint(DIM, milliseconds);
  }

  private static String arguments(Act act) {
    return act.arguments().entrySet().stream()
        .map(argument -> argument.getKey() + "=" + shortValue(argument.getValue()))
        .collect(Collectors.joining("  "));
  }

  private static String shortValue(Object value) {
    String text = plain(value).replace("\n", "⏎");
    return text.length() <= ARGUMENT_WIDTH ? text : text.substring(0, ARGUMENT_WIDTH - 1) + "…";
  }

  /// Objects without their braces, so that the short form says more.
  private static String plain(Object value) {
    return switch (value) {
      case List<?> list ->
          list.stream().map(Screen::plain).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.values().stream().map(Screen::plain).collect(Collectors.joining(" "));
      default -> value.toString();
    };
  }

  /// The lines that hold what was expected, else the first ones.
  private static List<String> shownLines(Act act, Reply reply) {
    List<String> lines = reply.text().lines().filter(line -> !line.isBlank()).toList();
    List<String> evidence =
        lines.stream().filter(line -> act.expected().stream().anyMatch(line::contains)).toList();
    List<String> chosen = evidence.isEmpty() ? lines : evidence;
    return chosen.stream().limit(SHOWN_LINES).map(Screen::shorten).toList();
  }

  private static String shorten(String line) {
    String text = line.strip().replace('\t', ' ');
    int width = WIDTH - 7;
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }
}
