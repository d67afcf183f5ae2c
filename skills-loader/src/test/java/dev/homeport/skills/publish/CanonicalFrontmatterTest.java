package dev.homeport.skills.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.yaml.Frontmatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalFrontmatterTest {
  @Test
  void isReadBackAsItWas() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      Map<String, @Nullable Object> values = CanonicalFrontmatter.tidy(map(random, 3));

      String text = CanonicalFrontmatter.write(values);
      Frontmatter read = Frontmatter.read(text);

      assertThat(read.failure()).as("seed %d: %s", seed, text).isEmpty();
      assertThat(read.repairs()).as("seed %d: %s", seed, text).isEmpty();
      assertThat(read.values().toJsonMap()).as("seed %d: %s", seed, text).isEqualTo(values);
      assertThat(text.lines()).as("seed %d", seed).hasSize(values.size());
    }
  }

  private static Map<String, @Nullable Object> map(Random random, int depth) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      map.put(text(random), value(random, depth));
    }
    return map;
  }

  private static @Nullable Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextBoolean();
      case 2 -> null;
      case 3 -> random.nextInt(1_000) + 0.5;
      case 6 -> map(random, depth - 1);
      case 7 -> {
        var list = new ArrayList<@Nullable Object>();
        for (int i = random.nextInt(3); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> text(random);
    };
  }

  private static String text(Random random) {
    String marks = "\"'\\\n\t\r:#-?{}[],&*!|>%@` \0\u0007\u0085\u2028\uFEFFé漢a1~";
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      if (random.nextInt(4) == 0) {
        text.appendCodePoint(random.nextInt(0x10FFFF));
      } else {
        text.append(marks.charAt(random.nextInt(marks.length())));
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: a\ndescription: b\n",
        "# a comment\nname: a\n\nversion: 1.0\n",
        "name: 'a b'\ndescription: \"c: d\"\n",
        "metadata:\n  a: b\n  c: \"1\"\nlicense: MIT\n",
        "description: Use it, e.g. http://x.y/z#part (a [b] c)\n",
        "description: 说明\n"
      })
  void findsPlainWhatEveryParserReadsAlike(String text) {
    assertThat(PlainFrontmatter.isPlain(text)).isTrue();
    assertThat(Frontmatter.read(text).repairs()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: a: b\n",
        "name: a #b\n",
        "name: 'a\n  b'\n",
        "name: 'a' b\n",
        "name: \"a\\n\"\n",
        "name: >\n  a\n",
        "name: a\n  b\n",
        "name: a\nname: b\n",
        "metadata:\n  a: b\n  a: c\n",
        "metadata:\n  a: b\n    c: d\n",
        "metadata:\n\ta: b\n",
        "tags:\n  - a\n",
        "tags: [a]\n",
        "name: &a b\n",
        "name: !!str b\n",
        "name: .inf\n",
        "name:a\n",
        "name:\n",
        "1: a\n",
        "? a\n",
        "- a\n",
        "name: a:\n"
      })
  void findsNothingElsePlain(String text) {
    assertThat(PlainFrontmatter.isPlain(text)).isFalse();
  }
}
