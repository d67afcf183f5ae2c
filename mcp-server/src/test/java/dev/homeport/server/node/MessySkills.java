package dev.homeport.server.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Skills as people write them: most break a rule of the specification.
final class MessySkills {
  /// What stands in `SKILL.md`; `%1$s` is a valid name.
  private static final List<String> TEXTS =
      List.of(
          "---\nname: %1$s\ndescription: A good one, used when asked.\n---\n# Body\n",
          "\uFEFF---\nname: %1$s\ndescription: With a byte order mark.\n---\nBody\n",
          "---\r\nname: %1$s\r\ndescription: Of Windows.\r\n---\r\nBody\r\n",
          "---\nname: The %1$s_Skill\ndescription: Named like a title\n---\nBody\n",
          "---\nname: %1$s\ndescription: Use when: it rains #outside # or inside\n---\nBody\n",
          "---\nname: %1$s\ndescription: >-\n  folded\n  over lines\n\n  and more\n---\nBody\n",
          "---\nname: %1$s\ndescription: 'quoted\n  over lines'\n---\nBody\n",
          "---\nname: %1$s\ndescription: |\n  kept\n    as it is\n---\nBody\n",
          "---\nname: %1$s\ndescription:\n  - one\n  - two\n---\nBody\n",
          "---\nname: %1$s\ndescription: a\ndescription: b\n---\nBody\n",
          "---\nname: %1$s\ndescription: d\nmetadata: {\"x\": {\"os\": [\"linux\"]}}\n---\nB\n",
          "---\nname: %1$s\ndescription: d\nmetadata:\n  version: 1.10\n  tags: [a, b]\n---\nB\n",
          "---\nname: %1$s\ndescription: d\nmetadata: text\ncompatibility: [a]\n---\nBody\n",
          "---\nname: %1$s\ndescription: &x d\nother: *x\ntagged: !!str 12\n---\nBody\n",
          "---\nname: %1$s\ndescription: d\nvalues: [1, 2.5, 1e3, true, null, {b: .5}]\n---\nB\n",
          "---\nname: %1$s\ndescription: d\ndate: 2026-01-01\nint: 0o17\nhex: 0x1F\n---\nBody\n",
          "---\nname: %1$s\ndescription: \"emoji \\uD83D\\uDE00 \\u2028 end\"\n---\nBody\n",
          "name: %1$s\ndescription: Without the first fence.\n---\nBody\n",
          "# %1$s\n\nDoes a thing without any metadata.\n",
          "---\nname: %1$s\ndescription: Never closed.\n\n# Body\n\nText.\n",
          "---\nname: %1$s\n\tdescription: tabbed\n---\nBody of prose.\n",
          "---\nname: %1$s\ndescription: 1,200 characters " + "x".repeat(1_200) + "\n---\nBody\n");

  private MessySkills() {}

  /// Writes so many skills; some bring along files with awkward names and bytes.
  static void write(Path root, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      String name = "skill-%04d".formatted(i);
      Path skill = Files.createDirectories(root.resolve(i % 5 == 0 ? "Directory " + i : name));
      byte[] text = TEXTS.get(i % TEXTS.size()).formatted(name).getBytes(StandardCharsets.UTF_8);
      Files.write(skill.resolve("SKILL.md"), text);
      if (i % 7 == 0) {
        writeFiles(skill);
      }
    }
  }

  private static void writeFiles(Path skill) throws IOException {
    Files.createDirectories(skill.resolve("references/deep"));
    Files.writeString(skill.resolve("references/Q&A 100%.md"), "# Q&A\r\n");
    Files.writeString(skill.resolve("references/deep/größe #1?.md"), "\uFEFFtext");
    Files.write(skill.resolve("image.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, -1, -2});
    Files.write(skill.resolve("latin.txt"), new byte[] {'a', (byte) 0xE4});
    Files.write(skill.resolve("empty"), new byte[0]);
  }
}
