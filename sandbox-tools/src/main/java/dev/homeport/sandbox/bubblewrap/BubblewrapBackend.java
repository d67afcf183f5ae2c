package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.Availability;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.agent.AgentProgram;
import dev.homeport.sandbox.agent.KeeperChannel;
import dev.homeport.sandbox.agent.UnixLink;
import dev.homeport.sandbox.cgroup.Cgroup;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Sandboxes made by bubblewrap 0.8 or newer; needs Linux with user namespaces, but no privileges.
///
/// The sandbox acts as the user that runs Homeport, without any capability: it can change files of
/// the workspace that this user owns. Without a delegated control group, limits hold for each
/// process; run by root such a sandbox has no limit of processes.
public final class BubblewrapBackend implements SandboxBackend {
  private volatile @Nullable Availability available;

  private final boolean overlay;
  private final boolean resident;

  private BubblewrapBackend(boolean overlay, boolean resident) {
    this.overlay = overlay;
    this.resident = resident;
  }

  /// Sandboxes that see the workspace through an overlay, or as a copy where none can be mounted.
  public static BubblewrapBackend overlaying() {
    return new BubblewrapBackend(true, AgentProgram.exists());
  }

  /// Sandboxes that work on a copy of the workspace, of at most 100,000 entries and 1 GiB.
  public static BubblewrapBackend copying() {
    return new BubblewrapBackend(false, AgentProgram.exists());
  }

  /// The same without the resident agent: each command starts a bubblewrap, as is done anyway by a
  /// build that had no C compiler.
  public BubblewrapBackend withoutAgent() {
    return new BubblewrapBackend(overlay, false);
  }

  @Override
  public String name() {
    return "bubblewrap";
  }

  @Override
  public Availability availability() throws InterruptedException {
    Availability known = available;
    if (known != null) {
      return known;
    }
    Availability found = probe();
    if (found instanceof Availability.Available) {
      available = found;
    }
    return found;
  }

  private Availability probe() throws InterruptedException {
    Optional<String> missing =
        List.of("bwrap", "unshare", "nsenter", "prlimit", "mount", "mknod").stream()
            .filter(program -> !isOnPath(program))
            .findFirst();
    if (missing.isPresent()) {
      return new Availability.Unavailable(
          missing.get().equals("bwrap") ? "not installed" : missing.get() + " is missing",
          "install it with `apt-get install bubblewrap util-linux coreutils` or your system's"
              + " equivalent");
    }
    var argv = new ArrayList<>(MountHolder.UNSHARE);
    argv.addAll(BwrapCommand.ISOLATION);
    argv.addAll(HostSystem.arguments());
    argv.addAll(List.of("--", "true"));
    try {
      Launcher.run(argv);
      return new Availability.Available(
          resident
              ? "user namespaces work, resident agent"
              : "user namespaces work; commands start slowly, as this build has no resident agent:"
                  + " build Homeport where a C compiler is");
    } catch (SandboxException e) {
      return refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return refused("it cannot be started: " + e.getMessage());
    }
  }

  private static Availability refused(String why) {
    return why.contains("disable-userns")
        ? new Availability.Unavailable("too old", "install bubblewrap 0.8 or newer")
        : new Availability.Unavailable(
            "this system blocks user namespaces (" + why + ")",
            "allow them (`sysctl user.max_user_namespaces=10000`, on Ubuntu also `sysctl"
                + " kernel.apparmor_restrict_unprivileged_userns=0`), or use Docker");
  }

  private static boolean isOnPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    for (String directory : path.split(File.pathSeparator, -1)) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Sandbox create(SandboxSpec spec) throws IOException, InterruptedException {
    Optional<Path> agent = resident ? AgentProgram.install(spec.shared().root()) : Optional.empty();
    return BubblewrapSandbox.create(spec, overlay, agent);
  }

  @Override
  public Sandbox restore(SandboxSpec spec, Path snapshot) throws IOException, InterruptedException {
    Optional<Path> agent = resident ? AgentProgram.install(spec.shared().root()) : Optional.empty();
    return BubblewrapSandbox.restore(spec, agent, snapshot);
  }

  @Override
  public Optional<Sandbox> adopt(SandboxSpec spec, Set<String> handles)
      throws IOException, InterruptedException {
    Optional<Path> agent = AgentProgram.install(spec.shared().root());
    if (agent.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(BubblewrapSandbox.adopt(spec, agent.get(), handles));
    } catch (IOException e) {
      System.getLogger(BubblewrapBackend.class.getName())
          .log(System.Logger.Level.INFO, "a sandbox was not adopted: {0}", e.getMessage());
      Path keeper = spec.directory().resolve(MountHolder.KEEPER);
      if (Files.exists(keeper)) {
        end(keeper);
      }
      return Optional.empty();
    }
  }

  @Override
  public void sweep(Path instances, Predicate<String> lives) throws IOException {
    for (Path keeper : keepers(instances)) {
      if (!lives.test(instances.relativize(keeper).getName(0).toString())) {
        end(keeper);
      }
    }
    Cgroup.sweep(Cgroup.MOUNT, Cgroup.membership(), lives);
  }

  private static List<Path> keepers(Path instances) throws IOException {
    try (var files = Files.find(instances, 4, (file, _) -> file.endsWith(MountHolder.KEEPER))) {
      return files.toList();
    }
  }

  /// Ends a sandbox that outlived its server; mounts and processes go with the keeper.
  private static void end(Path keeper) throws IOException {
    UnixLink link;
    try {
      link = UnixLink.connect(keeper);
    } catch (ConnectException e) {
      return;
    }
    KeeperChannel.open(link).end();
  }
}
