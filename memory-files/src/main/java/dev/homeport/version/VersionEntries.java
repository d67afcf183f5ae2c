package dev.homeport.version;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.version.Version.Operation;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The form of the version log on disk: lines of JSON, and after a line that announces a content
/// its raw bytes and a line feed.
///
/// So the log can be read with a pager, and a content can be found with any search tool.
final class VersionEntries {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final byte[] END = {'\n'};

  private VersionEntries() {}

  /// A line of the log.
  sealed interface Entry {
    /// A change.
    record Change(Version version) implements Entry {}

    /// The announcement of a content, whose bytes follow the line.
    record Content(Snapshot snapshot) implements Entry {}
  }

  /// An entry with its bytes as they stand in the log.
  record Encoded(Entry entry, List<ByteBuffer> bytes) {
    static Encoded of(Version version) {
      return new Encoded(new Entry.Change(version), List.of(ByteBuffer.wrap(line(version))));
    }

    /// The bytes of the content are not copied.
    static Encoded of(Recording.Content content) {
      return new Encoded(
          new Entry.Content(content.snapshot()),
          List.of(
              ByteBuffer.wrap(line(content.snapshot())), content.buffer(), ByteBuffer.wrap(END)));
    }
  }

  /// The line of a version, with its line feed.
  static byte[] line(Version version) {
    ObjectNode line = JSON.createObjectNode();
    line.put("version", version.id());
    line.put("op", version.operation().name().toLowerCase(Locale.ROOT));
    line.put("path", version.path().toString());
    put(line, "from", version.from() == null ? null : version.from().toString());
    line.put("time", version.time().toString());
    line.put("actor", version.author().actor());
    put(line, "session", version.author().session());
    put(line, "tool", version.author().tool());
    put(line, "reason", version.author().reason());
    put(line, "before", version.before());
    put(line, "after", version.after());
    if (version.isRedacted()) {
      line.put("redacted", true);
    }
    return bytes(line);
  }

  /// The line that announces a content.
  static byte[] line(Snapshot content) {
    ObjectNode line = JSON.createObjectNode();
    put(line, "content", content);
    return bytes(line);
  }

  private static byte[] bytes(ObjectNode line) {
    return (JSON.writeValueAsString(line) + "\n").getBytes(UTF_8);
  }

  private static void put(ObjectNode line, String name, @Nullable String value) {
    if (value != null) {
      line.put(name, value);
    }
  }

  private static void put(ObjectNode line, String name, @Nullable Snapshot value) {
    if (value != null) {
      line.putObject(name).put("sha256", value.sha256()).put("bytes", value.bytes());
    }
  }

  /// The entry that a line, without its line feed, is; empty if it is damaged.
  static Optional<Entry> parse(byte[] line) {
    try {
      JsonNode fields = JSON.readTree(line);
      Snapshot content = snapshot(fields, "content");
      return Optional.of(
          content == null ? new Entry.Change(version(fields)) : new Entry.Content(content));
    } catch (JacksonException
        | DateTimeException
        | IllegalArgumentException
        | WorkspaceException e) {
      return Optional.empty();
    }
  }

  private static Version version(JsonNode fields) throws WorkspaceException {
    String from = text(fields, "from");
    return new Version(
        required(fields, "version"),
        Operation.valueOf(required(fields, "op").toUpperCase(Locale.ROOT)),
        WorkspacePath.parse(required(fields, "path")),
        from == null ? null : WorkspacePath.parse(from),
        Instant.parse(required(fields, "time")),
        new Author(
            required(fields, "actor"),
            text(fields, "session"),
            text(fields, "tool"),
            text(fields, "reason")),
        snapshot(fields, "before"),
        snapshot(fields, "after"),
        fields.path("redacted").asBoolean(false));
  }

  private static @Nullable Snapshot snapshot(JsonNode fields, String name) {
    JsonNode value = fields.path(name);
    return value.isObject()
        ? new Snapshot(required(value, "sha256"), value.path("bytes").asLong())
        : null;
  }

  private static @Nullable String text(JsonNode fields, String name) {
    JsonNode value = fields.path(name);
    return value.isString() ? value.asString() : null;
  }

  private static String required(JsonNode fields, String name) {
    String value = text(fields, name);
    if (value == null) {
      throw new IllegalArgumentException("the field " + name + " is missing");
    }
    return Objects.requireNonNull(value);
  }
}
