package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.SandboxSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process whose user and mount namespaces hold the mounts of one sandbox.
///
/// With an agent it is the keeper, which makes the mounts and, without a server, waits for the next
/// one for the time of a lease. Else it is a shell that reads from a pipe that nobody writes into,
/// so it ends with the server, and the mounts with it.
final class MountHolder implements AutoCloseable {
  /// Below the sandbox's directory: the workspace at `lower`, what is hidden as whiteouts in
  /// `mask`, changes in `upper`, all together at `merged`; memory for `/tmp` and home in `scratch`.
  private static final String SCRIPT =
      """
      set -u
      cd "$1" || exit
      [ "$4" = overlay ] && mount --rbind "$2" lower &&
        mount -t overlay homeport \
          -o userxattr,lowerdir=mask:lower,upperdir=upper,workdir=work merged &&
        echo overlay || {
          echo copy
          mount --rbind copy merged || exit
        }
      mount -t tmpfs -o "size=$3,mode=0755,nosuid,nodev" homeport scratch || exit
      mkdir -m 1777 scratch/tmp && mkdir scratch/home || exit
      echo ready
      exec cat >/dev/null
      """;

  /// The name of the keeper's socket in the directory of its sandbox.
  static final String KEEPER = "keeper";

  /// How long a sandbox lives without a server.
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final ProcessHandle process;
  private final Path directory;
  private final boolean overlay;

  private MountHolder(ProcessHandle process, Path directory, boolean overlay) {
    this.process = process;
    this.directory = directory;
    this.overlay = overlay;
  }

  /// @param agent the agent's program, whose keeper it becomes, or empty
  /// @param overlay whether to try an overlay; a copy takes its place where that fails
  /// @throws SandboxException if the mounts cannot be made
  static MountHolder start(SandboxSpec spec, boolean overlay, Optional<Path> agent)
      throws IOException, InterruptedException {
    List<String> parts =
        List.of(
            spec.directory().toString(),
            spec.workspace().root().toString(),
            Long.toString(spec.template().limits().scratchBytes()),
            overlay ? "overlay" : "copy");
    List<String> argv = new ArrayList<>();
    if (agent.isPresent()) {
      argv.addAll(List.of(agent.get().toString(), "keeper", Long.toString(LEASE.toMillis())));
    } else {
      argv.addAll(UNSHARE);
      argv.addAll(List.of("sh", "-c", SCRIPT, "sh"));
    }
    argv.addAll(parts);
    Process process = Launcher.start(argv);
    var lines = new FutureTask<>(() -> untilReady(process.inputReader()));
    Thread.ofVirtual().name("sandbox-holder").start(lines);
    try {
      List<String> said = lines.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (!said.contains("ready")) {
        throw failed(String.join(" ", said));
      }
      return new MountHolder(process.toHandle(), spec.directory(), said.contains("overlay"));
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw failed("no answer in time");
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /// Takes over the keeper of a killed server.
  static MountHolder adopt(SandboxSpec spec, long keeper, boolean overlay) throws IOException {
    return new MountHolder(
        ProcessHandle.of(keeper).orElseThrow(() -> new IOException("the keeper has ended")),
        spec.directory(),
        overlay);
  }

  long pid() {
    return process.pid();
  }

  /// The socket of the keeper.
  Path keeper() {
    return directory.resolve(KEEPER);
  }

  /// What is mounted in memory for `/tmp` and home, as this process sees it.
  Path scratch() {
    Path root = Path.of("/proc", Long.toString(process.pid()), "root");
    return root.resolve(Path.of("/").relativize(directory)).resolve("scratch");
  }

  /// A user namespace in which we are root, and a mount namespace in that.
  static final List<String> UNSHARE =
      List.of("unshare", "--user", "--map-root-user", "--mount", "--propagation", "private");

  private static List<String> untilReady(BufferedReader reader) throws IOException {
    var lines = new ArrayList<String>();
    String line;
    while ((line = reader.readLine()) != null) {
      lines.add(line);
      if (line.equals("ready")) {
        break;
      }
    }
    return lines;
  }

  private static SandboxException failed(String why) {
    return new SandboxException(
        Kind.FAILED, "The file system of the sandbox could not be mounted: " + why);
  }

  /// Whether the workspace is an overlay, not a copy.
  boolean isOverlay() {
    return overlay;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// What to put before a command so that it runs in the namespaces.
  List<String> enter() {
    return List.of(
        "nsenter",
        "--target",
        Long.toString(process.pid()),
        "--user",
        "--mount",
        "--preserve-credentials");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
