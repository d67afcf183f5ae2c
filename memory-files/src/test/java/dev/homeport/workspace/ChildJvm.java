package dev.homeport.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A second process of the test's own class path.
public final class ChildJvm {
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--");

  private ChildJvm() {}

  /// Starts a main class; its standard error is that of the test.
  public static Process start(Class<?> main, String... arguments) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), main, arguments);
  }

  /// Starts a main class with 64 MB of heap behind another command, such as `prlimit`.
  public static Process startSmall(List<String> prefix, Class<?> main, String... arguments)
      throws IOException {
    var all = new ArrayList<>(prefix);
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    all.addAll(List.of("-XX:-UsePerfData", "-cp", System.getProperty("java.class.path")));
    all.add(main.getName());
    all.addAll(List.of(arguments));
    return start(all);
  }

  /// Starts a main class that may write no file larger than this.
  public static Process startWithFileLimit(int kibibytes, Class<?> main, String... arguments)
      throws IOException {
    // POSIX counts the limit in blocks of 512 bytes.
    String shell = "ulimit -f " + 2 * kibibytes + " && exec \"$@\"";
    return start(
        List.of("sh", "-c", shell, "sh"), System.getProperty("java.class.path"), main, arguments);
  }

  /// Starts a main class as a user without privileges: the one who runs the test or, if that is
  /// root, nobody, for whom the class path is copied to where it can be read.
  public static Process startUnprivileged(Path readable, Class<?> main, String... arguments)
      throws IOException {
    if (!isRoot()) {
      return start(main, arguments);
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Files.isDirectory(Path.of(entry))) {
        copy(Path.of(entry), readable);
      } else {
        Path jar = Path.of(entry);
        Files.copy(jar, readable.resolve(jar.getFileName()));
      }
    }
    return start(AS_NOBODY, readable + File.pathSeparator + readable + "/*", main, arguments);
  }

  /// Whether the test runs as root.
  public static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static Process start(
      List<String> prefix, String classPath, Class<?> main, String... arguments)
      throws IOException {
    var command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    return start(command);
  }

  private static Process start(List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
    return builder.start();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  /// What a process printed, after it ended.
  public static String output(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the child process does not end");
    }
    return output;
  }
}
