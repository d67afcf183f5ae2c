package dev.homeport.plan;

import java.util.List;

/// Counts what a plan says, line by line and with nothing but comparisons of text.
final class PlanModel {
  private String fence = "";
  private boolean comment;
  private boolean indented;
  private boolean inPhase;
  private int phases;
  private int complete;
  private int items;
  private int done;
  private int phaseItems;
  private int phaseDone;
  private String status = "";
  private String inline = "";

  private PlanModel() {}

  /// The counts of a plan.
  static PlanCounts counts(String text) {
    PlanModel model = read(text);
    return new PlanCounts(model.phases, model.complete, model.items, model.done);
  }

  /// Whether no fence or comment is open at the end.
  static boolean isClosed(String text) {
    PlanModel model = read(text);
    return model.fence.isEmpty() && !model.comment;
  }

  /// Whether a fence or comment is open at the end that may be a part of a list item.
  static boolean isOpenIndented(String text) {
    return !isClosed(text) && read(text).indented;
  }

  private static PlanModel read(String text) {
    var model = new PlanModel();
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (String line : unmarked.split("\n", -1)) {
      model.line(line.stripTrailing());
    }
    model.endPhase();
    return model;
  }

  private void line(String line) {
    String inner = line.strip();
    if (!fence.isEmpty()) {
      boolean closes =
          inner.length() >= fence.length() && inner.replace(fence.substring(0, 1), "").isEmpty();
      fence = closes ? "" : fence;
    } else if (comment || inner.startsWith("<!--")) {
      indented = comment ? indented : isIndented(line);
      comment = !inner.contains("-->");
    } else if (fenceOf(inner).length() >= 3) {
      fence = fenceOf(inner);
      indented = isIndented(line);
    } else {
      text(line, inner);
    }
  }

  private static boolean isIndented(String line) {
    return line.startsWith(" ") || line.startsWith("\t");
  }

  /// The run of backticks or tildes that a line begins with; none if backticks follow later on,
  /// because then they only quote a part of the line.
  static String fenceOf(String line) {
    for (String mark : List.of("`", "~")) {
      int length = 0;
      while (line.startsWith(mark, length)) {
        length++;
      }
      if (length > 0) {
        return mark.equals("`") && line.indexOf('`', length) >= 0 ? "" : mark.repeat(length);
      }
    }
    return "";
  }

  private void text(String line, String inner) {
    for (String heading : List.of("#", "##", "###")) {
      if (line.equals(heading)
          || line.startsWith(heading + " ")
          || line.startsWith(heading + "\t")) {
        endPhase();
        if (heading.equals("###")) {
          beginPhase(unclosed(line.substring(3).strip()));
        }
        return;
      }
    }
    if (!inPhase) {
      return;
    }
    String box = box(inner);
    phaseItems += box.isEmpty() ? 0 : 1;
    phaseDone += box.equals("[x]") ? 1 : 0;
    for (String label : List.of("**Status:**", "**Status**:")) {
      for (String bullet : List.of("", "- ", "* ")) {
        if (status.isEmpty() && inner.startsWith(bullet + label)) {
          String value = inner.substring(bullet.length() + label.length()).strip();
          String word = value.contains(" ") ? value.substring(0, value.indexOf(' ')) : value;
          status = known(value).isEmpty() ? known(word) : known(value);
        }
      }
    }
  }

  /// The checkbox behind the bullet of a line, or nothing; without space behind it, it is a link.
  private static String box(String line) {
    String bullet = line.isEmpty() ? "" : line.substring(0, 1);
    String item = line.substring(bullet.length());
    String text = item;
    while (isIndented(text)) {
      text = text.substring(1);
    }
    String box = text.substring(0, Math.min(3, text.length())).replace('X', 'x');
    boolean isBox =
        List.of("-", "*", "+").contains(bullet)
            && isIndented(item)
            && List.of("[ ]", "[x]").contains(box)
            && (text.length() == 3 || Character.isWhitespace(text.charAt(3)));
    return isBox ? box : "";
  }

  /// The text of a heading without the number signs that close it.
  private static String unclosed(String heading) {
    String text = heading;
    while (text.endsWith("#")) {
      text = text.substring(0, text.length() - 1);
    }
    return text.equals(text.strip()) && !text.isEmpty() ? heading : text.strip();
  }

  private void beginPhase(String heading) {
    int digits = 0;
    while (heading.startsWith("Phase ")
        && 6 + digits < heading.length()
        && "0123456789".indexOf(heading.charAt(6 + digits)) >= 0) {
      digits++;
    }
    inPhase = digits >= 1 && digits <= 6;
    if (inPhase && heading.endsWith("]") && heading.contains("[")) {
      inline = known(heading.substring(heading.lastIndexOf('[') + 1, heading.length() - 1));
    }
  }

  private static String known(String word) {
    return PhaseStatus.of(word).map(PhaseStatus::label).orElse("");
  }

  private void endPhase() {
    if (inPhase) {
      phases++;
      items += phaseItems;
      done += phaseDone;
      String said = status.isEmpty() ? inline : status;
      boolean allDone = phaseItems > 0 && phaseDone == phaseItems;
      complete += said.equals("complete") || (said.isEmpty() && allDone) ? 1 : 0;
    }
    inPhase = false;
    phaseItems = 0;
    phaseDone = 0;
    status = "";
    inline = "";
  }
}
