package dev.homeport.sandbox.session;

import dev.homeport.sandbox.Attached;
import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.ExecUsage;
import dev.homeport.sandbox.Executor;
import dev.homeport.sandbox.FileChange;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.files.Capture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// A sandbox that was made, with what the dispatcher knows about it. Thread-safe.
final class LiveSandbox implements AutoCloseable {
  private static final String WRITE_FILE = "mkdir -p -- \"${1%/*}/\" && cat > \"$1\"";
  private static final ExecEnd UNKNOWN_END =
      new ExecEnd.Lost("the server was killed before the end was noted");
  private static final String READ_FILE = "head -c \"$2\" -- \"$1\"";

  private final Sandbox sandbox;
  private final String backend;
  private final List<Executor> executors;
  private final SandboxHome place;
  private final Path home;
  private final ChangeLedger ledger;
  private final AtomicLong execs = new AtomicLong();
  private final ReentrantLock noting = new ReentrantLock();
  private final Wakefulness use;
  private boolean closed;

  private LiveSandbox(
      Sandbox sandbox, String backend, List<Executor> executors, SandboxHome place) {
    this.sandbox = sandbox;
    this.backend = backend;
    this.executors = executors;
    this.place = place;
    this.home = place.directory();
    this.ledger = new ChangeLedger(home);
    this.use = new Wakefulness(sandbox);
  }

  /// Takes a sandbox over and finds out which of the executors it has.
  ///
  /// @param place what of it is outside, closed with it
  static LiveSandbox of(
      Sandbox sandbox, String backend, List<Executor> executors, SandboxHome place)
      throws IOException, InterruptedException {
    try {
      Set<String> programs = Inputs.programs(sandbox, executors);
      return new LiveSandbox(
          sandbox,
          backend,
          executors.stream().filter(e -> programs.contains(e.program())).toList(),
          place);
    } catch (IOException | InterruptedException e) {
      sandbox.close();
      throw e;
    }
  }

  /// Takes over what a killed server had, with the commands that it noted.
  static LiveSandbox adopt(
      Sandbox sandbox,
      String backend,
      List<Executor> executors,
      SandboxHome place,
      List<ExecNote> notes)
      throws IOException {
    var live = new LiveSandbox(sandbox, backend, executors, place);
    live.execs.set(notes.stream().mapToLong(ExecNote::number).max().orElse(0));
    live.ledger.resume(
        notes.stream().filter(note -> note.end().isEmpty()).map(ExecNote::mark).toList());
    return live;
  }

  /// Takes over a command that a killed server had started; it is in the background from now on.
  BackgroundProcess adopt(ExecNote note, String name) throws IOException {
    write(note);
    Path file = output(note.number());
    long kept = Files.exists(file) ? Files.size(file) : 0;
    Attached attached =
        note.end().isPresent()
            ? new Attached(new EndedExec(note.end().get()), kept)
            : sandbox
                .attach(note.handle(), kept)
                .orElse(new Attached(new EndedExec(UNKNOWN_END), kept));
    var log = new OutputLog(file, note.limits());
    log.resume(attached.from());
    ExecRun run = ExecRun.of(note, attached.exec(), log, _ -> {});
    run.endAfter(note.limits().timeout().minus(Duration.between(note.started(), Instant.now())));
    return background(run, name, use.begin());
  }

  /// Copies its files, and what it saw of the workspace, into an empty directory.
  void snapshot(Path directory) throws IOException, InterruptedException {
    var _ = changes();
    try (var _ = use.begin()) {
      sandbox.snapshot(directory);
      ledger.keep(directory);
    }
  }

  /// Freezes it if nobody has used it for a time; the next use thaws it.
  void sleepAfter(Duration idle) throws IOException, InterruptedException {
    use.sleepAfter(idle);
  }

  Sandbox sandbox() {
    return sandbox;
  }

  String backend() {
    return backend;
  }

  List<Executor> executors() {
    return executors;
  }

  ChangeLedger ledger() {
    return ledger;
  }

  /// How a command ended, and what it used if that is known.
  record Ran(ExecOutcome outcome, Optional<ExecUsage> usage) {}

