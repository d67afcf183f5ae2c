package dev.homeport.server.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/// Puts a copy of the sample project where the demonstration can work on it.
final class SampleCopy {
  private SampleCopy() {}

  /// Copies all files below `sample`.
  ///
  /// @param directory gets the copy as `orders`; empty for a new temporary directory
  static Path make(Path sample, Optional<Path> directory) throws IOException {
    Path base =
        directory.isPresent()
            ? Files.createDirectories(directory.get().toAbsolutePath())
            : Files.createTempDirectory("homeport-demo-");
    Path target = Files.createDirectory(base.resolve("orders"));
    Files.walkFileTree(sample, new Copier(sample, target));
    return target;
  }

  private static final class Copier extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copier(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      if (directory.endsWith("__pycache__")) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Files.createDirectories(to.resolve(from.relativize(directory)));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.copy(file, to.resolve(from.relativize(file)));
      return FileVisitResult.CONTINUE;
    }
  }
}
