package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Usage;
import dev.homeport.sandbox.files.Capture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads what a container used from the control groups that it sees, which is a thousand times
/// faster than asking the engine.
final class ContainerUsage {
  /// Nanoseconds of processor time and bytes of memory, a line each, by version 1 or 2.
  private static final Command READ =
      Command.of(
          "sh",
          "-c",
          """
          cd /sys/fs/cgroup
          cat cpuacct/cpuacct.usage 2>/dev/null || sed -n 's/^usage_usec \\(.*\\)/\\1000/p' cpu.stat
          cat memory/memory.usage_in_bytes 2>/dev/null || cat memory.current
          """);

  private static final int LONGEST = 200;

  private ContainerUsage() {}

  static Optional<Usage> read(ContainerCommands commands) throws IOException, InterruptedException {
    byte[] printed = Capture.bytes(commands.start(READ), LONGEST);
    List<String> lines = new String(printed, StandardCharsets.UTF_8).lines().toList();
    return lines.size() < 2
        ? Optional.empty()
        : Optional.of(
            new Usage(
                Duration.ofNanos(Long.parseLong(lines.get(0))), Long.parseLong(lines.get(1))));
  }
}
