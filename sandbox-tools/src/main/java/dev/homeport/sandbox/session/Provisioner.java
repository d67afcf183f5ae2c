package dev.homeport.sandbox.session;

import dev.homeport.sandbox.Availability;
import dev.homeport.sandbox.Executor;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.SandboxTemplate;
import dev.homeport.sandbox.egress.EgressContext;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Makes sandboxes of the first backend that works. Thread-safe.
final class Provisioner {
  /// The directory of a sandbox's own below its home.
  private static final String OWN = "sandbox";

  private final Instance instance;
  private final Orphans orphans;
  private final Workspace workspace;
  private final List<SandboxBackend> backends;
  private final SandboxTemplate template;
  private final Ways ways;
  private final WarmPool pool;
  private final AtomicLong made = new AtomicLong();

  Provisioner(
      Instance instance,
      Workspace workspace,
      List<SandboxBackend> backends,
      SandboxTemplate template,
      EgressContext context) {
    this.instance = instance;
    this.orphans = new Orphans(instance.root());
    this.workspace = workspace;
    this.backends = List.copyOf(backends);
    this.template = template;
    this.ways = new Ways(template, context);
    this.pool = new WarmPool(this, template.pool());
  }

  Workspace workspace() {
    return workspace;
  }

  SandboxTemplate template() {
    return template;
  }

  /// Removes what dead servers left, unless they were first found dead within the grace.
  void sweep(Duration grace) throws IOException, InterruptedException {
    orphans.sweep(backends, grace);
  }

  /// What servers have in common that may adopt each other's sandboxes: how they keep notes, the
  /// workspace, and the template, so that a sandbox is never less closed than this server would
  /// make it.
  static String kin(Workspace workspace, SandboxTemplate template) throws IOException {
    String text =
        "1 %s %s %s %s %s %s %s"
            .formatted(
                workspace.root().toRealPath(),
                template.policy(),
                template.limits(),
                template.mounts(),
                new TreeMap<>(template.environment()),
                template.executors(),
                template.egress());
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The instances of killed servers that did the same as this one.
  List<Instance> orphans() throws IOException {
    return orphans.ofKin(kin(workspace, template));
  }

  /// Takes over a sandbox of such a server, or removes it.
  Optional<LiveSandbox> adopt(Instance owner, Path home, SandboxNote note, List<ExecNote> notes)
      throws IOException, InterruptedException {
    for (SandboxBackend backend : backends) {
      if (backend.name().equals(note.backend())) {
        return adopt(backend, owner, home, note, notes);
      }
    }
    return Optional.empty();
  }

  private Optional<LiveSandbox> adopt(
      SandboxBackend backend, Instance owner, Path home, SandboxNote note, List<ExecNote> notes)
      throws IOException, InterruptedException {
    Set<String> handles = notes.stream().map(ExecNote::handle).collect(Collectors.toSet());
    SandboxHome place = ways.open(home);
    boolean taken = false;
    try {
      Optional<Sandbox> sandbox =
          backend.adopt(spec(owner, String.valueOf(home.getFileName()), place), handles);
      if (sandbox.isEmpty()) {
        return Optional.empty();
      }
      List<Executor> executors =
          template.executors().stream()
              .filter(executor -> note.executors().contains(executor.name()))
              .toList();
      LiveSandbox live = LiveSandbox.adopt(sandbox.get(), note.backend(), executors, place, notes);
      taken = true;
      return Optional.of(live);
    } finally {
      if (!taken) {
        place.closeGateway();
      }
    }
  }

  private SandboxSpec spec(Instance owner, String id, SandboxHome place) {
    return new SandboxSpec(
        owner.id(),
        id,
        place.directory().resolve(OWN),
        owner.tree(),
        workspace,
        ways.template(place),
        ways.forwards());
  }

  /// A sandbox out of the pool, or else a new one.
  LiveSandbox provision() throws IOException, InterruptedException {
    Optional<LiveSandbox> ready = pool.take();
    return ready.isPresent() ? ready.get() : make();
  }

  WarmPool pool() {
    return pool;
  }

  /// @throws SandboxException naming what to install if no backend works
  LiveSandbox make() throws IOException, InterruptedException {
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

  /// Makes a sandbox with the files of a snapshot.
  LiveSandbox restore(Path snapshot) throws IOException, InterruptedException {
    String wanted = Snapshots.backend(snapshot);
    for (SandboxBackend backend : backends) {
      if (backend.name().equals(wanted)) {
        LiveSandbox restored = make(wanted, spec -> backend.restore(spec, snapshot));
        var saved = new ChangeLedger(snapshot);
        saved.resume(List.of());
        restored.ledger().inherit(saved);
        return restored;
      }
    }
    throw new SandboxException(Kind.NO_BACKEND, "The snapshot needs " + wanted + ".");
  }

  private interface Maker {
    Sandbox make(SandboxSpec spec) throws IOException, InterruptedException;
  }

  private LiveSandbox make(String backend, Maker maker) throws IOException, InterruptedException {
    String id = "s" + made.incrementAndGet();
    Path home = Files.createDirectory(instance.directory().resolve(id));
    Files.createDirectory(home.resolve(OWN));
    SandboxHome place = ways.open(home);
    try {
      Sandbox sandbox = maker.make(spec(instance, id, place));
      return LiveSandbox.of(sandbox, backend, template.executors(), place);
    } catch (IOException | InterruptedException e) {
      place.close();
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
