package dev.homeport.server.tool;

import dev.homeport.sandbox.ExecOutcome;
import dev.homeport.sandbox.ExecOutput;
import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.session.ExecResult;
import dev.homeport.session.EventDraft;
import dev.homeport.session.SessionId;
import dev.homeport.session.Sessions;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// Writes events `exec.started` and `exec.ended` into the session's log: what was executed by its
/// hash, which positions of the output the answer has, how it ended and what it used. Thread-safe.
///
/// The first is written while the command runs; both are durable before the answer is given.
public final class SessionExecLog implements ExecLog {
  private static final String STARTED = "exec.started";
  private static final String ENDED = "exec.ended";

  private final Lazy<Sessions> sessions;

  /// @param sessions where the events go
  public SessionExecLog(Lazy<Sessions> sessions) {
    this.sessions = sessions;
  }

  @Override
  public Entry started(ExecRequest request, boolean background) {
    byte[] input = request.input().getBytes(StandardCharsets.UTF_8);
    var facts = new LinkedHashMap<String, @Nullable Object>();
    facts.put("sandbox", request.sandbox());
    facts.put("executor", request.executor());
    facts.put("input_sha256", Sha256.hex(input));
    facts.put("input_bytes", input.length);
    facts.put("stdin_bytes", request.stdin().getBytes(StandardCharsets.UTF_8).length);
    facts.put("background", background);
    var start = new FutureTask<>(() -> emit(request.session(), STARTED, facts));
    Thread.ofVirtual().name("exec-log").start(start);
    return result -> ended(request.session(), start, result);
  }

  private void ended(String session, FutureTask<Long> start, ExecResult result)
      throws InterruptedException {
    try {
      emit(session, ENDED, ended(start.get(), result));
    } catch (IOException | ExecutionException e) {
      // The answer counts for more than its account, which a read-only workspace cannot keep.
      System.getLogger(SessionExecLog.class.getName())
          .log(Level.WARNING, "tool=execute not logged: {0}", e.getMessage());
    }
  }

  private long emit(String session, String type, Map<String, @Nullable Object> facts)
      throws IOException, InterruptedException {
    var log = sessions.get().log(SessionId.parse(session));
    return log.emit(new EventDraft(type, facts, null)).position();
  }

  private static Map<String, @Nullable Object> ended(long started, ExecResult result) {
    var facts = new LinkedHashMap<String, @Nullable Object>();
    facts.put("started", started);
    switch (result.outcome()) {
      case ExecOutcome.Exited(int code, ExecOutput output) -> {
        facts.put("outcome", "exit");
        facts.put("code", code);
        put(output, facts);
      }
      case ExecOutcome.Signalled(int signal, ExecOutput output) -> {
        facts.put("outcome", "signal");
        facts.put("signal", signal);
        put(output, facts);
      }
      case ExecOutcome.TimedOut(_, ExecOutput output) -> {
        facts.put("outcome", "TIMEOUT");
        put(output, facts);
      }
      case ExecOutcome.OutOfMemory(ExecOutput output) -> {
        facts.put("outcome", "OUT_OF_MEMORY");
        put(output, facts);
      }
      case ExecOutcome.Lost(_, ExecOutput output) -> {
        facts.put("outcome", "LOST");
        put(output, facts);
      }
      case ExecOutcome.Refused _ -> facts.put("outcome", "refused");
    }
    facts.put("changed_files", result.changedFiles());
    facts.put("elapsed_ms", result.elapsed().toMillis());
    result
        .usage()
        .ifPresent(usage -> {
          facts.put("cpu_us", usage.processorTime().toNanos() / 1_000);
          facts.put("peak_bytes", usage.peakMemoryBytes());
        });
    return facts;
  }

  /// The positions that the answer has: from the beginning, and up to the end.
  private static void put(ExecOutput output, Map<String, @Nullable Object> facts) {
    facts.put("output_bytes", output.totalBytes());
    if (output.omittedBytes() > 0) {
      long tail = output.tail().getBytes(StandardCharsets.UTF_8).length;
      long head = output.totalBytes() - output.omittedBytes() - tail;
      facts.put("omitted", List.of(head, head + output.omittedBytes()));
      facts.put("kept_in_file", output.fileBytes());
    }
  }
}
