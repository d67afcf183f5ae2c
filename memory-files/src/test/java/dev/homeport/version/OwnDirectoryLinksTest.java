package dev.homeport.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.session.EventDraft;
import dev.homeport.session.SessionId;
import dev.homeport.session.Sessions;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repository that brings `.homeport` or a directory in it as a link to somewhere else.
class OwnDirectoryLinksTest {
  @TempDir Path root;
  @TempDir Path elsewhere;
  Workspace workspace;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.open(root);
  }

  private void refuses(String link, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.LINK_REFUSED))
        .hasMessage(link + " is a symbolic link, which is not followed; name its target.");
    assertThat(elsewhere).isEmptyDirectory();
  }

  private void write() throws IOException, InterruptedException {
    var path = workspace.path("a");
    try (var _ = workspace.lock(List.of(path))) {
      Versions.of(workspace).write(path, null, "x".getBytes(UTF_8), Author.current());
    }
  }

  private void emit() throws IOException {
    Sessions.in(workspace, InstantSource.system())
        .log(SessionId.parse("s1"))
        .emit(new EventDraft("t", Map.of(), null));
  }

  @Test
  void refusesALinkForAllThatIsHomeports() throws IOException {
    Files.createSymbolicLink(root.resolve(".homeport"), elsewhere);

    refuses(".homeport", this::write);
    refuses(".homeport", this::emit);
    assertThat(root.resolve("a")).doesNotExist();
  }

  @Test
  void refusesALinkForTheVersions() throws IOException {
    Files.createDirectory(root.resolve(".homeport"));
    Files.createSymbolicLink(root.resolve(".homeport/versions"), elsewhere);

    refuses(".homeport/versions", this::write);
    assertThat(root.resolve("a")).doesNotExist();
  }

  @Test
  void refusesALinkForTheSessions() throws IOException {
    Files.createDirectory(root.resolve(".homeport"));
    Files.createSymbolicLink(root.resolve(".homeport/sessions"), elsewhere);

    refuses(".homeport/sessions", this::emit);
  }
}
