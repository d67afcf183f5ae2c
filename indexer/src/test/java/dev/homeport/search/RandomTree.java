package dev.homeport.search;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// Makes trees, patterns and globs that are rich in the cases that searches get wrong.
final class RandomTree {
  private static final List<String> WORDS =
      List.of(
          "foo",
          "Foo",
          "FOO",
          "bar",
          "foo_bar",
          "fooBar",
          "ſtop",
          "Stop",
          "\u212Aelvin",
          "kelvin",
          "Müller",
          "MÜLLER",
          "x",
          "",
          "a1",
          "2024",
          "0xFF",
          "TODO",
          "é",
          "日本",
          "\t",
          "end",
          "a.b",
          "a|b",
          "(",
          "[",
          "\r",
          "\u0085",
          "\u2028",
          "σς",
          "ß",
          "ẞ",
          "İ",
          "ı");

  private static final List<String> PATTERNS =
      List.of(
          "foo",
          "Foo|bar",
          "foo.*bar",
          "^foo",
          "bar$",
          "^$",
          "",
          "\\w+_\\w+",
          "\\bfoo\\b",
          "\\d{4}",
          "[^a-z]",
          "\\s+$",
          "(?i)müller",
          "stop",
          "kelvin",
          "é",
          "\\p{Lu}\\w",
          "a.b",
          "f[o]{2}",
          "(foo|bar)_?b",
          "^\\s*$",
          "x?",
          "[[:upper:]]{2}",
          "\\W",
          "foo\\b.",
          ".",
          "\\S",
          "日.?",
          "^.{3}$",
          "(?-u:\\bfoo)",
          "\\x66oo",
          "[a-f&&[^c]]o*",
          "^(?:foo|x)$",
          "\\Boo",
          "o{2,3}",
          "(a",
          "*x",
          "a{2",
          "[z-a]",
          "(?=x)",
          "\\1",
          "foo\\nbar",
          "foo\\s+bar",
          "r$",
          "\\r$",
          "end\\z",
          "\\Afoo",
          "\\p{Greek}",
          "σ",
          "ß",
          "i",
          "[ß-é]",
          "(?s)o.b",
          "(?m)^bar",
          "\\D\\d");

  private static final List<String> NAMES =
      List.of(
          "a.txt",
          "b.md",
          "Main.java",
          "x.log",
          ".hidden",
          ".env.md",
          "README",
          "é.txt",
          "a b.txt",
          "[x].md",
          "build.gradle",
          "c.java");

  private static final List<String> DIRECTORIES =
      List.of("", "src", "src/main", "docs", ".config", "build", "target/deep", "a+b", "src/.git2");

  private static final List<String> RULES =
      List.of(
          "*.log",
          "build/",
          "/src/main",
          "!x.log",
          "**/deep",
          "*.{md,txt}",
          "docs/*.md",
          "#c",
          "\\#c",
          "!.hidden",
          "target/**",
          "a?b",
          "[A-M]*.java",
          "  ",
          "foo ",
          "src/**/c.java",
          "/a.txt",
          "!src/main/a.txt",
          "{",
          "*.java\\ ");

  private static final List<String> GLOBS =
      List.of(
          "*.java",
          "*.{md,txt}",
          "!*.md",
          "src/**",
          "**/main/*",
          "[a-c]*",
          "!src/",
          "*",
          ".*",
          "docs",
          "/a.txt",
          "**/*.txt",
          "!**/build/**",
          "{src,docs}/*.md",
          "*.LOG");

  private RandomTree() {}

  static void write(Path root, Random random) throws IOException {
    if (random.nextInt(3) > 0) {
      Files.createDirectories(root.resolve(".git/info"));
      if (random.nextBoolean()) {
        Files.writeString(root.resolve(".git/info/exclude"), rules(random));
      }
    }
    for (String directory : DIRECTORIES) {
      Path at = Files.createDirectories(root.resolve(directory));
      for (String name : NAMES) {
        if (random.nextInt(3) > 0) {
          Files.write(at.resolve(name), content(random));
        }
      }
      for (String file : List.of(".gitignore", ".ignore", ".rgignore")) {
        if (random.nextInt(6) == 0) {
          Files.writeString(at.resolve(file), rules(random));
        }
      }
    }
    if (random.nextInt(4) == 0) {
      Files.createDirectories(root.resolve("src/.git"));
    }
  }

  static String pattern(Random random) {
    String pattern = pick(PATTERNS, random);
    return random.nextInt(5) == 0 ? pattern + "|" + pick(PATTERNS, random) : pattern;
  }

  static String[] glob(Random random) {
    return random.nextBoolean()
        ? new String[] {pick(GLOBS, random)}
        : new String[] {pick(GLOBS, random), pick(GLOBS, random)};
  }

  private static String rules(Random random) {
    var rules = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      rules.append(pick(RULES, random)).append('\n');
    }
    return rules.toString();
  }

  private static byte[] content(Random random) {
    var text = new StringBuilder();
    boolean large = random.nextInt(12) == 0;
    for (int i = random.nextInt(large ? 9_000 : 14); i > 0; i--) {
      for (int j = random.nextInt(4); j > 0; j--) {
        text.append(pick(WORDS, random)).append(random.nextInt(3) == 0 ? "" : " ");
      }
      text.append(random.nextInt(8) == 0 ? "\r\n" : "\n");
    }
    if (random.nextInt(4) == 0) {
      text.append("end");
    }
    return switch (random.nextInt(14)) {
      case 0 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
      case 1 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE);
      case 2 -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
      case 3 -> text.toString().getBytes(StandardCharsets.ISO_8859_1);
      case 4 -> damaged(text.toString().getBytes(StandardCharsets.UTF_8), (byte) 0, random);
      case 5 -> damaged(text.toString().getBytes(StandardCharsets.UTF_8), (byte) 0xE2, random);
      default -> text.toString().getBytes(StandardCharsets.UTF_8);
    };
  }

  private static byte[] damaged(byte[] bytes, byte damage, Random random) {
    var out = new ByteArrayOutputStream();
    int at = random.nextInt(bytes.length + 1);
    out.write(bytes, 0, at);
    out.write(damage);
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }

  private static String pick(List<String> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
