package dev.homeport.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The file `session.json` of each session: who works in it, when, and on which plan.
final class SessionFile {
  private static final int MAX_BYTES = 64 * 1_024;
  private static final JsonMapper JSON = JsonMapper.shared();

  /// What stands in the file.
  private record Content(
      String principal, String client, Instant created, Instant active, @Nullable String plan) {
    /// Refuses a file that lacks a field.
    Content {
      Objects.requireNonNull(principal);
      Objects.requireNonNull(client);
      Objects.requireNonNull(created);
      Objects.requireNonNull(active);
    }
  }

  private final Workspace workspace;
  private final WorkspacePath directory;

  SessionFile(Workspace workspace, WorkspacePath directory) {
    this.workspace = workspace;
    this.directory = directory;
  }

  private WorkspacePath path(SessionId id) throws WorkspaceException {
    return directory.child(id.text()).child("session.json");
  }

  Optional<Session> read(SessionId id) throws IOException {
    WorkspacePath path = path(id);
    Optional<byte[]> json = workspace.readIfPresent(path, MAX_BYTES);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      Content content = JSON.readValue(json.get(), Content.class);
      var owner = new SessionOwner(content.principal(), content.client());
      WorkspacePath plan = content.plan() == null ? null : WorkspacePath.parse(content.plan());
      return Optional.of(new Session(id, owner, content.created(), content.active(), plan));
    } catch (JacksonException e) {
      throw new WorkspaceException(
          Kind.DENIED, path + " is damaged; use another session, or ask the user to delete it.", e);
    }
  }

  void write(Session session) throws IOException {
    var content =
        new Content(
            session.owner().principal(),
            session.owner().client(),
            session.created(),
            session.active(),
            session.plan().map(WorkspacePath::toString).orElse(null));
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n";
    workspace.write(path(session.id()), text.getBytes(UTF_8));
  }
}
