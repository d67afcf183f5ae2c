package dev.homeport.sandbox.docker;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Makes base images for sandboxes without any registry.
///
/// The engine is the one that `DOCKER_HOST` names, or else the one on this machine. An image that
/// is there already is replaced; containers that run keep the one they were made of.
public final class SandboxImages {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

  private static final int SANDBOX_USER = 1_000;

  private final Engine engine;

  private SandboxImages(Engine engine) {
    this.engine = engine;
  }

  /// Images of this machine's engine.
  ///
  /// @throws SandboxException if the engine is not reached by a Unix socket
  public static SandboxImages open() throws SandboxException {
    return new SandboxImages(
        Engine.ofEnvironment()
            .orElseThrow(() ->
                new SandboxException(
                    Kind.NO_BACKEND, "DOCKER_HOST is set, but to no Unix socket.")));
  }

  static boolean exists(Engine engine, SandboxImage image) throws SandboxException {
    return id(engine, image).isPresent();
  }

  private static Optional<String> id(Engine engine, SandboxImage image) throws SandboxException {
    try {
      return Optional.ofNullable(
          engine.call(client -> client.inspectImageCmd(image.reference()).exec().getId()));
    } catch (SandboxException e) {
      if (e.kind() == Kind.LOST && e.getCause() instanceof NotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// Whether an image is in the engine.
  public boolean exists(SandboxImage image) throws SandboxException {
    return exists(engine, image);
  }

  /// Makes [SandboxImage#HOST]: a few links and files, in a fraction of a second.
  public SandboxImage buildHost() throws IOException, InterruptedException {
    return build(SandboxImage.HOST, List.of(), _ -> {});
  }

  /// Makes [SandboxImage#DEBIAN] of packages that `apt-get` downloads, in half a minute or so.
  ///
  /// Needs Debian or a system derived from it, whose package lists are up to date.
  ///
  /// @param packages what to install besides the basics, such as `nodejs`
  /// @param progress is told what is being done, a line at a time
  public SandboxImage buildDebian(List<String> packages, Consumer<String> progress)
      throws IOException, InterruptedException {
    return build(SandboxImage.DEBIAN, DebianPackages.withBasics(packages), progress);
  }

  private SandboxImage build(SandboxImage image, List<String> packages, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("homeport-image");
    try {
      Path root = Files.createDirectory(work.resolve("root"));
      RootTree.make(root);
      if (!packages.isEmpty()) {
        DebianPackages.install(packages, root, work, progress);
      }
      progress.accept("importing " + image.reference());
      importTree(root, work.resolve("context"), image);
      return image;
    } finally {
      Trees.delete(work);
    }
  }

  /// Uses a build, because docker-java 3.7 sends the stream of an import as JSON.
  private void importTree(Path root, Path context, SandboxImage image)
      throws IOException, InterruptedException {
    Files.createDirectory(context);
    Path tar = context.resolve("root.tar");
    pack(tar, root, "--create", 0, "--exclude=./workspace", ".");
    pack(tar, root, "--append", SANDBOX_USER, "./workspace");
    Path recipe =
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nADD root.tar /\n");
    Optional<String> before = id(engine, image);
    engine.call(client ->
        client
            .buildImageCmd(recipe.toFile())
            .withTags(Set.of(image.reference()))
            .start()
            .awaitImageId(BUILD_LIMIT.toSeconds(), TimeUnit.SECONDS));
    if (before.isPresent() && !before.equals(id(engine, image))) {
      removeUnused(before.get());
    }
  }

  private void removeUnused(String id) throws SandboxException {
    try {
      engine.call(client -> client.removeImageCmd(id).exec());
    } catch (SandboxException e) {
      if (!(e.getCause() instanceof ConflictException)) {
        throw e;
      }
    }
  }

  private static void pack(Path tar, Path root, String how, int owner, String... what)
      throws IOException, InterruptedException {
    var argv =
        new ArrayList<>(
            List.of(
                "tar",
                how,
                "--file=" + tar,
                "--numeric-owner",
                "--sort=name",
                "--mtime=@0",
                "--owner=" + owner,
                "--group=" + owner,
                "--directory=" + root));
    argv.addAll(List.of(what));
    HostProgram.run(argv);
  }
}
