package dev.homeport.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the audit logs of a user and of all whom they serve, and then what is added to them. For
/// one thread.
public final class AuditTail {
  /// So much of the end of a file is looked at when it is seen first.
  private static final int LOOKED_AT = 1 << 20;

  private final Path state;
  private final Consumer<String> problems;
  private final Map<Path, Long> positions = new HashMap<>();

  /// A call that could change something.
  public record Entry(
      Instant time, String principal, String client, String tool, boolean ok, long millis) {}

  /// @param problems is told of lines that cannot be read
  public AuditTail(UserDirectories user, Consumer<String> problems) {
    this.state = user.state();
    this.problems = problems;
  }

  /// What was added since the last time, in the order of time; the first time the newest of what is
  /// there.
  public List<Entry> next() throws IOException {
    var entries = new ArrayList<Entry>();
    for (Path directory : directories()) {
      for (Path file : files(directory)) {
        read(file, entries);
      }
    }
    entries.sort(Comparator.comparing(Entry::time));
    return entries;
  }

  private List<Path> directories() throws IOException {
    var directories = new ArrayList<Path>();
    directories.add(state.resolve("audit"));
    Path tenants = state.resolve("tenants");
    if (Files.isDirectory(tenants)) {
      try (Stream<Path> all = Files.list(tenants)) {
        all.map(tenant -> tenant.resolve("audit")).forEach(directories::add);
      }
    }
    return directories.stream().filter(Files::isDirectory).toList();
  }

  /// The file of this month, and before it that of the month before.
  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      List<Path> sorted = all.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
      return sorted.subList(Math.max(0, sorted.size() - 2), sorted.size());
    }
  }

  private void read(Path file, List<Entry> entries) throws IOException {
    try (var channel = FileChannel.open(file)) {
      long size = channel.size();
      boolean isNew = !positions.containsKey(file);
      long from = isNew ? Math.max(0, size - LOOKED_AT) : positions.getOrDefault(file, 0L);
      if (size <= from) {
        return;
      }
      var bytes = ByteBuffer.allocate(Math.toIntExact(Math.min(size - from, LOOKED_AT)));
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {
        // A file is read in parts.
      }
      int end = end(bytes);
      positions.put(file, from + end);
      String text = new String(bytes.array(), 0, end, UTF_8);
      text.lines()
          .skip(isNew && from > 0 ? 1 : 0) // where it begins within a line
          .forEach(line -> add(file, line, entries));
    }
  }

  /// Where the last whole line ends.
  private static int end(ByteBuffer bytes) {
    int end = bytes.position();
    while (end > 0 && bytes.get(end - 1) != '\n') {
      end--;
    }
    return end;
  }

  private void add(Path file, String line, List<Entry> entries) {
    try {
      JsonNode entry = JsonMapper.shared().readTree(line);
      entries.add(
          new Entry(
              Instant.parse(entry.path("time").asString()),
              entry.path("principal").asString(),
              entry.path("client").asString(),
              entry.path("tool").asString(),
              entry.path("ok").asBoolean(),
              entry.path("ms").asLong()));
    } catch (JacksonException | DateTimeException broken) {
      problems.accept("a line of " + file + " cannot be read");
    }
  }
}
