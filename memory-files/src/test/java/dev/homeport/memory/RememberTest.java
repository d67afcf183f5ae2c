package dev.homeport.memory;

import static dev.homeport.memory.MemoryFixture.view;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.memory.RememberOutcome.Conflict;
import dev.homeport.memory.RememberOutcome.Remembered;
import dev.homeport.memory.RememberOutcome.Status;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RememberTest {
  private static final Fact RETRIES =
      new Fact(
          "Payment retries",
          "Retry at most 3 times: the gateway counts",
          Fact.Type.PROJECT,
          "Never more than 3.\n");

  @TempDir Path temporary;
  MemoryFixture memory;

  @BeforeEach
  void open() throws IOException {
    memory = new MemoryFixture(temporary);
  }

  private RememberOutcome remember(Fact fact) throws IOException, InterruptedException {
    return memory.store.remember(MemoryScope.PROJECT, fact, Change.UNCONDITIONAL);
  }

  @Test
  void writesTopicAndIndex() throws Exception {
    memory.file("MEMORY.md", "# Memory");

    RememberOutcome outcome = remember(RETRIES);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Remembered.class,
            remembered -> {
              assertThat(remembered.status()).isEqualTo(Status.CREATED);
              assertThat(remembered.topic().path()).isEqualTo("/memories/payment-retries.md");
              assertThat(remembered.index().lines()).isEqualTo(2);
              assertThat(remembered.advice()).isEmpty();
            });
    assertThat(memory.content("payment-retries.md"))
        .isEqualTo(
            """
            ---
            name: Payment retries
            description: "Retry at most 3 times: the gateway counts"
            type: project
            modified: 2026-11-23T10:00:00Z
            ---

            Never more than 3.
            """);
    assertThat(memory.content("MEMORY.md"))
        .isEqualTo(
            "# Memory\n"
                + "- [Payment retries](payment-retries.md) - Retry at most 3 times: the gateway"
                + " counts\n");
    assertThat(memory.project.resolve(".homeport-remember")).doesNotExist();
  }

  @Test
  void remembersForTheUser() throws Exception {
    memory.store.remember(MemoryScope.USER, RETRIES, Change.UNCONDITIONAL);

    assertThat(memory.user.resolve("payment-retries.md")).exists();
    assertThat(memory.done(view("/memories/user/MEMORY.md"))).contains("[Payment retries]");
    var alone = MemoryFixture.projectOnly(temporary);
    assertThat(alone.remember(MemoryScope.USER, RETRIES, Change.UNCONDITIONAL))
        .isInstanceOf(RememberOutcome.Refused.class);
  }

  @Test
  void doesNothingTwiceAndRepairsAMissingIndexLine() throws Exception {
    remember(RETRIES);
    String index = memory.content("MEMORY.md");
    Files.delete(memory.project.resolve("MEMORY.md"));

    assertThat(remember(RETRIES))
        .isInstanceOfSatisfying(
            Remembered.class, again -> assertThat(again.status()).isEqualTo(Status.UNCHANGED));
    assertThat(memory.content("MEMORY.md")).isEqualTo(index);
  }

  @Test
  void replacesAFactOnlyIfTheCallerSawIt() throws Exception {
    remember(RETRIES);
    var other = new Fact("payment  RETRIES", "Now 5", Fact.Type.PROJECT, "Five.");

    RememberOutcome conflict = remember(other);

    assertThat(conflict)
        .isInstanceOfSatisfying(
            Conflict.class, c -> assertThat(c.content()).contains("Never more than 3."));
    String sha = ((Conflict) conflict).topic().sha256();
    assertThat(memory.store.remember(MemoryScope.PROJECT, other, new Change(sha, null)))
        .isInstanceOfSatisfying(
            Remembered.class, r -> assertThat(r.status()).isEqualTo(Status.UPDATED));
    assertThat(memory.content("MEMORY.md"))
        .isEqualTo("- [payment  RETRIES](payment-retries.md) - Now 5\n");
  }

  @Test
  void keepsAnIndexInCrlf() throws Exception {
    memory.file("MEMORY.md", "# M\r\n- [old](payment-retries.md) - old\r\n- [b](b.md) - b\r\n");

    remember(RETRIES);
    remember(new Fact("New one", "d", Fact.Type.USER, "b"));

    assertThat(memory.content("MEMORY.md"))
        .isEqualTo(
            "# M\r\n"
                + RETRIES.indexLine()
                + "\r\n- [b](b.md) - b\r\n- [New one](new-one.md) - d\r\n");
  }

  /// What a crash leaves: the journal alone, or with the topic.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void finishesWhatACrashInterrupted(boolean isTopicWritten) throws Exception {
    String topic = RETRIES.render(MemoryFixture.NOW);
    memory.file(
        ".homeport-remember",
        String.join(
            "\n", "homeport remember 1", RETRIES.fileName(), "-", RETRIES.indexLine(), topic));
    if (isTopicWritten) {
      memory.file("payment-retries.md", topic);
    }

    assertThat(memory.done(view("/memories/MEMORY.md"))).contains("[Payment retries]");

    assertThat(memory.content("payment-retries.md")).isEqualTo(topic);
    assertThat(memory.project.resolve(".homeport-remember")).doesNotExist();
  }

  @Test
  void doesNotOverwriteWhatAPersonWroteAfterACrash() throws Exception {
    memory.file(
        ".homeport-remember",
        String.join(
            "\n",
            "homeport remember 1",
            RETRIES.fileName(),
            Sha256.hex("before".getBytes(UTF_8)),
            RETRIES.indexLine(),
            "from the journal"));
    memory.file("payment-retries.md", "by hand");

    memory.done(view("/memories"));

    assertThat(memory.content("payment-retries.md")).isEqualTo("by hand");
    assertThat(memory.content("MEMORY.md")).contains("[Payment retries]");
  }

  @Test
  void dropsAJournalThatIsNone() throws Exception {
    memory.file(".homeport-remember", "nonsense");

    memory.done(view("/memories"));

    assertThat(memory.project.resolve(".homeport-remember")).doesNotExist();
  }

  @Test
  void keepsAllFactsOfParallelCallers() throws Exception {
    var calls = new ArrayList<Callable<RememberOutcome>>();
    for (int i = 0; i < 40; i++) {
      var fact = new Fact("Fact number " + i, "d", Fact.Type.PROJECT, "b");
      calls.add(() -> remember(fact));
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : threads.invokeAll(calls)) {
        assertThat(call.get()).isInstanceOf(Remembered.class);
      }
    }

    assertThat(memory.content("MEMORY.md").lines()).hasSize(40);
  }

  @Test
  void advisesToRewriteAnIndexThatIsTooLong() throws Exception {
    memory.file("MEMORY.md", "- x\n".repeat(181));
    assertThat(((Remembered) remember(RETRIES)).advice().orElseThrow())
        .contains("182 lines", "nearly full");

    memory.file("MEMORY.md", "- x\n".repeat(200));
    assertThat(((Remembered) remember(RETRIES)).advice().orElseThrow())
        .contains("201 lines", "NOT seen", "Rewrite it now");

    memory.file("MEMORY.md", "x".repeat(25_000) + "\n");
    assertThat(((Remembered) remember(RETRIES)).advice().orElseThrow()).contains("NOT seen");
  }

  @Test
  void countsNeitherFrontmatterNorCommentsOfAnIndex() throws Exception {
    String uncounted = "---\ntitle: Memory\n---\n<!-- " + "for people\n".repeat(3_000) + " -->\n";
    memory.file("MEMORY.md", uncounted + "- x\n".repeat(179));
    assertThat(((Remembered) remember(RETRIES)).advice()).isEmpty();

    memory.file("MEMORY.md", uncounted + "- x <!-- here -->\n".repeat(200));
    assertThat(((Remembered) remember(RETRIES)).advice().orElseThrow())
        .contains("201 lines", "comments not counted", "Rewrite it now");
    assertThat(memory.store.indexes().getFirst().text())
        .isEqualTo("- x <!-- here -->\n".repeat(200));
    assertThat(memory.content("MEMORY.md")).endsWith(RETRIES.indexLine() + "\n");
  }

  @Test
  void countsWhatOnlyLooksLikeACommentOrFrontmatter() {
    assertThat(IndexSize.of("```\n<!-- x -->\n```\n").lines()).isEqualTo(3);
    assertThat(IndexSize.of("<!-- never closed\n- x\n").lines()).isEqualTo(2);
    assertThat(IndexSize.of("<!-- a --> - x\n").lines()).isEqualTo(1);
    assertThat(IndexSize.of("---\n- x\n").lines()).isEqualTo(2);
    assertThat(IndexSize.of("é")).isEqualTo(new IndexSize(1, 2));
    assertThat(IndexSize.of("")).isEqualTo(new IndexSize(0, 0));
  }

  @Test
  void remindsWhenTheLimitIsNear() throws Exception {
    memory.file("MEMORY.md", "x".repeat(22_600) + "\n");

    assertThat(((Remembered) remember(RETRIES)).advice().orElseThrow())
        .contains("nearly full")
        .doesNotContain("NOT seen");
  }

  @Test
  void showsOfAnIndexWhatAgentsLoad() throws Exception {
    memory.file("MEMORY.md", "- x\n".repeat(250));
    memory.store.remember(MemoryScope.USER, RETRIES, Change.UNCONDITIONAL);

    var indexes = memory.store.indexes();

    assertThat(indexes)
        .extracting(index -> index.file().path(), MemoryIndex::isCut)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("/memories/user/MEMORY.md", false),
            org.assertj.core.groups.Tuple.tuple("/memories/MEMORY.md", true));
    assertThat(indexes.get(1).text().lines()).hasSize(200);
    memory.file("MEMORY.md", ("x".repeat(199) + "\n").repeat(150));
    assertThat(memory.store.indexes().get(1).text()).hasSize(25_000);
  }

  @ParameterizedTest
  @CsvSource({
    "'Payment retries', payment-retries.md",
    "'  A -- B! ', a-b.md",
    "'Über größe', über-größe.md",
    "'../../etc/passwd', etc-passwd.md",
    "'.hidden', hidden.md"
  })
  void namesTheTopicFileAfterTheFact(String name, String file) {
    assertThat(new Fact(name, "d", Fact.Type.PROJECT, "b").fileName()).isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "---", "MEMORY", "a\nb"})
  void refusesNamesThatNameNothing(String name) {
    assertThatThrownBy(() -> new Fact(name, "d", Fact.Type.PROJECT, "b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void quotesWhatYamlWouldMisread() {
    String topic =
        new Fact("true", "say \"no: never\" # \\", Fact.Type.FEEDBACK, "b")
            .render(MemoryFixture.NOW);

    assertThat(topic)
        .contains("name: \"true\"\n", "description: \"say \\\"no: never\\\" # \\\\\"\n");
    assertThat(Optional.of(topic)).isPresent();
  }
}
