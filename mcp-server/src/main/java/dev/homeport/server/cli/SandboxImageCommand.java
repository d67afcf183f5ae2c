package dev.homeport.server.cli;

import dev.homeport.sandbox.docker.SandboxImage;
import dev.homeport.sandbox.docker.SandboxImages;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Makes the image that Docker sandboxes start from.
@Command(
    name = "image",
    description = {
      "Make the base image of Docker sandboxes, without a registry.",
      "Unpacks Debian packages, which apt-get downloads; needs Debian or a system derived from it."
    })
final class SandboxImageCommand implements Callable<Integer> {
  @Option(
      names = "--package",
      paramLabel = "NAME",
      split = ",",
      description = "Install this Debian package too, such as nodejs.")
  private List<String> packages = List.of();

  @Option(
      names = "--host",
      description = "Use this machine's /usr, read-only, instead of packages: quick, for tests.")
  private boolean host;

  private final Surroundings surroundings;

  SandboxImageCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, CommandException {
    if (host && !packages.isEmpty()) {
      throw new CommandException(
          ExitCodes.USAGE, "--package installs nothing into an image made with --host");
    }
    SandboxImages images = SandboxImages.open();
    SandboxImage image =
        host ? images.buildHost() : images.buildDebian(packages, surroundings::say);
    surroundings.out().println(image.reference());
    return ExitCodes.DONE;
  }
}
