package dev.homeport.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.server.tool.AuditLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The files of the audit log, for their owner alone. A line is one write to a file opened for
/// appending, so lines of several processes do not mix. Thread-safe.
record AuditFiles(Path directory) implements AuditLog.Lines {
  @Override
  public void append(String file, String line) throws IOException {
    Path path = directory.resolve(file);
    if (!Files.exists(path)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    try (FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap((line + "\n").getBytes(UTF_8)));
    }
  }
}
