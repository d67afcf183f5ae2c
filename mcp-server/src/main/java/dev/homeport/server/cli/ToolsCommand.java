package dev.homeport.server.cli;

import dev.homeport.server.Homeport;
import dev.homeport.server.tool.ToolDefinition;
import dev.homeport.server.tool.ToolDefinition.Hints;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists the tools.
@Command(name = "tools", description = "List the tools that an agent gets.")
final class ToolsCommand implements Callable<Integer> {
  @Mixin private ServerOptions options = new ServerOptions();

  private final Surroundings surroundings;

  ToolsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException {
    try (Homeport homeport = Homeport.open(options.config(surroundings), surroundings.user())) {
      var rows = new ArrayList<List<String>>();
      rows.add(List.of("TOOL", "TOOLSET", "HINTS", "TITLE"));
      for (ToolDefinition tool : homeport.tools().definitions()) {
        rows.add(List.of(tool.name(), tool.toolset().label(), hints(tool.hints()), tool.title()));
      }
      TextTable.print(rows, surroundings.out());
      return ExitCodes.DONE;
    }
  }

  private static String hints(Hints hints) {
    var words = new ArrayList<String>();
    if (hints.readOnly()) {
      words.add("read-only");
    }
    if (hints.destructive()) {
      words.add("destructive");
    }
    if (hints.idempotent()) {
      words.add("idempotent");
    }
    if (hints.openWorld()) {
      words.add("open-world");
    }
    return String.join(" ", words);
  }
}
