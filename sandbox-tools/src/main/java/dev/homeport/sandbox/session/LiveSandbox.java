package dev.homeport.sandbox.session;

import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.ExecLimits;
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
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A sandbox that was made, with what the dispatcher knows about it. Thread-safe.
final class LiveSandbox implements AutoCloseable {
  private static final int LONGEST_INPUT = 120_000;
  private static final String FIND_PROGRAMS =
      "for p do command -v -- \"$p\" >/dev/null && printf '%s\\n' \"$p\"; done; exit 0";
  private static final String WRITE_FILE = "mkdir -p -- \"${1%/*}/\" && cat > \"$1\"";
  private static final String READ_FILE = "head -c \"$2\" -- \"$1\"";

  private final Sandbox sandbox;
  private final String backend;
  private final List<Executor> executors;
  private final Path home;
  private final ChangeLedger ledger;
  private final AtomicLong execs = new AtomicLong();

  private LiveSandbox(Sandbox sandbox, String backend, List<Executor> executors, Path home) {
    this.sandbox = sandbox;
    this.backend = backend;
    this.executors = executors;
    this.home = home;
    this.ledger = new ChangeLedger(home.resolve("clock"));
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
  Command command(String executorName, String input, String stdin) throws SandboxException {
    Executor executor =
        executors.stream()
            .filter(e -> e.name().equals(executorName))
            .findFirst()
            .orElseThrow(() -> unknown(executorName));
    int length = input.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_INPUT || input.indexOf('\0') >= 0) {
      throw new SandboxException(
          Kind.TOO_LARGE,
          length > LONGEST_INPUT
              ? "The input has %,d bytes, but at most %,d are taken; put it into a file of the sandbox and run that."
                  .formatted(length, LONGEST_INPUT)
              : "The input has a NUL character, which no program can be given as an argument.");
    }
    return new Command(
        executor.argvFor(input), new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)));
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
    Command command = command(request.executor(), request.input(), request.stdin());
    FileTime mark = ledger.started();
    try {
      return start(command, request.limits(), progress).outcome(request.limits());
    } finally {
      ledger.ended(mark);
    }
  }

  ExecRun start(Command command, ExecLimits limits, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path file = home.resolve("output-" + execs.incrementAndGet());
    return ExecRun.of(sandbox.exec(command), new OutputLog(file, limits), progress);
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
    try {
      sandbox.close();
    } finally {
      Trees.delete(home);
    }
  }
}
