package dev.homeport.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How long processors have worked, in milliseconds.
final class ProcessorTime {
  /// The kernel counts for all of Linux in hundredths of a second.
  private static final double TICK_MILLIS = 10;

  /// Where user and system time of ended children stand behind the name of the process.
  private static final int FIRST_FIELD = 13;

  private ProcessorTime() {}

  /// All threads of this process, those of the JVM included.
  static double ofThisProcess() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e6;
  }

  /// All processes that this one started and that ended, with what they started.
  static double ofChildren() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    return TICK_MILLIS
        * (Long.parseLong(fields.get(FIRST_FIELD)) + Long.parseLong(fields.get(FIRST_FIELD + 1)));
  }
}
