package dev.homeport.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The servers of a user that run now, one file each, so that people can see them. A file whose
/// process is gone counts as none. Thread-safe, and shared by processes.
public final class RunningServers {
  private static final String EXTENSION = ".server";

  private final Path directory;

  /// One that runs.
  ///
  /// @param pid its process
  /// @param serves the workspace or the URL
  /// @param since when it began
  public record Server(long pid, String serves, Instant since) {}

  /// An entry of this process.
  @FunctionalInterface
  public interface Entry extends AutoCloseable {
    @Override
    void close();
  }

  private RunningServers(Path directory) {
    this.directory = directory;
  }

  /// Those of a user.
  public static RunningServers of(UserDirectories user) {
    return new RunningServers(user.state().resolve("servers"));
  }

  /// Enters this process until the entry is closed. Where that cannot be written, nobody sees it,
  /// which keeps no server from working.
  public Entry enter(String serves) {
    long pid = ProcessHandle.current().pid();
    Path file = directory.resolve(pid + EXTENSION);
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path unfinished = directory.resolve(Long.toString(pid));
      String text =
          started(ProcessHandle.current()) + "\n" + System.currentTimeMillis() + "\n" + serves;
      Files.writeString(unfinished, text);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      log("not entered", e);
    }
    return () -> {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        log("not taken out", e);
      }
    };
  }

  /// Those that run, the oldest first.
  public List<Server> all() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    var all = new ArrayList<Server>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + EXTENSION)) {
      for (Path file : files) {
        read(file).ifPresent(all::add);
      }
    }
    all.sort(Comparator.comparing(Server::since));
    return all;
  }

  private static Optional<Server> read(Path file) throws IOException {
    String[] facts;
    try {
      facts = Files.readString(file).split("\n", 3);
    } catch (NoSuchFileException ended) {
      return Optional.empty();
    }
    String name = String.valueOf(file.getFileName());
    long pid = Long.parseLong(name.substring(0, name.length() - EXTENSION.length()));
    // The number of a process that ended may belong to another one by now.
    return ProcessHandle.of(pid)
        .filter(process -> started(process) == Long.parseLong(facts[0]))
        .map(_ -> new Server(pid, facts[2], Instant.ofEpochMilli(Long.parseLong(facts[1]))));
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static void log(String what, IOException failed) {
    System.getLogger(RunningServers.class.getName())
        .log(System.Logger.Level.DEBUG, "this server is {0}: {1}", what, failed.getMessage());
  }
}
