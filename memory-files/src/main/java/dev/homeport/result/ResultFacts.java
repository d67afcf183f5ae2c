package dev.homeport.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The file `<id>.json` beside each result; it is written last, so it marks a result as complete.
final class ResultFacts {
  private static final int MAX_BYTES = 64 * 1_024;
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /// What stands in the file.
  private record Content(
      String sha256,
      long bytes,
      long lines,
      String mediaType,
      String origin,
      int masked,
      Instant created) {
    /// Refuses a file that lacks a field.
    Content {
      Objects.requireNonNull(sha256);
      Objects.requireNonNull(mediaType);
      Objects.requireNonNull(origin);
      Objects.requireNonNull(created);
    }
  }

  private final Workspace workspace;
  private final WorkspacePath directory;

  ResultFacts(Workspace workspace, WorkspacePath directory) {
    this.workspace = workspace;
    this.directory = directory;
  }

  Optional<StoredResult> read(ResultId id) throws IOException {
    WorkspacePath path = directory.child(id + ".json");
    if (workspace.stat(path).isEmpty()) {
      return Optional.empty();
    }
    try {
      Content content = JSON.readValue(workspace.read(path, MAX_BYTES), Content.class);
      return Optional.of(
          new StoredResult(
              id,
              directory.child(id.text()),
              content.sha256(),
              content.bytes(),
              content.lines(),
              content.mediaType(),
              content.origin(),
              content.masked(),
              content.created()));
    } catch (JacksonException e) {
      throw new WorkspaceException(
          WorkspaceException.Kind.DENIED,
          path + " is damaged; call the tool that made the result again.",
          e);
    }
  }

  void write(StoredResult result) throws IOException {
    var content =
        new Content(
            result.sha256(),
            result.bytes(),
            result.lines(),
            result.mediaType(),
            result.origin(),
            result.masked(),
            result.created());
    String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n";
    workspace.write(directory.child(result.id() + ".json"), text.getBytes(UTF_8));
  }
}
