package dev.homeport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
  private static final SessionOwner OWNER = new SessionOwner("ada", "claude-code");

  @TempDir Path root;
  Instant now = Instant.parse("2026-11-23T10:00:00Z");
  Workspace workspace;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open(root);
  }

  private Sessions sessions() throws IOException {
    return Sessions.in(workspace, () -> now);
  }

  @Test
  void anotherProcessGoesOnWithTheLatestSessionOfTheSameClient() throws Exception {
    Session first = sessions().resolve(OWNER, null);
    now = now.plus(Duration.ofHours(11));

    assertThat(sessions().resolve(OWNER, null).id()).isEqualTo(first.id());
    assertThat(sessions().resolve(new SessionOwner("ada", "codex"), null).id())
        .isNotEqualTo(first.id());
    assertThat(sessions().resolve(new SessionOwner("bob", "claude-code"), null).id())
        .isNotEqualTo(first.id());
  }

  @Test
  void useKeepsASessionAliveAndIdlenessEndsIt() throws Exception {
    Session first = sessions().resolve(OWNER, null);
    now = now.plus(Duration.ofHours(11));
    Sessions open = sessions();
    open.resolve(OWNER, null);
    now = now.plus(Duration.ofHours(11));

    assertThat(open.resolve(OWNER, null).id()).isEqualTo(first.id());
    now = now.plus(Sessions.IDLE_LIMIT).plusSeconds(1);
    assertThat(open.resolve(OWNER, null).id()).isNotEqualTo(first.id());
  }

  @Test
  void aNamedSessionBeginsOnFirstUseAndStaysCurrent() throws Exception {
    Sessions sessions = sessions();
    Session unnamed = sessions.resolve(OWNER, null);

    Session named = sessions.resolve(OWNER, SessionId.parse("release-2"));

    assertThat(sessions.resolve(OWNER, null)).isEqualTo(named);
    assertThat(sessions.list("ada")).containsExactlyInAnyOrder(unnamed, named);
    assertThat(sessions.list("bob")).isEmpty();
  }

  @Test
  void refusesTheSessionOfSomebodyElse() throws Exception {
    Session session = sessions().resolve(OWNER, null);
    var stranger = new SessionOwner("bob", "claude-code");

    assertThatThrownBy(() -> sessions().resolve(stranger, session.id()))
        .isInstanceOf(WorkspaceException.class)
        .hasMessageContaining("somebody else");
  }

  @Test
  void remembersTheBoundPlan() throws Exception {
    Session session = sessions().resolve(OWNER, null);

    sessions().bindPlan(session.id(), workspace.path(".planning/a/task_plan.md"));

    assertThat(sessions().resolve(OWNER, null).plan())
        .contains(workspace.path(".planning/a/task_plan.md"));
  }

  @Test
  void givesOneLogPerSession() throws Exception {
    Sessions sessions = sessions();
    Session session = sessions.resolve(OWNER, null);

    sessions.log(session.id()).emit(new EventDraft("a", Map.of(), null));

    assertThat(sessions.log(session.id())).isSameAs(sessions.log(session.id()));
    assertThat(sessions().log(session.id()).events(EventQuery.last(5)).size()).isEqualTo(1);
  }

  @Test
  void aDamagedSessionHidesNoOther() throws Exception {
    Session good = sessions().resolve(OWNER, null);
    Path damaged = root.resolve(".homeport/sessions/bad/session.json");
    Files.createDirectories(damaged.getParent());
    Files.writeString(damaged, "{\"client\":\"x\"}");

    assertThat(sessions().list("ada")).containsExactly(good);
    assertThatThrownBy(() -> sessions().resolve(OWNER, SessionId.parse("bad")))
        .isInstanceOf(WorkspaceException.class)
        .hasMessageContaining("damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "-x", "ü", "a b"})
  void refusesNamesThatAreNoIds(String text) {
    assertThatThrownBy(() -> SessionId.parse(text)).isInstanceOf(WorkspaceException.class);
  }

  @Test
  void idsSortByTime() {
    assertThat(SessionId.at(now).text())
        .isLessThan(SessionId.at(now.plusMillis(1)).text())
        .hasSize(26);
  }
}
