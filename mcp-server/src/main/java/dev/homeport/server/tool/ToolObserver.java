package dev.homeport.server.tool;

import java.time.Duration;
import java.util.Map;

/// Is told of each call of a tool. Thread-safe.
@FunctionalInterface
public interface ToolObserver {
  /// Nobody.
  ToolObserver NONE = (_, _) -> {};

  /// What a call can do.
  enum Effect {
    /// Nothing, as there is no such tool.
    NONE,
    /// It reads.
    READS,
    /// It can change something.
    CHANGES
  }

  /// A call that has ended.
  ///
  /// @param tool the name that was called, whether there is such a tool or not
  /// @param effect what calls of the tool can do
  /// @param arguments parsed JSON, as the caller gave them
  /// @param took how long it took
  /// @param isError whether the answer is an error, or there is none because of a bug
  record Call(
      String tool, Effect effect, Map<String, ?> arguments, Duration took, boolean isError) {}

  /// This one, then another.
  default ToolObserver and(ToolObserver other) {
    return (call, context) -> {
      called(call, context);
      other.called(call, context);
    };
  }

  /// Takes note of a call; runs before it is answered, in its thread, and throws nothing.
  void called(Call call, ToolContext context);
}
