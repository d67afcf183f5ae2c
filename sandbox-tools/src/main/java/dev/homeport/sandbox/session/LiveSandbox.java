package dev.homeport.sandbox.session;

import dev.homeport.sandbox.Attached;
import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.Executor;
import dev.homeport.sandbox.FileChange;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.SandboxSpec;
import dev.homeport.sandbox.files.Capture;
import dev.homeport.sandbox.files.Trees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A sandbox that was made, with what the dispatcher knows about it. Thread-safe.
final class LiveSandbox implements AutoCloseable {
  private static final int LONGEST_INPUT = 120_000;
  private static final String FIND_PROGRAMS =
      "for p do command -v -- \"$p\" >/dev/null && printf '%s\\n' \"$p\"; done; exit 0";
  private static final String WRITE_FILE = "mkdir -p -- \"${1%/*}/\" && cat > \"$1\"";
  private static final ExecEnd UNKNOWN_END =
      new ExecEnd.Lost("the server was killed before the end was noted");
  private static final String READ_FILE = "head -c \"$2\" -- \"$1\"";

  private final Sandbox sandbox;
  private final String backend;
  private final List<Executor> executors;
  private final Path home;
  private final ChangeLedger ledger;
  private final AtomicLong execs = new AtomicLong();
  private final ReentrantLock noting = new ReentrantLock();
  private boolean closed;

  private LiveSandbox(Sandbox sandbox, String backend, List<Executor> executors, Path home) {
    this.sandbox = sandbox;
    this.backend = backend;
    this.executors = executors;
    this.home = home;
    this.ledger = new ChangeLedger(home);
  }

  /// Takes a sandbox over and finds out which of the executors it has.
  ///
  /// @param home its directory on the host, deleted on close
  static LiveSandbox of(Sandbox sandbox, String backend, List<Executor> executors, Path home)
      throws IOException, InterruptedException {
    try {
      Set<String> programs = programs(sandbox, executors);
      return new LiveSandbox(
          sandbox,
          backend,
          executors.stream().filter(e -> programs.contains(e.program())).toList(),
          home);
    } catch (IOException | InterruptedException e) {
      sandbox.close();
      throw e;
    }
  }

  /// Takes over what a killed server had, with the commands that it noted.
  static LiveSandbox adopt(
      Sandbox sandbox, String backend, List<Executor> executors, Path home, List<ExecNote> notes)
      throws IOException {
    var live = new LiveSandbox(sandbox, backend, executors, home);
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
    return background(run, name);
  }

  private static Set<String> programs(Sandbox sandbox, List<Executor> executors)
      throws IOException, InterruptedException {
    var argv = new ArrayList<>(List.of("sh", "-c", FIND_PROGRAMS, "sh"));
    executors.forEach(executor -> argv.add(executor.program()));
    byte[] found =
        Capture.bytes(
            sandbox.exec(new Command(argv, InputStream.nullInputStream())), LONGEST_INPUT);
    return new String(found, StandardCharsets.UTF_8).lines().collect(Collectors.toSet());
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

  /// @throws SandboxException if there is no such executor or the input is too long
  private Command command(ExecRequest request) throws SandboxException {
    Executor executor =
        executors.stream()
            .filter(e -> e.name().equals(request.executor()))
            .findFirst()
            .orElseThrow(() -> unknown(request.executor()));
    String input = request.input();
    int length = input.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_INPUT || input.indexOf('\0') >= 0) {
      throw new SandboxException(
          Kind.TOO_LARGE,
          length > LONGEST_INPUT
              ? "The input has %,d bytes, but at most %,d are taken; put it into a file of the sandbox and run that."
                  .formatted(length, LONGEST_INPUT)
              : "The input has a NUL character, which no program can be given as an argument.");
    }
    byte[] stdin = request.stdin().getBytes(StandardCharsets.UTF_8);
    return new Command(executor.argvFor(input), new ByteArrayInputStream(stdin));
  }

  private SandboxException unknown(String name) {
    String names = executors.stream().map(Executor::name).collect(Collectors.joining(", "));
    return new SandboxException(
        Kind.NOT_FOUND,
        "There is no executor '" + name + "' in this sandbox; it has: " + names + ".");
  }

  /// Runs an input to its end.
  ExecOutcome run(ExecRequest request, Consumer<String> progress)
      throws IOException, InterruptedException {
    Command command = command(request);
    FileTime mark = ledger.started();
    try {
      ExecRun run = start(command, request, "", mark, progress);
      try {
        return run.outcome(request.limits());
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
    Command command = command(request);
    FileTime mark = ledger.started();
    try {
      return background(start(command, request, id, mark, _ -> {}), request.sandbox());
    } catch (IOException | InterruptedException e) {
      ledger.ended(mark);
      throw e;
    }
  }

  private BackgroundProcess background(ExecRun run, String name) {
    ExecNote note = run.note();
    run.onEnd(end -> {
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
    new SandboxNote(session, name, backend, executors.stream().map(Executor::name).toList())
        .write(home);
  }

  List<FileChange> changes() throws IOException, InterruptedException {
    List<FileTime> ended = ledger.unobserved();
    List<FileChange> changes = sandbox.changes();
    ledger.update(changes, ended);
    return changes;
  }

  /// Reads a file as the sandbox sees it; relative paths start at the workspace.
  byte[] read(String path, int limit) throws IOException, InterruptedException {
    Command command =
        Command.of("sh", "-c", READ_FILE, "sh", absolute(path), Long.toString(limit + 1L));
    return Capture.bytes(sandbox.exec(command), limit);
  }

  /// Writes a file; relative paths start at the workspace.
  void write(String path, byte[] content) throws IOException, InterruptedException {
    var command =
        new Command(
            List.of("sh", "-c", WRITE_FILE, "sh", absolute(path)),
            new ByteArrayInputStream(content));
    FileTime mark = ledger.started();
    try {
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
      Trees.delete(home);
    }
  }
}
