package dev.homeport.server.tool;

import dev.homeport.sandbox.SandboxException;
import dev.homeport.server.tool.schema.BadArgumentException;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// The one place where what a tool throws becomes what a client sees.
///
/// A library whose exceptions carry text for the agent gets a case of its own here.
final class ToolErrors {
  private ToolErrors() {}

  /// The answer for something that a tool threw.
  ///
  /// @throws ToolFault if it is a bug
  static ToolResult answer(String tool, Throwable thrown) {
    return switch (thrown) {
      case BadArgumentException bad -> ToolResult.error(bad.getMessage() + "");
      case WorkspaceException refused ->
          ToolResult.error(refused.getMessage() + "")
              .withMeta("error", refused.kind().name().toLowerCase(java.util.Locale.ROOT));
      case SandboxException refused ->
          ToolResult.error(refused.getMessage() + "")
              .withMeta("error", refused.kind().name().toLowerCase(java.util.Locale.ROOT));
      case IllegalArgumentException bad -> ToolResult.error(String.valueOf(bad.getMessage()));
      case InterruptedException _, ClosedByInterruptException _ -> {
        Thread.currentThread().interrupt();
        yield ToolResult.error("The call was cancelled.");
      }
      case IOException failed -> ioError(tool, failed);
      default -> throw fault(tool, thrown);
    };
  }

  /// An I/O error that no library explained: its text may name paths of the host, so it is logged
  /// and not sent.
  private static ToolResult ioError(String tool, IOException failed) {
    String id = log(tool, failed);
    return ToolResult.error(
        "`%s` failed on the server's disk or network (%s). Try once more; if it stays, tell the user: details are in the server's log under id %s."
            .formatted(tool, failed.getClass().getSimpleName(), id));
  }

  private static ToolFault fault(String tool, Throwable bug) {
    return new ToolFault(tool, log(tool, bug), bug);
  }

  private static String log(String tool, Throwable thrown) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    System.getLogger(ToolErrors.class.getName())
        .log(Level.ERROR, "tool=" + tool + " id=" + id, thrown);
    return id;
  }
}
