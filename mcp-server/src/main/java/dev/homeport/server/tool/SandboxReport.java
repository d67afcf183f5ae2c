package dev.homeport.server.tool;

import dev.homeport.sandbox.ExecEnd;
import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecOutput;
import dev.homeport.sandbox.FileChange;
import dev.homeport.sandbox.Usage;
import dev.homeport.sandbox.session.ApplyOutcome;
import dev.homeport.sandbox.session.ExecResult;
import dev.homeport.sandbox.session.LogChunk;
import dev.homeport.sandbox.session.ProcessInfo;
import dev.homeport.sandbox.session.SandboxInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says in words what sandboxes did.
final class SandboxReport {
  private static final int MOST_LISTED = 200;

  private final ResultSink results;

  SandboxReport(ResultSink results) {
    this.results = results;
  }

  ToolResult executed(ExecResult result) throws IOException, InterruptedException {
    ToolResult answer =
        switch (result.outcome()) {
          case ExecOutcome.Exited(int code, ExecOutput output) ->
              ended(output, result, "exit " + code).withMeta("exit_code", code);
          case ExecOutcome.Signalled(int signal, ExecOutput output) ->
              ended(output, result, "killed by signal " + signal).withMeta("signal", signal);
          case ExecOutcome.TimedOut(var limit, ExecOutput output) ->
              failed(
                  ended(
                      output,
                      result,
                      "TIMEOUT: killed with all of its processes after %d s. Raise timeout_s, or use background."
                          .formatted(limit.toSeconds())));
          case ExecOutcome.OutOfMemory(ExecOutput output) ->
              failed(
                  ended(output, result, "OUT_OF_MEMORY: the sandbox ran out of memory; use less."));
          case ExecOutcome.Lost(String reason, ExecOutput output) ->
              failed(ended(output, result, "LOST: nobody knows how it ended. " + reason));
          case ExecOutcome.Refused(String reason) -> ToolResult.error(reason);
        };
    return answer.withMeta("elapsed_ms", Math.round(result.elapsed().toNanos() / 1e3) / 1e3);
  }

  private static ToolResult failed(ToolResult ended) {
    return new ToolResult(ended.text(), List.of(), ended.structured(), ended.meta(), true);
  }

  private ToolResult ended(ExecOutput output, ExecResult result, String lastLine)
      throws IOException, InterruptedException {
    var text = new StringBuilder(output.head());
    if (output.omittedBytes() > 0) {
      endLine(text);
      text.append(omitted(output)).append('\n').append(output.tail());
    }
    endLine(text);
    if (result.changedFiles() > 0) {
      text.append(
          "[%s in the sandbox; `sandbox` diff lists, apply brings back]%n"
              .formatted(files(result.changedFiles())));
    }
    text.append(lastLine);
    return ToolResult.text(text.toString())
        .withMeta("output_bytes", output.totalBytes())
        .withMeta("changed_files", result.changedFiles());
  }

  private static void endLine(StringBuilder text) {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
  }

  private static String files(int count) {
    return count == 1 ? "1 file changed" : "%,d files changed".formatted(count);
  }

