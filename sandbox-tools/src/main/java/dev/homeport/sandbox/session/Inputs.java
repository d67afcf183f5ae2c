package dev.homeport.sandbox.session;

import dev.homeport.sandbox.Command;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.Executor;
import dev.homeport.sandbox.Sandbox;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import dev.homeport.sandbox.files.Capture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes commands of inputs.
final class Inputs {
  private static final int LONGEST_INPUT = 120_000;
  private static final String FIND_PROGRAMS =
      "for p do command -v -- \"$p\" >/dev/null && printf '%s\\n' \"$p\"; done; exit 0";

  private Inputs() {}

  /// Which of their programs a sandbox has.
  static Set<String> programs(Sandbox sandbox, List<Executor> executors)
      throws IOException, InterruptedException {
    var argv = new ArrayList<>(List.of("sh", "-c", FIND_PROGRAMS, "sh"));
    executors.forEach(executor -> argv.add(executor.program()));
    byte[] found =
        Capture.bytes(
            sandbox.exec(new Command(argv, InputStream.nullInputStream())), LONGEST_INPUT);
    return new String(found, StandardCharsets.UTF_8).lines().collect(Collectors.toSet());
  }

  /// @throws SandboxException if there is no such executor or the input is too long
  static Command command(ExecRequest request, List<Executor> executors) throws SandboxException {
    Executor executor =
        executors.stream()
            .filter(e -> e.name().equals(request.executor()))
            .findFirst()
            .orElseThrow(() -> unknown(request.executor(), executors));
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

  private static SandboxException unknown(String name, List<Executor> executors) {
    String names = executors.stream().map(Executor::name).collect(Collectors.joining(", "));
    return new SandboxException(
        Kind.NOT_FOUND,
        "There is no executor '" + name + "' in this sandbox; it has: " + names + ".");
  }
}
