package dev.homeport.sandbox.cgroup;

import dev.homeport.sandbox.SandboxLimits;
import dev.homeport.sandbox.Usage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// The control group of one sandbox: its limits, what it uses, and whether it is frozen.
///
/// Version 1 has a directory for each controller, version 2 one for all. Both are made below the
/// server's own group, which works where that is delegated to it, above all for root.
public final class Cgroup implements AutoCloseable {
  private static final String PREFIX = "homeport-";
  private static final List<String> WANTED = List.of("memory", "pids", "cpuacct", "freezer");

  private final List<Path> directories;

  private Cgroup(List<Path> directories) {
    this.directories = List.copyOf(directories);
  }

  /// Where control groups are mounted.
  public static final Path MOUNT = Path.of("/sys/fs/cgroup");

  /// The control groups of this process, as the kernel lists them.
  public static List<String> membership() throws IOException {
    return membership("self");
  }

  private static List<String> membership(String process) throws IOException {
    Path file = Path.of("/proc", process, "cgroup");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /// The group that an engine made for a process, if this machine's files show it.
  ///
  /// @param process its number, which may be that of another process if the engine is elsewhere
  /// @param name what the names of the right group contain
  public static Optional<Cgroup> of(long process, String name) throws IOException {
    List<Path> directories =
        parents(MOUNT, membership(Long.toString(process))).stream()
            .filter(directory -> directory.toString().contains(name))
            .filter(Files::isDirectory)
            .toList();
    var group = new Cgroup(directories);
    return group.isCounted() ? Optional.of(group) : Optional.empty();
  }

  /// Makes a group, or gives empty where none is delegated.
  ///
  /// @param mount where the control groups are mounted
  /// @param membership the lines of `/proc/self/cgroup`
  public static Optional<Cgroup> create(
      Path mount, List<String> membership, String name, SandboxLimits limits) {
    var made = new ArrayList<Path>();
    var group = new Cgroup(made);
    try {
      for (Path parent : parents(mount, membership)) {
        Path directory = parent.resolve(PREFIX + name);
        if (!Files.isDirectory(directory)) {
          Files.createDirectory(directory);
        }
        made.add(directory);
      }
      group = new Cgroup(made);
      return !made.isEmpty() && group.limit(limits) ? Optional.of(group) : group.giveUp();
    } catch (IOException e) {
      return new Cgroup(made).giveUp();
    }
  }

  /// The group that has these directories.
  public static Cgroup of(List<Path> directories) {
    return new Cgroup(directories);
  }

  private Optional<Cgroup> giveUp() {
    directories.forEach(directory -> directory.toFile().delete());
    return Optional.empty();
  }

  private boolean limit(SandboxLimits limits) throws IOException {
    String memory = Long.toString(limits.memoryBytes());
    boolean limited = write("memory.limit_in_bytes", memory) || write("memory.max", memory);
    write("memory.memsw.limit_in_bytes", memory);
    write("memory.swap.max", "0");
    return limited && write("pids.max", Integer.toString(limits.processes()));
  }

  /// Writes a setting if a directory of the group has it.
  private boolean write(String file, String value) throws IOException {
    Optional<Path> setting = find(file);
    if (setting.isPresent()) {
      Files.writeString(setting.get(), value);
    }
    return setting.isPresent();
  }

  /// Where groups can be made: beside each other for version 1, in one place for version 2.
  private static List<Path> parents(Path mount, List<String> membership) {
    var parents = new ArrayList<Path>();
    for (String line : membership) {
      String[] parts = line.split(":", 3);
      List<String> controllers = List.of(parts[1].split(",", -1));
      if (controllers.stream().anyMatch(WANTED::contains)) {
        parents.add(mount.resolve(parts[1]).resolve(parts[2].substring(1)));
      }
    }
    if (parents.isEmpty()) {
      membership.stream()
          .filter(line -> line.startsWith("0::/"))
          .forEach(line -> parents.add(mount.resolve(line.substring(4))));
    }
    return parents;
  }

  /// Removes the groups of instances that no longer live; processes are gone by then.
  public static void sweep(Path mount, List<String> membership, Predicate<String> lives)
      throws IOException {
    for (Path parent : parents(mount, membership)) {
      if (!Files.isDirectory(parent)) {
        continue;
      }
      try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, PREFIX + "*")) {
        for (Path group : groups) {
          String name = String.valueOf(group.getFileName()).substring(PREFIX.length());
          if (!lives.test(name.substring(0, Math.max(0, name.indexOf('-'))))) {
            group.toFile().delete();
          }
        }
      }
    }
  }

  /// Where it is, one for each controller or one for all.
  public List<Path> directories() {
    return directories;
  }

  /// Freezes its processes, or lets them go on.
  ///
  /// @return false if the kernel cannot
  public boolean freeze(boolean frozen) throws IOException {
    return write("freezer.state", frozen ? "FROZEN" : "THAWED")
        || write("cgroup.freeze", frozen ? "1" : "0");
  }

  /// Whether this process may freeze them.
  public boolean canFreeze() {
    return find("freezer.state")
        .or(() -> find("cgroup.freeze"))
        .filter(Files::isWritable)
        .isPresent();
  }

  /// Whether its processes can be frozen, and what they use is counted.
  public boolean isCounted() throws IOException {
    return usage().isPresent()
        && (find("freezer.state").isPresent() || find("cgroup.freeze").isPresent());
  }

  /// What its processes used since it was made.
  public Optional<Usage> usage() throws IOException {
    Optional<Path> nanos = find("cpuacct.usage");
    Optional<Path> stat = find("cpu.stat");
    Optional<Path> memory = find("memory.usage_in_bytes").or(() -> find("memory.current"));
    if (memory.isEmpty() || (nanos.isEmpty() && stat.isEmpty())) {
      return Optional.empty();
    }
    Duration time =
        nanos.isPresent()
            ? Duration.ofNanos(number(nanos.get()))
            : Duration.of(
                counter(Files.readAllLines(stat.orElseThrow()), "usage_usec "), ChronoUnit.MICROS);
    return Optional.of(new Usage(time, number(memory.get())));
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }

  private Optional<Path> find(String file) {
    return directories.stream()
        .map(directory -> directory.resolve(file))
        .filter(Files::exists)
        .findFirst();
  }

  /// How many processes the kernel killed for want of memory.
  public long oomKills() throws IOException {
    Optional<Path> counters = find("memory.oom_control").or(() -> find("memory.events"));
    return counters.isEmpty() ? 0 : counter(Files.readAllLines(counters.get()), "oom_kill ");
  }

  private static long counter(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.substring(key.length())))
        .findFirst()
        .orElse(0);
  }

  /// Removes the group, whose last processes may need a moment to be gone.
  @Override
  public void close() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    for (Path directory : directories) {
      while (!directory.toFile().delete()
          && Files.exists(directory)
          && System.nanoTime() < deadline) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
      }
    }
  }
}
