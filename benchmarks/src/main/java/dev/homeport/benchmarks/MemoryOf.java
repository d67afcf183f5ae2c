package dev.homeport.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// What processes of this machine occupy, shared pages divided among those that share them.
final class MemoryOf {
  private MemoryOf() {}

  /// The sum over all processes with these names, as `/proc/PID/comm` cuts them, in MiB.
  static double processes(String... names) throws IOException {
    Set<String> wanted = Set.of(names);
    long kib = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        kib += ofOne(process, wanted);
      }
    }
    return kib / 1024.0;
  }

  private static long ofOne(Path process, Set<String> wanted) throws IOException {
    try {
      String name = Files.readString(process.resolve("comm")).strip();
      if (wanted.stream().noneMatch(name::startsWith)) {
        return 0;
      }
      return Files.readAllLines(process.resolve("smaps_rollup")).stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException e) {
      // It ended meanwhile.
      return 0;
    }
  }
}
