package dev.homeport.search;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the real ripgrep for a request.
final class Ripgrep {
  private Ripgrep() {}

  /// The lines that it prints, without group separators and warnings; `error` if it refuses.
  static List<String> run(Path directory, GrepRequest request)
      throws IOException, InterruptedException {
    Process process = start(directory, command(request));
    byte[] output;
    String problems;
    try (var in = process.getInputStream();
        var err = process.getErrorStream()) {
      output = in.readAllBytes();
      problems = new String(err.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("ripgrep did not end");
    }
    // Rules of ignore files that it cannot parse are not what is asked about.
    boolean refused = problems.lines().anyMatch(line -> !line.contains("error parsing glob"));
    if (process.exitValue() > 1 && output.length == 0 && refused) {
      return List.of("error");
    }
    return lines(output).stream()
        .filter(line -> !line.equals("--") && !line.contains(": WARNING: stopped searching binary"))
        .map(line -> line.startsWith("./") ? line.substring(2) : line)
        .toList();
  }

  private static Process start(Path directory, List<String> command) throws IOException {
    try {
      return new ProcessBuilder(command).directory(directory.toFile()).start();
    } catch (IOException e) {
      throw new AssertionError("ripgrep is missing; install it with: apt-get install ripgrep", e);
    }
  }

  private static List<String> command(GrepRequest request) {
    var command =
        new ArrayList<>(
            List.of("rg", "--no-config", "--no-heading", "--color=never", "--sort=path", "-n"));
    request.options().forEach(option -> command.addAll(flags(option)));
    request.scope().globs().forEach(glob -> command.addAll(List.of("-g", glob)));
    request.scope().types().forEach(type -> command.addAll(List.of("-t", type)));
    if (request.scope().hidden()) {
      command.add("--hidden");
    }
    if (request.scope().ignored()) {
      command.add("--no-ignore");
    }
    switch (request.mode()) {
      case CONTENT -> command.addAll(List.of("-B" + request.before(), "-A" + request.after()));
      case FILES_WITH_MATCHES -> command.add("-l");
      case COUNT -> command.addAll(List.of("-c", "--with-filename"));
    }
    command.addAll(
        List.of(
            "-e",
            request.pattern(),
            "--",
            request.scope().path().isRoot() ? "./" : "./" + request.scope().path()));
    return command;
  }

  private static List<String> flags(GrepOption option) {
    return switch (option) {
      case IGNORE_CASE -> List.of("-i");
      case LITERAL -> List.of("-F");
      case MULTILINE -> List.of("-U");
      case DOT_ALL -> List.of("--multiline-dotall");
    };
  }

  /// Splits at newlines alone, since lines may hold carriage returns.
  private static List<String> lines(byte[] output) {
    var lines = new ArrayList<String>();
    var line = new ByteArrayOutputStream();
    for (byte b : output) {
      if (b == '\n') {
        lines.add(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(b);
      }
    }
    if (line.size() > 0) {
      lines.add(line.toString(StandardCharsets.UTF_8));
    }
    return lines;
  }
}
