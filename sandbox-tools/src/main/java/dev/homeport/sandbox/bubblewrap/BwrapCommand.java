package dev.homeport.sandbox.bubblewrap;

import dev.homeport.sandbox.Mount;
import dev.homeport.sandbox.SandboxLimits;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Puts together how bubblewrap is called for one sandbox.
final class BwrapCommand {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final String HOME = "/home/sandbox";
  private static final String AGENT = "/run/agent";
  private static final long OPEN_FILES = 8_192;

  /// A resource limit, by the name that `prlimit` takes and the number that Linux has for it.
  private enum Limit {
    CORE(4),
    NOFILE(7),
    FSIZE(1),
    NPROC(6),
    DATA(2);

    private final int number;

    Limit(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    String option() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Namespaces of its own, no way to make more, no privileges, no environment.
  static final List<String> ISOLATION =
      List.of(
          "bwrap",
          "--unshare-user",
          "--disable-userns",
          "--unshare-pid",
          "--unshare-ipc",
          "--unshare-uts",
          "--unshare-net",
          "--unshare-cgroup-try",
          "--die-with-parent",
          "--new-session",
          "--cap-drop",
          "ALL",
          "--uid",
          "1000",
          "--gid",
          "1000",
          "--hostname",
          "sandbox",
          "--clearenv");

  private final List<String> beforeWorkspace;
  private final Map<Limit, Long> limits;
  private final SandboxSpec spec;
  private final boolean overlay;

  private BwrapCommand(
      SandboxSpec spec, boolean overlay, List<String> beforeWorkspace, Map<Limit, Long> limits) {
    this.spec = spec;
    this.overlay = overlay;
    this.beforeWorkspace = beforeWorkspace;
    this.limits = limits;
  }

  /// @param overlay whether the workspace is an overlay, not a copy
  /// @param perProcess whether limits must be set on each process, for want of a control group
  /// @param agent the agent's program, if there is one
  static BwrapCommand of(
      SandboxSpec spec, boolean overlay, boolean perProcess, Optional<Path> agent)
      throws IOException {
    var arguments = new ArrayList<>(ISOLATION);
    arguments.addAll(HostSystem.arguments());
    accounts(spec.directory(), arguments);
    environment(spec, arguments);
    Path scratch = spec.directory().resolve("scratch");
    bind("--bind", scratch.resolve("tmp"), "/tmp", arguments);
    bind("--bind", scratch.resolve("home"), HOME, arguments);
    arguments.addAll(List.of("--symlink", "/tmp", "/var/tmp"));
    for (Mount mount : spec.template().mounts()) {
      bind(mount.writable() ? "--bind" : "--ro-bind", mount.source(), mount.target(), arguments);
    }
    agent.ifPresent(program -> bind("--ro-bind", program, AGENT, arguments));
    return new BwrapCommand(spec, overlay, arguments, limits(spec.template().limits(), perProcess));
  }

  private static void bind(String how, Path source, String target, List<String> arguments) {
    arguments.addAll(List.of(how, source.toString(), target));
  }

  private static void accounts(Path directory, List<String> arguments) throws IOException {
    Path etc = Files.createDirectories(directory.resolve("etc"));
    write(etc, "passwd", "sandbox:x:1000:1000::" + HOME + ":/bin/bash\n", arguments);
    write(etc, "group", "sandbox:x:1000:\n", arguments);
    write(etc, "hosts", "127.0.0.1 localhost sandbox\n", arguments);
    write(etc, "nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n", arguments);
  }

  private static void write(Path etc, String name, String content, List<String> arguments)
      throws IOException {
    Path file = etc.resolve(name);
    if (!Files.exists(file)) {
      Files.writeString(file, content);
    }
    bind("--ro-bind", file, "/etc/" + name, arguments);
  }

  private static void environment(SandboxSpec spec, List<String> arguments) {
    set("PATH", PATH, arguments);
    set("HOME", HOME, arguments);
    set("USER", "sandbox", arguments);
    set("LANG", "C.UTF-8", arguments);
    set("TERM", "dumb", arguments);
    spec.template().environment().forEach((name, value) -> set(name, value, arguments));
  }

  private static void set(String name, String value, List<String> arguments) {
    arguments.addAll(List.of("--setenv", name, value));
  }

  private static Map<Limit, Long> limits(SandboxLimits limits, boolean perProcess) {
    var values = new EnumMap<Limit, Long>(Limit.class);
    values.put(Limit.CORE, 0L);
    values.put(Limit.NOFILE, OPEN_FILES);
    values.put(Limit.FSIZE, limits.fileBytes());
    if (perProcess) {
      values.put(Limit.NPROC, (long) limits.processes());
      values.put(Limit.DATA, limits.memoryBytes());
    }
    return values;
  }

  /// The whole call for a program.
  ///
  /// @param covered files of the workspace to hide under an empty one
  List<String> forCommand(List<String> program, Collection<WorkspacePath> covered) {
    var arguments = upToProgram(covered);
    arguments.addAll(List.of("--json-status-fd", "3", "--", "prlimit"));
    limits.forEach((limit, value) -> arguments.add("--" + limit.option() + "=" + value));
    arguments.add("--");
    arguments.addAll(program);
    return arguments;
  }

  /// The whole call for an agent, which is the first process and gets a listening socket as
  /// descriptor 3.
  ///
  /// @param covered files of the workspace to hide under an empty one
  List<String> forAgent(Collection<WorkspacePath> covered) {
    var arguments = upToProgram(covered);
    arguments.addAll(List.of("--as-pid-1", "--", AGENT, "agent", "--listen", "3"));
    arguments.addAll(List.of("--directory", SandboxSpec.WORKSPACE));
    limits.forEach(
        (limit, value) -> arguments.addAll(List.of("--limit", limit.number() + "=" + value)));
    spec.forwards().forEach(forward -> arguments.addAll(List.of("--forward", forward.option())));
    return arguments;
  }

  private List<String> upToProgram(Collection<WorkspacePath> covered) {
    Path merged = spec.directory().resolve("merged");
    var arguments = new ArrayList<>(beforeWorkspace);
    bind("--bind", merged, SandboxSpec.WORKSPACE, arguments);
    for (WorkspacePath path : spec.template().policy().readOnly()) {
      Path file = spec.workspace().root().resolve(path.toString());
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        bind("--ro-bind-try", source(path, file).resolve(path.toString()), inside(path), arguments);
      }
    }
    covered.forEach(path -> bind("--ro-bind", Path.of("/dev/null"), inside(path), arguments));
    arguments.addAll(List.of("--remount-ro", "/", "--chdir", SandboxSpec.WORKSPACE));
    return arguments;
  }

  /// Where a read-only path is taken from. The overlay may go on showing a file that was replaced
  /// while another bubblewrap has it mounted, so files come from below it; of directories it hides
  /// parts.
  private Path source(WorkspacePath path, Path file) {
    boolean below =
        overlay
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && !spec.template().policy().hides(path, false);
    return spec.directory().resolve(below ? "lower" : "merged");
  }

  private static String inside(WorkspacePath path) {
    return SandboxSpec.WORKSPACE + "/" + path;
  }
}
