package dev.homeport.search;

import dev.homeport.search.regex.CompiledPattern;
import dev.homeport.search.regex.Regex;
import dev.homeport.search.regex.RegexSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/// Makes patterns out of the text of a tree, most of which match something in it.
///
/// Some characters of a piece of text give way to classes, repetitions and groups that match them;
/// pieces are joined to alternatives, across lines, and put between anchors.
final class TreePatterns {
  private static final String META = "\\.+*?()|[]{}^$#&-~";

  private static final List<String> CONSTRUCTS =
      List.of(
          "",
          ".",
          "^",
          "$",
          "^$",
          "x*",
          "|",
          "a|",
          "^.{40}$",
          "\\S+$",
          "\\s+$",
          "^\\s*#",
          "\\d{5,}",
          "[0-9a-f]{12}",
          "\\w+_\\d{4}",
          "\\p{Lu}{6,}",
          "\\p{Greek}",
          "\\p{Han}+",
          "[^\\x00-\\x7F]",
          "[[:punct:]]{5}",
          "\\b\\w\\b",
          "\\B-\\B",
          "(?i)[k-s]{7}",
          "\\t\\t\\t",
          "\\x41B",
          "\\u{e9}",
          "(?x) a  b",
          "(?s:.)\\z",
          "\\Aa",
          "(?U)a.*b",
          "(?:a{2}){2}",
          "[a-c&&b-d]{3}",
          "[^\\W_]{9}",
          "\\r$",
          "[\\n]",
          "a\\nb",
          "(?m)^}$",
          "(?-m)^}$",
          "(?R)}$",
          "[]a]",
          "[a-\\d]",
          "(?P<n>a)b",
          "(a)\\1",
          "(?=a)",
          "a**",
          "\\p{foo}",
          "\\Qa",
          "(?i)ſ",
          "ß",
          "é");

  private static final List<String> WILD =
      List.of(".*", ".+", ".*?", ".{0,9}", "\\S*", "\\w*", "[^;]*", "[^\"]+", "(?:.|x)*");

  private final Random random;

  TreePatterns(Random random) {
    this.random = random;
  }

  /// A pattern.
  ///
  /// @param lines neighbouring lines of a file; at least one
  String next(List<String> lines) {
    String line = lines.get(random.nextInt(lines.size()));
    String pattern =
        switch (random.nextInt(20)) {
          case 0, 1, 2, 3 -> escaped(piece(line, 4, 20));
          case 4 -> escaped(piece(line, 1, 3));
          case 5, 6, 7 -> word(line);
          case 8, 9, 10, 11, 12 -> varied(piece(line, 3, 24));
          case 13, 14 -> alternatives(lines);
          case 15 -> word(line) + "_?(?:" + alternatives(lines) + ")";
          case 16, 17, 18 -> acrossLines(lines);
          default -> pick(CONSTRUCTS);
        };
    return enclosed(pattern);
  }

  /// Plain text of a line.
  String literal(String line) {
    return piece(line, 1, 20);
  }

  /// Whether a pattern matches the empty string somewhere.
  static boolean canBeEmpty(String pattern) {
    try {
      return canBeEmpty(CompiledPattern.compile(pattern, Set.of()).regex());
    } catch (RegexSyntaxException e) {
      return false;
    }
  }

  /// Whether what stands before a match counts.
  static boolean looksBack(String pattern) {
    String plain = pattern.replace("[^", "[");
    return Stream.of("^", "\\b", "\\B", "\\A").anyMatch(plain::contains);
  }

  private static boolean canBeEmpty(Regex regex) {
    return switch (regex) {
      case Regex.Empty(), Regex.Anchor _ -> true;
      case Regex.Chars _ -> false;
      case Regex.Sequence(var parts) -> parts.stream().allMatch(TreePatterns::canBeEmpty);
      case Regex.Choice(var branches) -> branches.stream().anyMatch(TreePatterns::canBeEmpty);
      case Regex.Repeat(var body, var min, _, _) -> min == 0 || canBeEmpty(body);
    };
  }

