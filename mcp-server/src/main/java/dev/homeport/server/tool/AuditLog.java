package dev.homeport.server.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import tools.jackson.databind.json.JsonMapper;

/// Writes down who changed something with which tool and when: one line of JSON for each call of a
/// tool that can change something, whether it succeeded or not, in a file for each month. What was
/// written or read never stands there. Thread-safe.
public final class AuditLog implements ToolObserver {
  private static final int LONGEST_NAME = 64;

  /// Made when it is needed: it would delay the start.
  private static final class Format {
    static final JsonMapper JSON = JsonMapper.shared();
    static final DateTimeFormatter MONTH =
        DateTimeFormatter.ofPattern("yyyy-MM").withZone(ZoneOffset.UTC);

    private Format() {}
  }

  private final Lines lines;
  private final String principal;
  private final InstantSource clock;

  /// Appends lines to files.
  @FunctionalInterface
  public interface Lines {
    /// Appends a line, whole.
    ///
    /// @param file its name
    void append(String file, String line) throws IOException;
  }

  /// @param lines where the lines go
  /// @param principal whose calls these are
  public AuditLog(Lines lines, String principal, InstantSource clock) {
    this.lines = lines;
    this.principal = principal;
    this.clock = clock;
  }

  @Override
  public void called(Call call, ToolContext context) {
    if (call.effect() != Effect.CHANGES) {
      return;
    }
    Instant now = clock.instant();
    var entry = new LinkedHashMap<String, Object>();
    entry.put("time", now.toString());
    entry.put("principal", principal);
    entry.put("client", cut(context.clientName()));
    entry.put("tool", call.tool());
    entry.put("ok", !call.isError());
    entry.put("ms", call.took().toMillis());
    try {
      lines.append(Format.MONTH.format(now) + ".jsonl", Format.JSON.writeValueAsString(entry));
    } catch (IOException | UncheckedIOException failed) {
      System.getLogger(AuditLog.class.getName())
          .log(Level.ERROR, "tool={0} not in the audit log: {1}", call.tool(), failed.getMessage());
    }
  }

  private static String cut(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }
}
