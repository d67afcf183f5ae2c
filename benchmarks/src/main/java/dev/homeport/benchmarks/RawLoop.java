package dev.homeport.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// The least that a durable write of one file takes: write, fsync, rename, fsync of the directory,
/// one after the other on one thread.
final class RawLoop {
  private final Path directory;
  private final byte[][] contents = {FileLoad.content(0, 0), FileLoad.content(0, 1)};

  /// @param directory an empty directory
  RawLoop(Path directory) {
    this.directory = directory;
  }

  /// Writes the files in turn for a while.

  Sample run(Duration time) throws IOException {
    var times = new Sample.Times();
    long start = System.nanoTime();
    long deadline = start + time.toNanos();
    long now = start;
    for (int turn = 0; now < deadline; turn++) {
      write(turn % FileLoad.FILES, contents[turn % 2]);
      long end = System.nanoTime();
      times.add(end - now);
      now = end;
    }
    return times.sample(now - start, Duration.ZERO);
  }

  private void write(int file, byte[] bytes) throws IOException {
    Path temporary = directory.resolve("notes.tmp");
    try (var channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var content = ByteBuffer.wrap(bytes);
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    Files.move(temporary, directory.resolve(FileLoad.name(file)), StandardCopyOption.ATOMIC_MOVE);
    try (var parent = FileChannel.open(directory, StandardOpenOption.READ)) {
      parent.force(true);
    }
  }
}
