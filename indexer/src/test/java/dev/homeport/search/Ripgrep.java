package dev.homeport.search;

import dev.homeport.search.tree.FileTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A real ripgrep, run for requests.
///
/// @param program its command
/// @param inOrder whether files are wanted in the order of their paths, for which it is slower
record Ripgrep(String program, boolean inOrder) {
  /// The one that is installed, with files in order.
  static final Ripgrep INSTALLED = new Ripgrep("rg", true);

  /// What it finds.
  FoundLines search(Path directory, GrepRequest request) throws IOException, InterruptedException {
    return search(directory, request, Integer.MAX_VALUE).orElseThrow();
  }

  /// What it finds, or nothing if that is more than so many bytes.
  Optional<FoundLines> search(Path directory, GrepRequest request, int limit)
      throws IOException, InterruptedException {
    Process process = start(directory, request);
    var problems = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
    byte[] output;
    try (var in = process.getInputStream()) {
      output = in.readNBytes(limit);
      if (output.length == limit) {
        process.destroyForcibly();
      }
    }
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("ripgrep did not end");
    }
    if (output.length == limit) {
      return Optional.empty();
    }
    // Rules of ignore files that it cannot parse are not what is asked about.
    boolean refused =
        problems.join().lines().anyMatch(line -> !line.contains("error parsing glob"));
    return Optional.of(
        process.exitValue() > 1 && output.length == 0 && refused
            ? FoundLines.REFUSED
            : parse(output, request.mode()));
  }

  private static String text(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Process start(Path directory, GrepRequest request) throws IOException {
    try {
      return new ProcessBuilder(command(request)).directory(directory.toFile()).start();
    } catch (IOException e) {
      throw new AssertionError("ripgrep is missing; install it with: apt-get install ripgrep", e);
    }
  }

  /// The flags for a type as we define it, since each version of ripgrep knows others.
  private static List<String> type(String type) {
    var flags = new ArrayList<>(List.of("--type-clear", type));
    for (String glob : FileTypes.globs(type).orElseThrow()) {
      flags.addAll(List.of("--type-add", type + ":" + glob));
    }
    flags.addAll(List.of("-t", type));
    return flags;
  }

  private List<String> command(GrepRequest request) {
    var command = new ArrayList<>(List.of(program, "--no-config", "--no-heading", "--color=never"));
    command.addAll(List.of("--null", "--no-context-separator", "-nH"));
    if (inOrder) {
      command.add("--sort=path");
    }
    request.options().forEach(option -> command.addAll(flags(option)));
    request.scope().globs().forEach(glob -> command.addAll(List.of("-g", glob)));
    request.scope().types().forEach(type -> command.addAll(type(type)));
    if (request.scope().hidden()) {
      command.add("--hidden");
    }
    if (request.scope().ignored()) {
      command.add("--no-ignore");
    }
    switch (request.mode()) {
      case CONTENT -> command.addAll(List.of("-B" + request.before(), "-A" + request.after()));
      case FILES_WITH_MATCHES -> command.add("-l");
      case COUNT -> command.add("-c");
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

  /// Reads `path NUL line NEWLINE`; a list of files has no lines.
  private static FoundLines parse(byte[] output, OutputMode mode) {
    SequencedMap<String, List<String>> files = new LinkedHashMap<>();
    int at = 0;
    while (at < output.length) {
      int nul = indexOf(output, (byte) 0, at);
      int newline = indexOf(output, (byte) '\n', at);
      if (mode == OutputMode.FILES_WITH_MATCHES) {
        files.put(path(output, at, nul), List.of(""));
        at = nul + 1;
      } else if (newline < nul && isWarning(output, at, newline)) {
        at = newline + 1;
      } else {
        int end = indexOf(output, (byte) '\n', nul);
        files
            .computeIfAbsent(path(output, at, nul), _ -> new ArrayList<>())
            .add(new String(output, nul + 1, end - nul - 1, StandardCharsets.UTF_8));
        at = end + 1;
      }
    }
    return new FoundLines(false, files);
  }

  private static boolean isWarning(byte[] output, int from, int to) {
    return new String(output, from, to - from, StandardCharsets.UTF_8)
        .contains(": WARNING: stopped searching binary file");
  }

  private static String path(byte[] output, int from, int to) {
    String path = new String(output, from, to - from, StandardCharsets.UTF_8);
    return path.startsWith("./") ? path.substring(2) : path;
  }

  private static int indexOf(byte[] output, byte wanted, int from) {
    for (int i = from; i < output.length; i++) {
      if (output[i] == wanted) {
        return i;
      }
    }
    return output.length;
  }
}
