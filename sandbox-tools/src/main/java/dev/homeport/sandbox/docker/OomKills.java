package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.files.Capture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/// Tells a command that was killed for want of memory from one that was killed otherwise.
final class OomKills {
  private static final Command COUNT =
      Command.of(
          "sh",
          "-c",
          "cat /sys/fs/cgroup/memory/memory.oom_control /sys/fs/cgroup/memory.events 2>/dev/null"
              + " | sed -n 's/^oom_kill //p'");

  private final AtomicLong seen = new AtomicLong();

  /// What a status means in the container of these commands.
  ExecEnd judge(int status, ContainerCommands commands) throws IOException, InterruptedException {
    boolean outOfMemory = status == ContainerCommands.KILLED && rose(commands);
    return outOfMemory ? new ExecEnd.OutOfMemory() : new ExecEnd.Status(status);
  }

  private boolean rose(ContainerCommands commands) throws IOException, InterruptedException {
    String number =
        new String(Capture.bytes(commands.start(COUNT), 100), StandardCharsets.UTF_8).strip();
    long now = number.isEmpty() ? 0 : Long.parseLong(number);
    return now > seen.getAndSet(now);
  }
}
