package dev.homeport.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.ChildJvm;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecitationTest {
  private static final int TOKENS = 120;

  @TempDir Path root;

  /// Prints the recitation of the plan in a workspace.
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      System.out.write(recite(Path.of(arguments[0])).getBytes(UTF_8));
      System.out.flush();
    }
  }

  private static String recite(Path root) throws IOException {
    Workspace workspace = Workspace.open(root);
    return Plans.in(workspace)
        .read(workspace.path("task_plan.md"))
        .orElseThrow()
        .plan()
        .recite(TOKENS);
  }

  private void writePlan() throws IOException {
    var plan = new StringBuilder("# Task Plan: größe\n\n## Goal\nShip\n\n### Phase 12: a\n");
    for (int i = 0; i < 30; i++) {
      plan.append("- [ ] item ").append(i).append('\n');
    }
    Files.writeString(root.resolve("task_plan.md"), plan + "- **Status:** in_progress\n");
  }

  @Test
  void hasTheSameBytesInEveryProcessWhateverElseChanges() throws Exception {
    writePlan();
    String before = recite(root);

    assertThat(before)
        .contains("Progress: 0/1 phases complete, 0/30 items", "Phase 12 (in_progress)");
    assertThat(before.length()).isLessThanOrEqualTo(4 * TOKENS);
    assertThat(recite(root)).isEqualTo(before);
    Files.writeString(root.resolve("notes.md"), "new");
    Files.createDirectories(root.resolve(".planning/other"));
    Files.writeString(root.resolve(".planning/other/task_plan.md"), "# Task Plan: other\n");
    assertThat(ChildJvm.output(ChildJvm.start(Child.class, root.toString()))).isEqualTo(before);
  }

  @Test
  void changesWithThePlan() throws IOException {
    writePlan();
    String before = recite(root);
    Path plan = root.resolve("task_plan.md");
    Files.writeString(plan, Files.readString(plan).replace("- [ ] item 0", "- [x] item 0"));

    assertThat(recite(root)).isNotEqualTo(before).contains("1/30 items").doesNotContain("item 0\n");
  }
}