  private String enclosed(String pattern) {
    return switch (random.nextInt(30)) {
      case 0, 1 -> "\\b(?:" + pattern + ")\\b";
      case 2 -> "\\b" + pattern;
      case 3 -> pattern + "\\B";
      case 4, 5 -> "^" + pattern;
      case 6, 7 -> pattern + "$";
      case 8 -> "^(?:" + pattern + ")$";
      case 9 -> "(?i)" + pattern;
      case 10 -> "x?(?i:" + pattern + ")";
      case 11 -> "(" + pattern + "){1,2}";
      case 12 -> "(?-u:\\b)" + pattern;
      case 13 -> "\\s" + pattern;
      case 14 -> "^\\s*" + pattern;
      default -> pattern;
    };
  }

  private String alternatives(List<String> lines) {
    var branches = new ArrayList<String>();
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      String line = lines.get(random.nextInt(lines.size()));
      branches.add(random.nextBoolean() ? word(line) : varied(piece(line, 2, 12)));
    }
    return String.join("|", branches);
  }

  private String acrossLines(List<String> lines) {
    int first = random.nextInt(lines.size());
    String head = lines.get(first);
    String tail = lines.get(Math.min(first + 1, lines.size() - 1));
    String start = head.substring(Math.max(0, head.length() - 1 - random.nextInt(12)));
    int end =
        Math.min(tail.length(), tail.length() - tail.strip().length() + 1 + random.nextInt(9));
    String between = pick(List.of("\\n", "\\s*\\n", "\\s+", "\\n\\s*", "[^x]", "\\r?\\n", ".*?"));
    String join =
        random.nextInt(4) == 0 ? escaped(tail.substring(0, end)) : varied(tail.substring(0, end));
    return escaped(start) + between + join;
  }

  /// A run of characters of a line, which begin and end where code points do.
  private String piece(String line, int least, int most) {
    int[] points = line.codePoints().toArray();
    int length = Math.min(points.length, least + random.nextInt(most - least + 1));
    int from = random.nextInt(points.length - length + 1);
    return new String(points, from, length);
  }

  private String word(String line) {
    String[] words = line.split("[^\\p{L}\\p{N}_]+", -1);
    return words.length == 0 ? escaped(line) : escaped(words[random.nextInt(words.length)]);
  }

  private String varied(String text) {
    int[] points = text.codePoints().toArray();
    var pattern = new StringBuilder();
    for (int i = 0; i < points.length; i++) {
      String other = Character.toString(points[random.nextInt(points.length)]);
      switch (random.nextInt(9)) {
        case 0 -> pattern.append(like(points[i], other));
        case 1 -> pattern.append(repeated(escaped(Character.toString(points[i]))));
        case 2 -> {
          if (random.nextInt(4) == 0) {
            pattern.append(pick(WILD));
            i += random.nextInt(6);
          } else {
            pattern.append(escaped(Character.toString(points[i])));
          }
        }
        default -> pattern.append(escaped(Character.toString(points[i])));
      }
    }
    return pattern.toString();
  }

  private String repeated(String atom) {
    return atom + pick(List.of("+", "{1,3}", "*", "?", "+?", "{1}", "{0,2}", "??"));
  }

  /// Something that matches a character.
  private String like(int point, String other) {
    String itself = escaped(Character.toString(point));
    return switch (random.nextInt(10)) {
      case 0 -> "[" + itself + escaped(other) + "]";
      case 1 -> "(?:" + itself + "|" + escaped(other) + ")";
      case 2 -> "(" + itself + ")";
      case 3 -> other.codePointAt(0) == point ? "[" + itself + "]" : "[^" + escaped(other) + "]";
      case 4 -> "(?i:" + itself + ")";
      case 5 -> "\\x{" + Integer.toHexString(point) + "}";
      case 6 -> ".";
      default -> ofClass(point);
    };
  }

  private String ofClass(int point) {
    if (Character.isDigit(point)) {
      return pick(List.of("\\d", "[0-9]", "[[:digit:]]", "\\p{Nd}"));
    }
    if (Character.isUpperCase(point)) {
      return pick(List.of("\\p{Lu}", "\\p{L}", "[A-Z]", "\\w"));
    }
    if (Character.isLetter(point)) {
      return pick(List.of("[a-z]", "\\p{Ll}", "\\p{Alphabetic}", "\\w", "[[:alpha:]]"));
    }
    return Character.isWhitespace(point) ? pick(List.of("\\s", "[\\t ]", "\\W")) : "\\W";
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          if (META.indexOf(point) >= 0) {
            escaped.append('\\');
          }
          escaped.appendCodePoint(point);
        });
    return escaped.toString();
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