  /// Runs an input to its end.
  Ran run(ExecRequest request, Consumer<String> progress) throws IOException, InterruptedException {
    Command command = Inputs.command(request, executors);
    FileTime mark = ledger.started();
    try (var _ = use.begin()) {
      ExecRun run = start(command, request, "", mark, progress);
      try {
        ExecOutcome outcome = run.outcome(request.limits());
        return new Ran(outcome, run.usage());
      } finally {
        run.release();
        ExecNote.delete(home, run.note().number());
      }
    } finally {
      ledger.ended(mark);
    }
  }

  /// Starts an input in the background.
  ///
  /// @param id of the process
  BackgroundProcess start(ExecRequest request, String id) throws IOException, InterruptedException {
    Command command = Inputs.command(request, executors);
    FileTime mark = ledger.started();
    Wakefulness.Use running = use.begin();
    try {
      ExecRun run = start(command, request, id, mark, _ -> {});
      return background(run, request.sandbox(), running);
    } catch (IOException | InterruptedException e) {
      running.close();
      ledger.ended(mark);
      throw e;
    }
  }

  private BackgroundProcess background(ExecRun run, String name, Wakefulness.Use running) {
    ExecNote note = run.note();
    run.onEnd(end -> {
      running.close();
      ledger.ended(note.mark());
      run.log().persist();
      write(note.ended(end));
    });
    return new BackgroundProcess(note.process(), name, note.executor(), run, note.started());
  }

  private ExecRun start(
      Command command,
      ExecRequest request,
      String process,
      FileTime mark,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    long number = execs.incrementAndGet();
    Exec exec = sandbox.exec(command);
    var note =
        new ExecNote(
            number,
            process,
            request.executor(),
            exec.handle().orElse(""),
            Instant.now(),
            mark,
            request.limits(),
            Optional.empty());
    try {
      write(note);
    } catch (IOException e) {
      exec.kill();
      exec.output().close();
      throw e;
    }
    return ExecRun.of(note, exec, new OutputLog(output(number), request.limits()), progress);
  }

  private Path output(long number) {
    return home.resolve("output-" + number);
  }

  /// Notes a command, if there is a way to take it over and a place to note it.
  private void write(ExecNote note) throws IOException {
    noting.lock();
    try {
      if (!closed && !note.handle().isEmpty()) {
        note.write(home);
      }
    } finally {
      noting.unlock();
    }
  }

  /// Notes whose sandbox it is.
  void name(String session, String name) throws IOException {
    place.own(session, name);
    new SandboxNote(session, name, backend, executors.stream().map(Executor::name).toList())
        .write(home);
  }

  List<FileChange> changes() throws IOException, InterruptedException {
    try (var _ = use.begin()) {
      List<FileTime> ended = ledger.unobserved();
      List<FileChange> changes = sandbox.changes();
      ledger.update(changes, ended);
      return changes;
    }
  }

  /// Reads a file as the sandbox sees it; relative paths start at the workspace.
  byte[] read(String path, int limit) throws IOException, InterruptedException {
    Command command =
        Command.of("sh", "-c", READ_FILE, "sh", absolute(path), Long.toString(limit + 1L));
    try (var _ = use.begin()) {
      return Capture.bytes(sandbox.exec(command), limit);
    }
  }

  /// Writes a file; relative paths start at the workspace.
  void write(String path, byte[] content) throws IOException, InterruptedException {
    var command =
        new Command(
            List.of("sh", "-c", WRITE_FILE, "sh", absolute(path)),
            new ByteArrayInputStream(content));
    FileTime mark = ledger.started();
    try (var _ = use.begin()) {
      Capture.run(sandbox.exec(command));
    } finally {
      ledger.ended(mark);
    }
    changes();
  }

  private static String absolute(String path) {
    return path.startsWith("/") ? path : SandboxSpec.WORKSPACE + "/" + path;
  }

  @Override
  public void close() throws IOException {
    noting.lock();
    try {
      closed = true;
    } finally {
      noting.unlock();
    }
    try {
      sandbox.close();
    } finally {
      place.close();
    }
  }
}