  /// Stores what the answer leaves out, and says where.
  private String omitted(ExecOutput output) throws IOException, InterruptedException {
    String numbers =
        "… %,d of %,d bytes left out".formatted(output.omittedBytes(), output.totalBytes());
    if (output.file().isEmpty()) {
      return "[" + numbers + "]";
    }
    Path file = output.file().get();
    ResultSink.Stored stored;
    try (InputStream content = Files.newInputStream(file)) {
      stored = results.store("execute", new String(content.readAllBytes(), StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(file);
    }
    String what =
        output.fileBytes() < output.totalBytes()
            ? "the first %,d bytes are stored".formatted(output.fileBytes())
            : "all is stored";
    return "[%s; %s as result `%s` (%s): read it with result_read or grep]"
        .formatted(numbers, what, stored.id(), stored.path());
  }

  ToolResult started(ProcessInfo process) {
    return ToolResult.text(
            "Started %s in sandbox '%s'. Read what it prints with `sandbox` {\"action\": \"logs\", \"process\": \"%s\"}; kill ends it."
                .formatted(process.id(), process.sandbox(), process.id()))
        .withMeta("process", process.id());
  }

  ToolResult listed(List<SandboxInfo> sandboxes, List<String> snapshots) {
    var text = new StringBuilder();
    if (sandboxes.isEmpty()) {
      text.append("No sandbox yet; execute makes one.\n");
    }
    for (SandboxInfo sandbox : sandboxes) {
      text.append(
          "%s: %s; executors: %s%n"
              .formatted(
                  sandbox.name(),
                  sandbox.backend().isEmpty() ? "made by its first execute" : sandbox.backend(),
                  String.join(", ", sandbox.executors())));
      for (ProcessInfo process : sandbox.processes()) {
        text.append("  ").append(line(process)).append('\n');
      }
    }
    if (!snapshots.isEmpty()) {
      text.append("snapshots: ").append(String.join(", ", snapshots)).append('\n');
    }
    return ToolResult.text(text.toString().stripTrailing());
  }

  private static String line(ProcessInfo process) {
    String state = process.end().map(SandboxReport::state).orElse("running");
    return "%s %s: %s, %,d s, %,d bytes printed"
        .formatted(
            process.id(),
            process.executor(),
            state,
            process.age().toSeconds(),
            process.printedBytes());
  }

  private static String state(ExecEnd end) {
    return switch (end) {
      case ExecEnd.Status(int code) -> "exit " + code;
      case ExecEnd.OutOfMemory() -> "out of memory";
      case ExecEnd.Lost(String reason) -> "lost (" + reason + ")";
    };
  }

  ToolResult changed(List<FileChange> changes) {
    if (changes.isEmpty()) {
      return ToolResult.text("No file of the workspace differs in the sandbox.");
    }
    String lines =
        changes.stream()
            .limit(MOST_LISTED)
            .map(change -> "%-7s %s".formatted(word(change.kind()), size(change)))
            .collect(Collectors.joining("\n"));
    String rest =
        changes.size() > MOST_LISTED
            ? "\n… and %,d more".formatted(changes.size() - MOST_LISTED)
            : "";
    return ToolResult.text(files(changes.size()) + ":\n" + lines + rest)
        .withMeta("changed_files", changes.size());
  }

  private static String word(FileChange.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String size(FileChange change) {
    return change.kind() == FileChange.Kind.DELETED
        ? change.path().toString()
        : "%s (%,d bytes)".formatted(change.path(), change.bytes());
  }

  ToolResult applied(List<ApplyOutcome> outcomes) {
    String lines = outcomes.stream().map(SandboxReport::line).collect(Collectors.joining("\n"));
    boolean all = outcomes.stream().allMatch(ApplyOutcome.Applied.class::isInstance);
    if (outcomes.isEmpty()) {
      return ToolResult.text("Nothing to apply: no file differs in the sandbox.");
    }
    return all ? ToolResult.text(lines) : ToolResult.error(lines);
  }

  private static String line(ApplyOutcome outcome) {
    return switch (outcome) {
      case ApplyOutcome.Applied(FileChange change) ->
          "applied  %s (%s)".formatted(change.path(), word(change.kind()));
      case ApplyOutcome.Conflict(var path, String state) ->
          "CONFLICT %s: it %s; compare with `sandbox` get, then write it yourself."
              .formatted(path, state);
      case ApplyOutcome.Refused(var path, String reason) ->
          "refused  %s: %s".formatted(path, reason);
    };
  }

  ToolResult file(String path, byte[] content) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return ToolResult.text(text.toString()).withMeta("bytes", content.length);
    } catch (CharacterCodingException e) {
      return ToolResult.error(
          "%s has %,d bytes that are not UTF-8 text; look at it with execute (file, xxd)."
              .formatted(path, content.length));
    }
  }

  ToolResult logged(LogChunk chunk) {
    String skipped =
        chunk.skippedBytes() > 0
            ? "[%,d bytes are no longer kept]%n".formatted(chunk.skippedBytes())
            : "";
    String more = chunk.next() < chunk.totalBytes() ? "more to read" : "all read";
    return ToolResult.text(
            "%s%s\n[%s of %,d bytes; read on with cursor %d]"
                .formatted(
                    skipped, chunk.text().stripTrailing(), more, chunk.totalBytes(), chunk.next()))
        .withMeta("cursor", chunk.next());
  }

  ToolResult used(String name, Optional<Usage> usage) {
    return usage.isEmpty()
        ? ToolResult.error(
            "Nobody counts what sandbox '" + name + "' uses: no control group is delegated here.")
        : ToolResult.text(
                "Sandbox '%s': %,d ms of processor time, %,d bytes of memory"
                    .formatted(
                        name, usage.get().processorTime().toMillis(), usage.get().memoryBytes()))
            .withMeta("processor_ms", usage.get().processorTime().toMillis())
            .withMeta("memory_bytes", usage.get().memoryBytes());
  }

  ToolResult killed(ProcessInfo process) {
    return ToolResult.text(line(process));
  }
}
