package dev.homeport.skills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.WorkspacePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SkillParserFuzzTest {
  private static final String SEED_TEXT =
      """
      ---
      name: my-skill
      description: "Does a thing: use when asked"
      metadata: {"openclaw": {"requires": {"bins": [a, b]}, "os": linux}}
      tags: &t [x, 'y', *t]
      allowed-tools: Bash(git *) Read
      folded: >-
        one
        two
      ---
      # Title

      Text with $ARGUMENTS and ${VAR}.
      """;
  private static final String[] PIECES = {
    "---\n", ":", ": ", "\t", "\"", "'", "[", "{", "\0", "\r", "\uFEFF", "- ", "#", "&a ", "*a",
    "|\n"
  };

  /// Whatever stands in a file, parsing ends, and says what is wrong if it serves nothing.
  @Test
  void survivesAnyMutation() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var path = new WorkspacePath(List.of("skills", "my-skill"));
    var root = SkillsConfig.Root.project(Path.of("/nowhere"), "skills");
    var location = new SkillLocation(root, path, path);

    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = mutate(random);
      var parsed = SkillParser.parse(location, bytes);

      assertThat(parsed.skill().isPresent() || !parsed.problems().isEmpty())
          .as("seed %d, round %d", seed, i)
          .isTrue();
      parsed
          .skill()
          .ifPresent(skill -> assertThat(skill.description()).as("seed %d", seed).isNotBlank());
    }
  }

  private static byte[] mutate(Random random) {
    var text = new StringBuilder(SEED_TEXT);
    for (int edits = 1 + random.nextInt(6); edits > 0; edits--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
        default -> text.setCharAt(at, (char) random.nextInt(0x3000));
      }
      if (text.isEmpty()) {
        text.append('-');
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    return bytes;
  }
}
