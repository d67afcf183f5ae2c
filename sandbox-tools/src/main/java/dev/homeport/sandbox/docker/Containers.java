package dev.homeport.sandbox.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.VolumeOptions;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxLimits;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.workspace.WorkspacePath;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes, finds and removes the containers of sandboxes.
///
/// A container's first process is the agent, which ends some time after its server does; or,
/// without one, it reads from a stream that only this server holds. The engine then removes the
/// container; a sweep is for what that does not reach.
final class Containers {
  private static final String INSTANCE = "dev.homeport.instance";
  private static final String HOME = "/home/sandbox";
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /// Waits for the end of its input, even if its `cat` is killed with everything else. A shell that
  /// waits for a child reaps those of others as well, so there is no need of an init.
  private static final String FIRST_PROCESS = "until cat; do :; done";

  private static final long NANO_CPUS = 2_000_000_000L;

  private final Engine engine;

  Containers(Engine engine) {
    this.engine = engine;
  }

  /// Makes a container that is not started yet, and gives its id.
  ///
  /// @param agent the agent's program, to be the first process
  String create(SandboxSpec spec, SandboxImage image, Optional<Path> agent)
      throws SandboxException {
    if (agent.isEmpty()) {
      spec.requireNoForwards();
    }
    List<String> first =
        agent.isPresent() ? ResidentCommands.entrypoint(spec) : List.of("sh", "-c", FIRST_PROCESS);
    HostConfig hostConfig = hostConfig(spec, image, agent);
    return engine.call(client -> {
      CreateContainerCmd command =
          client
              .createContainerCmd(image.reference())
              .withName("homeport-" + spec.instance() + "-" + spec.id())
              .withLabels(Map.of(INSTANCE, spec.instance()))
              .withHostName("sandbox")
              .withUser("1000:1000")
              .withWorkingDir(SandboxSpec.WORKSPACE)
              .withEntrypoint(first)
              .withEnv(environment(spec))
              .withStdinOpen(true)
              .withStdInOnce(agent.isEmpty())
              .withAttachStdin(true)
              .withAttachStdout(agent.isPresent())
              .withHostConfig(hostConfig);
      return command.exec().getId();
    });
  }

  private static List<String> environment(SandboxSpec spec) {
    var environment =
        new ArrayList<>(
            List.of(
                "PATH=" + PATH,
                "HOME=" + HOME,
                "USER=sandbox",
                "LANG=C.UTF-8",
                "TERM=dumb",
                ContainerScripts.MARKER + "=container"));
    spec.template().environment().forEach((name, value) -> environment.add(name + "=" + value));
    return environment;
  }

  private static HostConfig hostConfig(SandboxSpec spec, SandboxImage image, Optional<Path> agent) {
    SandboxLimits limits = spec.template().limits();
    String scratch = "rw,exec,nosuid,nodev,uid=1000,gid=1000,size=" + limits.scratchBytes() / 2;
    return HostConfig.newHostConfig()
        .withAutoRemove(true)
        .withRestartPolicy(RestartPolicy.noRestart())
        .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
        .withNetworkMode("none")
        .withIpcMode("private")
        .withCapDrop(Capability.ALL)
        .withSecurityOpts(List.of("no-new-privileges"))
        .withReadonlyRootfs(true)
        .withTmpFs(Map.of("/tmp", scratch + ",mode=1777", HOME, scratch + ",mode=0700"))
        .withMounts(mounts(spec, image, agent))
        .withMemory(limits.memoryBytes())
        .withMemorySwap(limits.memoryBytes())
        .withPidsLimit((long) limits.processes())
        .withNanoCPUs(NANO_CPUS)
        .withUlimits(
            List.of(
                new Ulimit("nofile", 8_192L, 8_192L),
                new Ulimit("fsize", limits.fileBytes(), limits.fileBytes()),
                new Ulimit("core", 0L, 0L)));
  }

  private static List<Mount> mounts(SandboxSpec spec, SandboxImage image, Optional<Path> agent) {
    var mounts = new ArrayList<Mount>();
    mounts.add(
        new Mount()
            .withType(MountType.VOLUME)
            .withTarget(SandboxSpec.WORKSPACE)
            .withVolumeOptions(new VolumeOptions().withLabels(Map.of(INSTANCE, spec.instance()))));
    image.mounts().forEach(mount -> mounts.add(bind(mount)));
    spec.template().mounts().forEach(mount -> mounts.add(bind(mount)));
    agent.ifPresent(program ->
        mounts.add(bind(new dev.homeport.sandbox.Mount(program, ResidentCommands.AGENT, false))));
    for (WorkspacePath path : readOnly(spec)) {
      Path source = spec.workspace().root().resolve(path.toString());
      mounts.add(
          bind(new dev.homeport.sandbox.Mount(source, SandboxSpec.WORKSPACE + "/" + path, false)));
    }
    return mounts;
  }

  /// What is mounted from the workspace itself, because the sandbox may read it but not change it.
  static List<WorkspacePath> readOnly(SandboxSpec spec) {
    return spec.template().policy().readOnly().stream()
        .filter(path ->
            Files.exists(
                spec.workspace().root().resolve(path.toString()), LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  private static Mount bind(dev.homeport.sandbox.Mount mount) {
    return new Mount()
        .withType(MountType.BIND)
        .withSource(mount.source().toString())
        .withTarget(mount.target())
        .withReadOnly(!mount.writable());
  }

  void start(String container) throws SandboxException {
    engine.call(client -> client.startContainerCmd(container).exec());
  }

  /// The number of its first process on the engine's machine, or 0 if it does not run.
  long process(String container) throws SandboxException {
    @Nullable Long number =
        engine.call(client -> client.inspectContainerCmd(container).exec().getState().getPidLong());
    return number == null ? 0 : number;
  }

  /// @throws SandboxException if it is gone
  boolean isPaused(String container) throws SandboxException {
    return Boolean.TRUE.equals(
        engine.call(client -> client.inspectContainerCmd(container).exec().getState().getPaused()));
  }

  /// Kills a container and removes it with its volume, if it is still there.
  void remove(String container) throws SandboxException {
    try {
      engine.call(client ->
          client.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec());
    } catch (SandboxException e) {
      // The engine removes a container itself once it has ended.
      if (e.kind() != SandboxException.Kind.LOST) {
        throw e;
      }
    }
  }

  /// Removes the containers of instances that no longer live, and volumes whose container somebody
  /// removed without them.
  void sweep(Predicate<String> lives) throws SandboxException {
    for (var container :
        engine.call(client ->
            client
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(INSTANCE))
                .exec())) {
      if (!lives.test(instance(container.getLabels()))) {
        remove(container.getId());
      }
    }
    for (var volume :
        engine.call(client ->
            client
                .listVolumesCmd()
                .withDanglingFilter(true)
                .withFilter("label", List.of(INSTANCE))
                .exec()
                .getVolumes())) {
      if (!lives.test(instance(volume.getLabels()))) {
        engine.call(client -> client.removeVolumeCmd(volume.getName()).exec());
      }
    }
  }

  private static String instance(Map<String, String> labels) {
    return String.valueOf(labels.get(INSTANCE));
  }
}
