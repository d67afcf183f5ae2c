package dev.homeport.version;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.version.Version.Operation;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The form of the version log on disk: lines of JSON, and after a line that announces a content
/// its raw bytes and a line feed.
///
/// So the log can be read with a pager, and a content can be found with any search tool.
final class VersionEntries {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final byte[] END = {'\n'};
  private static final int LINE_CHARACTERS = 512;

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
    return line(fields -> {
      fields.writeStringProperty("version", version.id());
      fields.writeStringProperty("op", version.operation().name().toLowerCase(Locale.ROOT));
      fields.writeStringProperty("path", version.path().toString());
      put(fields, "from", version.from() == null ? null : version.from().toString());
      fields.writeStringProperty("time", version.time().toString());
      fields.writeStringProperty("actor", version.author().actor());
      put(fields, "session", version.author().session());
      put(fields, "tool", version.author().tool());
      put(fields, "reason", version.author().reason());
      put(fields, "before", version.before());
      put(fields, "after", version.after());
      if (version.isRedacted()) {
        fields.writeBooleanProperty("redacted", true);
      }
    });
  }

  /// The line that announces a content.
  static byte[] line(Snapshot content) {
    return line(fields -> put(fields, "content", content));
  }

  /// Every change waits for this, so that no tree is built first.
  private static byte[] line(Consumer<JsonGenerator> fields) {
    var line = new StringWriter(LINE_CHARACTERS);
    try (JsonGenerator generator = JSON.createGenerator(line)) {
      generator.writeStartObject();
      fields.accept(generator);
      generator.writeEndObject();
    }
    return line.append('\n').toString().getBytes(UTF_8);
  }

  private static void put(JsonGenerator line, String name, @Nullable String value) {
    if (value != null) {
      line.writeStringProperty(name, value);
    }
  }

  private static void put(JsonGenerator line, String name, @Nullable Snapshot value) {
    if (value != null) {
      line.writeObjectPropertyStart(name);
      line.writeStringProperty("sha256", value.sha256());
      line.writeNumberProperty("bytes", value.bytes());
      line.writeEndObject();
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
