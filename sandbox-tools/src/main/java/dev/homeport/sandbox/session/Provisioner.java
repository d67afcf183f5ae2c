package dev.homeport.sandbox.session;

import dev.homeport.sandbox.Availability;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.files.Trees;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Makes sandboxes of the first backend that works. Thread-safe.
final class Provisioner {
  private final Instance instance;
  private final Workspace workspace;
  private final List<SandboxBackend> backends;
  private final SandboxTemplate template;
  private final AtomicLong made = new AtomicLong();

  Provisioner(
      Instance instance,
      Workspace workspace,
      List<SandboxBackend> backends,
      SandboxTemplate template) {
    this.instance = instance;
    this.workspace = workspace;
    this.backends = List.copyOf(backends);
    this.template = template;
  }

  Workspace workspace() {
    return workspace;
  }

  SandboxTemplate template() {
    return template;
  }

  void sweep() throws IOException, InterruptedException {
    instance.sweep(backends);
  }

  /// @throws SandboxException naming what to install if no backend works
  LiveSandbox provision() throws IOException, InterruptedException {
    SandboxBackend backend = workingBackend();
    return make(backend.name(), backend::create);
  }

  /// Makes a sandbox with the files of another.
  LiveSandbox fork(LiveSandbox source) throws IOException, InterruptedException {
    var _ = source.changes();
    LiveSandbox forked = make(source.backend(), source.sandbox()::fork);
    forked.ledger().inherit(source.ledger());
    return forked;
  }

  private interface Maker {
    Sandbox make(SandboxSpec spec) throws IOException, InterruptedException;
  }

  private LiveSandbox make(String backend, Maker maker) throws IOException, InterruptedException {
    String id = "s" + made.incrementAndGet();
    Path home = Files.createDirectory(instance.directory().resolve(id));
    Path own = Files.createDirectory(home.resolve("sandbox"));
    try {
      Sandbox sandbox =
          maker.make(new SandboxSpec(instance.id(), id, own, instance.tree(), workspace, template));
      return LiveSandbox.of(sandbox, backend, template.executors(), home);
    } catch (IOException | InterruptedException e) {
      Trees.delete(home);
      throw e;
    }
  }

  private SandboxBackend workingBackend() throws SandboxException, InterruptedException {
    var why = new StringBuilder("No sandbox backend works here, so nothing was run.");
    for (SandboxBackend backend : backends) {
      switch (backend.availability()) {
        case Availability.Available _ -> {
          return backend;
        }
        case Availability.Unavailable(String reason, String remedy) ->
            why.append(' ')
                .append(backend.name())
                .append(": ")
                .append(reason)
                .append("; ")
                .append(remedy)
                .append('.');
      }
    }
    throw new SandboxException(Kind.NO_BACKEND, why.toString());
  }
}
