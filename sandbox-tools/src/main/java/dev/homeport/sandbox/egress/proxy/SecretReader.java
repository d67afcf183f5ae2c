package dev.homeport.sandbox.egress.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.sandbox.egress.SecretSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Reads secrets when they are needed. Messages of its exceptions hold none. Thread-safe.
final class SecretReader {
  private static final int SHORTEST = 8;
  private static final int LONGEST = 16 << 10;
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Map<String, String> environment;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<SecretSource, Kept> printed = new HashMap<>();

  private record Kept(String secret, long nanos) {}

  /// @param environment the variables that secrets may come from
  SecretReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /// @throws IOException saying what is wrong with the source
  String read(SecretSource source) throws IOException {
    String found =
        switch (source) {
          case SecretSource.Variable(String name) -> variable(name);
          case SecretSource.File(Path path) -> file(path);
          case SecretSource.Program(List<String> argv) -> program(source, argv);
        };
    String secret = found.strip();
    boolean printable = secret.chars().allMatch(c -> c >= ' ' && c < 127);
    if (secret.length() < SHORTEST || secret.length() > LONGEST || !printable) {
      throw new IOException(
          "the secret of %s must have %d to %,d ASCII characters in one line"
              .formatted(source, SHORTEST, LONGEST));
    }
    return secret;
  }

  private String variable(String name) throws IOException {
    @Nullable String value = environment.get(name);
    if (value == null) {
      throw new IOException("the server has no variable " + name);
    }
    return value;
  }

  private static String file(Path path) throws IOException {
    try (InputStream input = Files.newInputStream(path)) {
      return new String(input.readNBytes(LONGEST + 2), UTF_8);
    } catch (NoSuchFileException e) {
      throw new IOException("the server has no file " + path, e);
    }
  }

  private String program(SecretSource source, List<String> argv) throws IOException {
    lock.lock();
    try {
      @Nullable Kept kept = printed.get(source);
      if (kept != null && System.nanoTime() - kept.nanos() < KEPT.toNanos()) {
        return kept.secret();
      }
      String secret = run(argv);
      printed.put(source, new Kept(secret, System.nanoTime()));
      return secret;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private static String run(List<String> argv) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      process.getOutputStream().close();
      Thread.ofVirtual()
          .name("egress-secret")
          .start(() -> {
            try {
              if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      byte[] bytes = process.getInputStream().readNBytes(LONGEST + 2);
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
        throw new IOException(
            argv.getFirst() + " did not give a secret: it failed, or took more than 30 s");
      }
      return new String(bytes, UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }
}
