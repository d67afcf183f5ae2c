package dev.homeport.sandbox.session;

import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.ExecLimits;
import dev.homeport.sandbox.files.Notes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// What a server notes of a command, for the one that comes after it was killed.
///
/// @param number tells it from the sandbox's other commands, and its output's file from theirs
/// @param process its id if it runs in the background, else empty
/// @param executor the name of its executor
/// @param handle by what the sandbox knows it
/// @param started when
/// @param mark its start by the clock of the [ChangeLedger]
/// @param limits those of its output, and its timeout, which does not count in the background
/// @param end how it ended, if it has and all of its output is in the file
record ExecNote(
    long number,
    String process,
    String executor,
    String handle,
    Instant started,
    FileTime mark,
    ExecLimits limits,
    Optional<ExecEnd> end) {
  private static final String PREFIX = "exec-";
  private static final String LOST = "lost ";

  ExecNote as(String id) {
    return new ExecNote(number, id, executor, handle, started, mark, limits, end);
  }

  ExecNote ended(ExecEnd how) {
    return new ExecNote(number, process, executor, handle, started, mark, limits, Optional.of(how));
  }

  void write(Path home) throws IOException {
    Notes.write(
        file(home, number),
        Map.of(
            "number", Long.toString(number),
            "process", process,
            "executor", executor,
            "handle", handle,
            "started", started.toString(),
            "mark", mark.toInstant().toString(),
            "timeout", limits.timeout().toString(),
            "output", limits.headBytes() + " " + limits.tailBytes() + " " + limits.fileBytes(),
            "end", end.map(ExecNote::words).orElse("")));
  }

  private static String words(ExecEnd end) {
    return switch (end) {
      case ExecEnd.Status(int code) -> Integer.toString(code);
      case ExecEnd.OutOfMemory() -> "memory";
      case ExecEnd.Lost(String reason) -> LOST + reason;
    };
  }

  private static Optional<ExecEnd> end(String words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    if (words.startsWith(LOST)) {
      return Optional.of(new ExecEnd.Lost(words.substring(LOST.length())));
    }
    return Optional.of(
        words.equals("memory")
            ? new ExecEnd.OutOfMemory()
            : new ExecEnd.Status(Integer.parseInt(words)));
  }

  static void delete(Path home, long number) throws IOException {
    Files.deleteIfExists(file(home, number));
  }

  private static Path file(Path home, long number) {
    return home.resolve(PREFIX + number);
  }

  /// Those of a sandbox, in the order of their starts.
  static List<ExecNote> readAll(Path home) throws IOException {
    List<Path> files;
    try (var entries = Files.list(home)) {
      files =
          entries
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.startsWith(PREFIX) && !name.endsWith(Notes.DRAFT))
              .map(home::resolve)
              .toList();
    }
    var notes = new ArrayList<ExecNote>();
    for (Path file : files) {
      notes.add(parse(Notes.read(file)));
    }
    notes.sort(Comparator.comparingLong(ExecNote::number));
    return notes;
  }

  private static ExecNote parse(Properties values) {
    String[] output = values.getProperty("output").split(" ", -1);
    return new ExecNote(
        Long.parseLong(values.getProperty("number")),
        values.getProperty("process"),
        values.getProperty("executor"),
        values.getProperty("handle"),
        Instant.parse(values.getProperty("started")),
        FileTime.from(Instant.parse(values.getProperty("mark"))),
        new ExecLimits(
            Duration.parse(values.getProperty("timeout")),
            Integer.parseInt(output[0]),
            Integer.parseInt(output[1]),
            Long.parseLong(output[2])),
        end(values.getProperty("end")));
  }
}
