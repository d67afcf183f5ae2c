package dev.homeport.sandbox.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An agent that runs outside of any sandbox and speaks by its standard streams.
final class AgentProcess implements AutoCloseable {
  private final Process process;

  private AgentProcess(Process process) {
    this.process = process;
  }

  /// Where the build's agent was put.
  static Path program(Path directory) throws IOException {
    return AgentProgram.install(directory)
        .orElseThrow(() ->
            new IllegalStateException(
                "the build made no agent; `apt-get install gcc libc6-dev` and build again"));
  }

  static AgentProcess start(Path directory, String... options) throws IOException {
    Path program = program(directory);
    var argv =
        new ArrayList<>(
            List.of(
                program.toString(),
                "agent",
                "--in",
                "0",
                "--out",
                "1",
                "--directory",
                directory.toString()));
    argv.addAll(List.of(options));
    return new AgentProcess(
        new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  Process process() {
    return process;
  }

  /// The streams, which outlive each connection as those of a container do.
  Link link() {
    return new Link() {
      @Override
      public InputStream input() {
        return process.getInputStream();
      }

      @Override
      public OutputStream output() {
        return process.getOutputStream();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
