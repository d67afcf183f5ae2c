package dev.homeport.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Counts what the scanner finds in text that holds no secrets, which is how often it is wrong:
/// `SecretRate PATH...` takes directories, files and the archives `*.zip` and `*-sources.jar`.
final class SecretRate {
  /// A finding, and where.
  record Hit(String place, SecretFinding finding) {
    @Override
    public String toString() {
      return "%s:%d %s".formatted(place, finding.line(), finding.kind().label());
    }
  }

  private static final int LARGEST = 16 << 20;
  private static final Set<String> SKIPPED = Set.of(".git", "target", "node_modules", ".homeport");

  private final List<Hit> hits = new ArrayList<>();
  private long files;
  private long bytes;

  static void main(String[] arguments) throws IOException {
    var rate = new SecretRate();
    long start = System.nanoTime();
    for (String path : arguments) {
      rate.scan(Path.of(path));
    }
    rate.hits.forEach(System.out::println);
    System.out.printf("%s in %.1f s%n", rate, (System.nanoTime() - start) / 1e9);
  }

  /// Scans a directory with all below it, an archive, or a file.
  void scan(Path path) throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return SKIPPED.contains(String.valueOf(directory.getFileName()))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && Files.isReadable(file)) {
              scanFile(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void scanFile(Path file) throws IOException {
    String name = file.toString();
    try (InputStream content = Files.newInputStream(file)) {
      if (name.endsWith(".zip") || name.endsWith("-sources.jar")) {
        scanArchive(name, content);
      } else {
        scanText(name, content.readNBytes(LARGEST));
      }
    }
  }

  private void scanArchive(String name, InputStream content) throws IOException {
    var archive = new ZipInputStream(content);
    for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
      scanText(name + "!" + entry.getName(), archive.readNBytes(LARGEST));
    }
  }

  private void scanText(String place, byte[] content) {
    for (int i = 0; i < Math.min(content.length, 8_192); i++) {
      if (content[i] == 0) {
        return;
      }
    }
    files++;
    bytes += content.length;
    SecretFinding.in(new String(content, ISO_8859_1), SecretAllowList.NONE)
        .forEach(finding -> hits.add(new Hit(place, finding)));
  }

  /// What was found.
  List<Hit> hits() {
    return hits;
  }

  double mebibytes() {
    return bytes / 1_048_576.0;
  }

  double perMebibyte() {
    return hits.size() / mebibytes();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d findings in %d files of %.1f MiB: %.3f per MiB",
        hits.size(),
        files,
        mebibytes(),
        perMebibyte());
  }
}
