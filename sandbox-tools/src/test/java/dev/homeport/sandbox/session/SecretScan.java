package dev.homeport.sandbox.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything of a sandbox is searched, from the host, for a secret that its server holds: the
/// environment, arguments and memory of each process, and the file system that they see.
abstract class SecretScan {
  private static final int LARGEST_MAPPING = 64 << 20;

  @TempDir Path directory;

  abstract String backend();

  /// A number that no process of another test sleeps for.
  abstract String sleep();

  /// The processes inside, and those that hold them.
  abstract List<ProcessHandle> processes(Process owner, String instance) throws Exception;

  @Test
  void findsNoSecretOfTheServer() throws Exception {
    String secret = "secret-" + UUID.randomUUID();
    Path state = directory.resolve("state");
    Path work = Files.createDirectory(directory.resolve("work"));
    Files.writeString(work.resolve(".env"), "TOKEN=" + secret + "\n");
    Files.createDirectories(work.resolve(".homeport/memory"));
    Files.writeString(work.resolve(".homeport/memory/MEMORY.md"), secret + "\n");
    ProcessBuilder builder =
        OtherProcess.java(
                List.of(),
                OtherProcess.classPath(),
                Owner.class,
                backend(),
                work.toString(),
                state.toString(),
                sleep(),
                "1")
            .redirectErrorStream(false)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HOMEPORT_TOKEN", secret);
    Process owner = builder.start();
    try {
      assertThat(owner.inputReader().readLine()).isEqualTo("started p1");
      List<ProcessHandle> inside = processes(owner, KilledServer.instance(state));
      assertThat(inside).hasSizeGreaterThan(2);

      assertThat(holds(owner.toHandle(), secret)).as("the server itself").isTrue();
      assertThat(inside)
          .as("what is known to be there")
          .anyMatch(p -> holds(p, "sleep " + sleep()));
      assertThat(inside)
          .noneMatch(process -> holds(process, secret))
          .noneMatch(process -> sees(process, secret));
    } finally {
      owner.destroyForcibly().waitFor();
      try (Sandboxes next =
          Sandboxes.open(
              Workspace.open(work),
              state,
              List.of(Owner.backend(backend())),
              SandboxTemplate.DEFAULT)) {
        next.sweep();
      }
    }
  }

  static boolean holds(ProcessHandle process, String text) {
    Path proc = Path.of("/proc/" + process.pid());
    try {
      return Files.readString(proc.resolve("environ"), ISO_8859_1).contains(text)
          || Files.readString(proc.resolve("cmdline"), ISO_8859_1).contains(text)
          || remembers(proc, text);
    } catch (IOException e) {
      throw new AssertionError("process " + process.pid() + " could not be searched", e);
    }
  }

  private static boolean remembers(Path proc, String text) throws IOException {
    try (var memory = new RandomAccessFile(proc.resolve("mem").toFile(), "r")) {
      for (String line : Files.readAllLines(proc.resolve("maps"))) {
        String[] parts = line.split(" ", -1);
        long start = Long.parseUnsignedLong(parts[0].split("-", -1)[0], 16);
        long end = Long.parseUnsignedLong(parts[0].split("-", -1)[1], 16);
        boolean plain = !line.contains("[v") && parts[1].startsWith("r");
        if (plain && end - start <= LARGEST_MAPPING && mapping(memory, start, end).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String mapping(RandomAccessFile memory, long start, long end) throws IOException {
    byte[] bytes = new byte[(int) (end - start)];
    memory.seek(start);
    memory.readFully(bytes);
    return new String(bytes, ISO_8859_1);
  }

  static boolean sees(ProcessHandle process, String text) {
    Path root = Path.of("/proc/" + process.pid() + "/root");
    if (!Files.isDirectory(root.resolve("workspace"))) {
      return false;
    }
    var argv = new ArrayList<>(List.of("grep", "-rqsF", "--", text));
    for (String name : List.of("workspace", "tmp", "home", "etc", "run", "var")) {
      if (Files.exists(root.resolve(name))) {
        argv.add(root.resolve(name) + "/");
      }
    }
    try {
      return new ProcessBuilder(argv).inheritIO().start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
