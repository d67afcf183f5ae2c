package dev.homeport.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The files that every candidate of [FilesBenchmark] changes, and the requests that change them.
///
/// Sixteen files of 4 KiB, each in one of two versions; every request turns one over, so that none
/// finds its content there already. All requests are built beforehand. For one thread.
final class FileLoad {
  /// The number of files, and the most callers.
  static final int FILES = 16;

  static final int BYTES = 4096;
  private static final String LINE =
      "A line of notes that an agent keeps for the next morning, or so.";

  /// What is asked for.
  enum Operation {
    /// `write_file` with the whole content.
    WRITE,
    /// `edit_file` that replaces one anchor.
    EDIT;

    String tool() {
      return name().toLowerCase(Locale.ROOT) + "_file";
    }
  }

  /// How a server names the texts of an edit, which is all in which the two servers differ.
  enum Dialect {
    /// As Homeport does.
    SNAKE_CASE("old_text", "new_text"),
    /// As server-filesystem does.
    CAMEL_CASE("oldText", "newText");

    private final String oldName;
    private final String newName;

    Dialect(String oldName, String newName) {
      this.oldName = oldName;
      this.newName = newName;
    }
  }

  private final Path directory;
  private final Map<Operation, byte[][][]> requests = new EnumMap<>(Operation.class);
  private final int[] versions = new int[FILES];

  /// Makes the files.
  ///
  /// @param directory the root of the server, which exists
  FileLoad(Path directory, Dialect dialect) throws IOException {
    this.directory = directory;
    var writes = new byte[FILES][2][];
    var edits = new byte[FILES][2][];
    for (int file = 0; file < FILES; file++) {
      Files.write(path(file), content(file, 0));
      for (int next = 0; next < 2; next++) {
        writes[file][next] = write(file, next);
        edits[file][next] = edit(file, next, dialect);
      }
    }
    requests.put(Operation.WRITE, writes);
    requests.put(Operation.EDIT, edits);
  }

  /// The next request for a file, without what comes before its id: see [StdioDriver].
  byte[] next(Operation operation, int file) {
    versions[file] = 1 - versions[file];
    return Objects.requireNonNull(requests.get(operation))[file][versions[file]];
  }

  /// Fails unless each file has what the last request for it said.
  void verify() throws IOException {
    for (int file = 0; file < FILES; file++) {
      if (!Arrays.equals(Files.readAllBytes(path(file)), content(file, versions[file]))) {
        throw new IOException(path(file) + " does not have the content that was acknowledged");
      }
    }
  }

  private Path path(int file) {
    return directory.resolve(name(file));
  }

  static String name(int file) {
    return "notes-%02d.md".formatted(file);
  }

  private static String anchor(int file, int version) {
    return "Notes %02d, version %d.".formatted(file, version);
  }

  static byte[] content(int file, int version) {
    var text = new StringBuilder(anchor(file, version)).append('\n');
    while (text.length() < BYTES) {
      text.append(LINE).append('\n');
    }
    text.setLength(BYTES - 1);
    return text.append('\n').toString().getBytes(UTF_8);
  }

  private byte[] write(int file, int version) {
    String content = new String(content(file, version), UTF_8).replace("\n", "\\n");
    return call(Operation.WRITE, file, "\"content\":\"" + content + "\"");
  }

  private byte[] edit(int file, int version, Dialect dialect) {
    return call(
        Operation.EDIT,
        file,
        "\"edits\":[{\"%s\":\"%s\",\"%s\":\"%s\"}]"
            .formatted(
                dialect.oldName,
                anchor(file, 1 - version),
                dialect.newName,
                anchor(file, version)));
  }

  private byte[] call(Operation operation, int file, String arguments) {
    return ",\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":{\"path\":\"%s\",%s}}}\n"
        .formatted(operation.tool(), path(file), arguments)
        .getBytes(UTF_8);
  }
}
