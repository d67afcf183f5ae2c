package dev.homeport.memory.check;

import dev.homeport.text.Lines;
import dev.homeport.text.Markdown;
import dev.homeport.text.Markdown.Stretch;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Finds what a Markdown text refers to: the targets of links, and what stands in code spans.
final class References {
  /// How something is referred to.
  enum Form {
    /// `[label](target)`.
    LINK,
    /// `[[target]]`, with or without the ending of the file.
    WIKI,
    /// A code span.
    CODE
  }

  /// Something that a text refers to.
  ///
  /// @param target without `#…` behind it
  /// @param form how it is referred to
  /// @param line the line it stands in, from 1
  record Reference(String target, Form form, int line) {}

  private static final int LONGEST_WIKI = 300;

  private final String text;
  private final List<Reference> found = new ArrayList<>();
  private int line = 1;
  private int counted;

  private References(String text) {
    this.text = text;
  }

  /// All references in order.
  static List<Reference> of(String text) {
    var references = new References(text);
    for (Stretch stretch : Markdown.parse(text).stretches()) {
      if (stretch.isCode()) {
        references.add(text.substring(stretch.start(), stretch.end()), Form.CODE, stretch.start());
      } else {
        references.scan(stretch.start(), stretch.end());
      }
    }
    return references.found;
  }

  private void scan(int from, int to) {
    int i = from;
    while (i < to) {
      if (text.startsWith("](", i)) {
        i = link(i + 2, to);
      } else if (text.startsWith("[[", i)) {
        i = wiki(i + 2, to);
      } else {
        i++;
      }
    }
  }

  private int link(int start, int to) {
    boolean isAngled = start < to && text.charAt(start) == '<';
    int begin = isAngled ? start + 1 : start;
    int depth = 0;
    for (int i = begin; i < to; i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return i;
      }
      depth += c == '(' ? 1 : 0;
      boolean isEnd = isAngled ? c == '>' : Character.isWhitespace(c) || (c == ')' && depth == 0);
      if (isEnd) {
        add(decoded(text.substring(begin, i)), Form.LINK, begin);
        return i + 1;
      }
      depth -= c == ')' ? 1 : 0;
    }
    return to;
  }

  private int wiki(int start, int to) {
    int limit = Math.min(to, start + LONGEST_WIKI);
    for (int i = start; i < limit && text.charAt(i) != '\n'; i++) {
      if (text.startsWith("]]", i)) {
        String target = text.substring(start, i);
        int bar = target.indexOf('|');
        add(bar < 0 ? target : target.substring(0, bar), Form.WIKI, start);
        return i + 2;
      }
    }
    return start;
  }

  private void add(String target, Form form, int position) {
    line += Lines.terminators(text.substring(counted, position));
    counted = position;
    int fragment = target.indexOf('#');
    String plain = (fragment < 0 ? target : target.substring(0, fragment)).strip();
    if (!plain.isEmpty()) {
      found.add(new Reference(plain, form, line));
    }
  }

  private static String decoded(String target) {
    if (target.indexOf('%') < 0) {
      return target;
    }
    try {
      return URLDecoder.decode(target.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return target;
    }
  }
}
