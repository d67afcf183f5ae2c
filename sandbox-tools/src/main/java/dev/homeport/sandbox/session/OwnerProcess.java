package dev.homeport.sandbox.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// A process that cannot be mistaken for a later one of the same number.
///
/// @param pid its number
/// @param start its start in ticks since the boot
record OwnerProcess(long pid, long start) {
  static OwnerProcess current() throws IOException {
    long pid = ProcessHandle.current().pid();
    return running(pid).orElseThrow(() -> new IOException("this process is not in /proc"));
  }

  /// Reads `pid start`.
  static Optional<OwnerProcess> parse(String text) {
    int space = text.indexOf(' ');
    try {
      return Optional.of(
          new OwnerProcess(
              Long.parseLong(text, 0, Math.max(0, space), 10),
              Long.parseLong(text.strip(), space + 1, text.strip().length(), 10)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean isAlive() throws IOException {
    return running(pid).filter(this::equals).isPresent();
  }

  private static Optional<OwnerProcess> running(long pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(new OwnerProcess(pid, Long.parseLong(afterName[19])));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return pid + " " + start;
  }
}
