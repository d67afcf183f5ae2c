package dev.homeport.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A checkout in small: the real launcher and JDK rule, with a Maven and JDKs that only record what
/// they are asked to do, and a PATH that holds nothing but the tools the scripts use.
final class LauncherTree {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> TOOLS =
      List.of(
          "cat",
          "chmod",
          "cksum",
          "cp",
          "date",
          "dirname",
          "env",
          "find",
          "head",
          "ls",
          "mkdir",
          "mv",
          "nice",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sleep",
          "tail",
          "touch",
          "uname");
  private static final List<String> MODULES =
      List.of("memory-files", "indexer", "skills-loader", "sandbox-tools", "mcp-server");

  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$@" >>builds.log
      echo "output of Maven"
      if [ -e broken ]; then echo "does not compile"; exit 1; fi
      sleep 0.3
      mkdir -p mcp-server/target/lib
      echo "jar $(date)" >mcp-server/target/homeport.jar
      """;

  private static final String JAVA =
      """
      #!/bin/sh
      for argument; do
        case $argument in
          -XX:AOTCacheOutput=*)
            cat >"$(dirname "$0")/../session"
            echo trained >>"$(dirname "$0")/../trainings"
            echo cache >"${argument#*=}"
            exit
            ;;
        esac
      done
      echo "java of $(dirname "$0")"
      echo "locale $LC_ALL"
      for argument; do echo "$argument"; done
      exit 7
      """;

  private final Path home;
  private final Path bin;
  private final Map<String, String> environment = new HashMap<>();

  LauncherTree(Path home) throws IOException {
    this.home = home.toRealPath();
    this.bin = Files.createDirectories(this.home.resolve("bin"));
    for (String tool : TOOLS) {
      addTool(tool);
    }
    environment.put("PATH", bin.toString());
    environment.put("HOME", this.home.toString());
    environment.put("XDG_CACHE_HOME", this.home.resolve("cache").toString());
    makeCheckout();
  }

  /// The directory of the checkout; there is a space in its name.
  Path root() {
    return home.resolve("a checkout");
  }

  Path home() {
    return home;
  }

  Path launcher() {
    return root().resolve("homeport");
  }

  private void makeCheckout() throws IOException {
    Files.createDirectories(root().resolve(".mvn"));
    Files.copy(CHECKOUT.resolve("homeport"), launcher());
    String rule = Files.readString(CHECKOUT.resolve(".mvn/jdk.sh"));
    for (String place : List.of("/usr/lib/jvm/", "/opt/", "/Library/")) {
      if (!rule.contains(" " + place)) {
        throw new AssertionError(".mvn/jdk.sh does not look in " + place);
      }
      // Absolute places move into this tree; it must not see the JDKs of the machine.
      rule = rule.replace(" " + place, " \"$HOME\"" + place);
    }
    Files.writeString(root().resolve(".mvn/jdk.sh"), rule);
    script(root().resolve("mvnw"), MAVEN);
    Files.writeString(root().resolve("pom.xml"), "<project/>");
    for (String module : MODULES) {
      Files.createDirectories(root().resolve(module + "/src/main"));
      Files.writeString(root().resolve(module + "/pom.xml"), "<project/>");
      Files.writeString(root().resolve(module + "/src/main/Some.java"), "class Some {}");
    }
    ageSources();
  }

  /// Makes a tool of this machine visible to the scripts.
  void addTool(String tool) throws IOException {
    for (String directory : List.of("/usr/bin", "/bin")) {
      Path original = Path.of(directory, tool);
      if (Files.exists(original)) {
        // No link: JUnit warns of each one that leads out of its temporary directory.
        script(bin.resolve(tool), "#!/bin/sh\nexec " + original + " \"$@\"\n");
        return;
      }
    }
    throw new AssertionError(tool + " is not on this machine");
  }

  /// Makes a JDK in `place`, a path below this tree, and returns its home.
  Path jdk(String place, String version) throws IOException {
    Path jdk = Files.createDirectories(home.resolve(place));
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(
        jdk.resolve("release"),
        "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
    script(jdk.resolve("bin/java"), JAVA);
    script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    return jdk;
  }

  static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  LauncherTree with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  /// Makes a source file look as if it had just been changed.
  void changeSource() throws IOException {
    Files.setLastModifiedTime(
        root().resolve("indexer/src/main/Some.java"),
        FileTime.from(Instant.now().plusSeconds(3600)));
  }

  private void ageSources() throws IOException {
    try (var files = Files.walk(root())) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
      }
    }
  }

  /// How often Maven was started.
  int builds() throws IOException {
    Path log = root().resolve("builds.log");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  /// What came of a run.
  record Run(int exit, String out, String err) {}

  Run launch(String... arguments) throws IOException, InterruptedException {
    return finish(start(home, launcher(), arguments));
  }

  /// Starts a script in a directory; its standard input is an empty pipe.
  Process start(Path directory, Path script, String... arguments) throws IOException {
    var command = new ProcessBuilder("/bin/sh", script.toString());
    command.command().addAll(List.of(arguments));
    command.directory(directory.toFile());
    command.environment().clear();
    command.environment().putAll(environment);
    Process process = command.start();
    process.getOutputStream().close();
    return process;
  }

  static Run finish(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the script still runs after 30 s");
    }
    return new Run(process.exitValue(), out, err);
  }
}
