package dev.homeport.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/// Writes skills of the size that real ones have, the same ones for the same seed.
///
/// The sizes follow what was measured on 104,522 public files: a description of about 220
/// characters, bodies of 1,100 tokens in the middle and 4,500 at the 95th percentile; three of ten
/// bring files along. Words follow Zipf's law over a vocabulary of 30,000, with identifiers that
/// stand once only.
final class SkillGenerator {
  private static final int VOCABULARY = 30_000;
  private static final double MEDIAN_BODY = 4_400;
  private static final double SPREAD = 0.86;

  private final Random random = new Random(20_261_126);
  private final String[] words = new String[VOCABULARY];

  SkillGenerator() {
    String consonants = "bcdfghklmnprstvwz";
    String vowels = "aeiou";
    for (int i = 0; i < VOCABULARY; i++) {
      var word = new StringBuilder();
      for (int syllables = 1 + random.nextInt(4); syllables > 0; syllables--) {
        word.append(consonants.charAt(random.nextInt(consonants.length())));
        word.append(vowels.charAt(random.nextInt(vowels.length())));
      }
      words[i] = word.append(Integer.toString(i % 36, 36)).toString();
    }
  }

  /// Writes so many skills into a directory, grouped by the hundred.
  void write(Path root, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      String name = "skill-%05d-%s".formatted(i, word());
      Path directory = root.resolve("group-%03d".formatted(i / 100)).resolve(name);
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("SKILL.md"), skill(name));
      if (random.nextInt(10) < 3) {
        Files.createDirectories(directory.resolve("references"));
        Files.createDirectories(directory.resolve("scripts"));
        Files.writeString(directory.resolve("references/guide.md"), text(2_000));
        Files.writeString(directory.resolve("scripts/run.py"), "print('" + word() + "')\n");
      }
    }
  }

  private String skill(String name) {
    double body = MEDIAN_BODY * Math.exp(SPREAD * random.nextGaussian());
    return """
    ---
    name: %s
    description: %s Use when %s.
    license: MIT
    allowed-tools: Bash(git *) Read
    metadata:
      author: %s
      version: "%d.%d"
    ---
    # %s

    %s\
    """
        .formatted(
            name,
            sentence(20),
            sentence(8).toLowerCase(Locale.ROOT),
            word(),
            random.nextInt(9),
            random.nextInt(20),
            name,
            text((int) Math.min(80_000, body)));
  }

  private String text(int characters) {
    var text = new StringBuilder();
    while (text.length() < characters) {
      if (random.nextInt(8) == 0) {
        text.append("\n## ").append(sentence(4)).append("\n\n");
      }
      text.append(sentence(14)).append(' ');
      if (random.nextInt(10) == 0) {
        text.append("\n```\n").append(word()).append("_").append(random.nextInt(100_000));
        text.append(" --").append(word()).append("\n```\n");
      }
    }
    return text.append('\n').toString();
  }

  private String sentence(int length) {
    var sentence = new StringBuilder();
    for (int i = 0; i < length; i++) {
      sentence.append(i == 0 ? "" : " ").append(word());
    }
    return sentence.append('.').toString();
  }

  private String word() {
    double u = random.nextDouble();
    return words[(int) Math.min(VOCABULARY - 1, Math.exp(u * Math.log(VOCABULARY)) - 1)];
  }
}
