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
import java.util.List;

/// Puts together how bubblewrap is called for one sandbox.
final class BwrapCommand {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final String HOME = "/home/sandbox";

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
  private final List<String> limits;
  private final SandboxSpec spec;

  private BwrapCommand(SandboxSpec spec, List<String> beforeWorkspace, List<String> limits) {
    this.spec = spec;
    this.beforeWorkspace = beforeWorkspace;
    this.limits = limits;
  }

  /// @param perProcess whether limits must be set on each process, for want of a control group
  static BwrapCommand of(SandboxSpec spec, boolean perProcess) throws IOException {
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
    return new BwrapCommand(spec, arguments, limits(spec.template().limits(), perProcess));
  }

  private static void bind(String how, Path source, String target, List<String> arguments) {
    arguments.addAll(List.of(how, source.toString(), target));
  }

  private static void accounts(Path directory, List<String> arguments) throws IOException {
    Path etc = Files.createDirectory(directory.resolve("etc"));
    write(etc, "passwd", "sandbox:x:1000:1000::" + HOME + ":/bin/bash\n", arguments);
    write(etc, "group", "sandbox:x:1000:\n", arguments);
    write(etc, "hosts", "127.0.0.1 localhost sandbox\n", arguments);
    write(etc, "nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n", arguments);
  }

  private static void write(Path etc, String name, String content, List<String> arguments)
      throws IOException {
    bind("--ro-bind", Files.writeString(etc.resolve(name), content), "/etc/" + name, arguments);
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

  private static List<String> limits(SandboxLimits limits, boolean perProcess) {
    var arguments =
        new ArrayList<>(
            List.of("prlimit", "--core=0", "--nofile=8192", "--fsize=" + limits.fileBytes()));
    if (perProcess) {
      arguments.add("--nproc=" + limits.processes());
      arguments.add("--data=" + limits.memoryBytes());
    }
    arguments.add("--");
    return arguments;
  }

  /// The whole call for a program.
  ///
  /// @param covered files of the workspace to hide under an empty one
  List<String> argv(List<String> program, Collection<WorkspacePath> covered) {
    Path merged = spec.directory().resolve("merged");
    var arguments = new ArrayList<>(beforeWorkspace);
    bind("--bind", merged, SandboxSpec.WORKSPACE, arguments);
    for (WorkspacePath path : spec.template().policy().readOnly()) {
      if (Files.exists(
          spec.workspace().root().resolve(path.toString()), LinkOption.NOFOLLOW_LINKS)) {
        bind("--ro-bind-try", merged.resolve(path.toString()), inside(path), arguments);
      }
    }
    covered.forEach(path -> bind("--ro-bind", Path.of("/dev/null"), inside(path), arguments));
    arguments.addAll(
        List.of("--remount-ro", "/", "--chdir", SandboxSpec.WORKSPACE, "--json-status-fd", "3"));
    arguments.add("--");
    arguments.addAll(limits);
    arguments.addAll(program);
    return arguments;
  }

  private static String inside(WorkspacePath path) {
    return SandboxSpec.WORKSPACE + "/" + path;
  }
}
