package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.Availability;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.agent.AgentProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Sandboxes made of containers of the Docker engine that `DOCKER_HOST` names, or else the one on
/// this machine. Thread-safe; the engine must be reached by a Unix socket.
public final class DockerBackend implements SandboxBackend {
  private final Optional<Engine> engine = Engine.ofEnvironment();
  private final List<SandboxImage> images;
  private final boolean resident;
  private final FrozenGroups frozen = new FrozenGroups();

  private DockerBackend(List<SandboxImage> images, boolean resident) {
    this.images = List.copyOf(images);
    this.resident = resident;
  }

  /// Containers of the Debian image, or of the host image where only that was made.
  public static DockerBackend standard() {
    return new DockerBackend(
        List.of(SandboxImage.DEBIAN, SandboxImage.HOST), AgentProgram.exists());
  }

  /// Containers of an image that is in the engine already.
  public static DockerBackend of(SandboxImage image) {
    return new DockerBackend(List.of(image), AgentProgram.exists());
  }

  /// The same without the resident agent: the engine starts each command, as is done anyway by a
  /// build that had no C compiler.
  public DockerBackend withoutAgent() {
    return new DockerBackend(images, false);
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public Availability availability() {
    if (engine.isEmpty()) {
      return new Availability.Unavailable(
          "DOCKER_HOST is no Unix socket", "unset it, or set it to unix:///var/run/docker.sock");
    }
    if (!Files.exists(engine.get().socket())) {
      return new Availability.Unavailable(
          "not installed or not running", "install it with `apt-get install docker.io`");
    }
    try {
      engine.get().call(client -> client.pingCmd().exec());
      return image()
          .<Availability>map(image ->
              new Availability.Available(
                  "image "
                      + image.reference()
                      + (resident ? ", resident agent" : ", no resident agent")))
          .orElseGet(() ->
              new Availability.Unavailable(
                  "there is no image " + images.getFirst().reference(),
                  "make it with `homeport sandbox image`"));
    } catch (SandboxException e) {
      return new Availability.Unavailable(
          String.valueOf(e.getMessage()), "start the engine and let this user into its group");
    }
  }

  private Optional<SandboxImage> image() throws SandboxException {
    for (SandboxImage image : images) {
      if (SandboxImages.exists(requireEngine(), image)) {
        return Optional.of(image);
      }
    }
    return Optional.empty();
  }

  private Engine requireEngine() throws SandboxException {
    return engine.orElseThrow(
        () -> new SandboxException(Kind.NO_BACKEND, "There is no Docker engine here."));
  }

  @Override
  public Sandbox create(SandboxSpec spec) throws IOException, InterruptedException {
    return DockerSandbox.create(host(), spec, agent(spec));
  }

  private Optional<Path> agent(SandboxSpec spec) throws IOException {
    return resident ? AgentProgram.install(spec.shared().root()) : Optional.empty();
  }

  @Override
  public Sandbox restore(SandboxSpec spec, Path snapshot) throws IOException, InterruptedException {
    return DockerSandbox.restore(host(), spec, agent(spec), snapshot);
  }

  @Override
  public Optional<Sandbox> adopt(SandboxSpec spec, Set<String> handles)
      throws IOException, InterruptedException {
    Optional<Path> agent = agent(spec);
    return agent.isPresent()
        ? DockerSandbox.adopt(host(), spec, agent.get(), handles)
        : Optional.empty();
  }

  private DockerSandbox.Host host() throws SandboxException {
    SandboxImage image =
        image()
            .orElseThrow(() ->
                new SandboxException(
                    Kind.NO_BACKEND,
                    "The sandbox image is gone; make it with `homeport sandbox image`."));
    return new DockerSandbox.Host(requireEngine(), frozen, image);
  }

  @Override
  public void sweep(Path instances, Predicate<String> lives) throws IOException {
    if (engine.isPresent() && Files.exists(engine.get().socket())) {
      new Containers(engine.get()).sweep(lives);
    }
  }
}
